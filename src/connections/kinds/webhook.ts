import type { Outbound, OutboundAnswer, OutboundFailure } from '../outbound/outbound'
import { webhookHeaders } from '../outbound/webhook-signature'
import type { Change, Connector, Outcome, UsedConnection } from './connector'
import { outcomeOfStatus } from './http-status'

/** How long a receiver has to answer, in ms. */
const deadline = 10_000

/**
 * Webhooks (https://www.standardwebhooks.com). A message has the newest state of one account, not what happened to it: a
 * receiver that compares versions may get messages twice and in any order. Any answer with a 2xx status accepts it.
 */
export const webhook = (outbound: Outbound): Connector => ({
  apply: (target, change, signal) => send(outbound, target, messageOf(target, change), signal),
  check: (target, signal) => send(outbound, target, testOf(target), signal),
})

interface Message {
  id: string
  body: object
}

/** The same id on every attempt, so that receivers recognize a message that they already have. */
function messageOf({ id, service, epoch }: UsedConnection, { accountId, version, at, desired }: Change): Message {
  const held = desired && {
    organizationId: desired.organization,
    access: desired.access,
    quota: desired.quota,
  }
  return {
    id: `${id}_${epoch}_${version}`,
    body: {
      type: desired ? 'access.granted' : 'access.ended',
      timestamp: at,
      data: { service, accountId, epoch, version, held },
    },
  }
}

const testOf = ({ id, service }: UsedConnection): Message => ({
  id: `${id}_test_${Date.now()}`,
  body: { type: 'test', timestamp: new Date().toISOString(), data: { service } },
})

async function send(
  outbound: Outbound,
  { settings, secrets }: UsedConnection,
  { id, body }: Message,
  signal: AbortSignal,
): Promise<Outcome> {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Guildhall',
    ...webhookHeaders({ id, at: new Date(), body: text }, secrets()),
  }
  const url = settings.url ?? ''
  return {
    ...outcomeOf(await outbound({ url, method: 'POST', headers, body: text, deadline, signal })),
    request: { id, ...body },
  }
}

function outcomeOf(received: OutboundAnswer | OutboundFailure): Outcome {
  if ('code' in received) return { code: received.code }
  return { ...outcomeOfStatus(received.status), answer: received.text.slice(0, 1000) }
}
