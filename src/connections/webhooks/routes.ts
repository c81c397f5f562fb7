import { v7 as uuid } from 'uuid'
import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { admittedEndpoint, type Context, command, done, query, type Route } from '../../platform/http/flow'
import { seal } from '../../platform/sealing'
import { mustBeConnectable, mustBeConnection, mustBeHere, mustBeOn } from '../connection-settings/rules'
import { loadServiceToConnect, saveConnection } from '../connection-settings/store'
import type { Change } from '../kinds/connector'
import { applyNow, checkNow, outcomeForOperator, targetOf } from '../ledger/deliveries'
import { saveUncertain } from '../ledger/delivery-store'
import { enqueueDue } from '../ledger/enqueueing'
import { newWebhookSecret } from '../outbound/webhook-signature'
import { createWebhook, listDeliveries, redeliver, rotateWebhookSecret, sendTest, setWebhookAddress } from './schema'
import { adoptingAccountsAt, findWebhook, loadDeliveries, loadWebhook, saveRotation, saveWebhookAddress } from './store'

/** The webhook, and the change to send again, if a delivery is named. */
async function find({ db, keys }: Context, connectionId: string, deliveryId: string | null) {
  const { change, ...connection } = mustBeConnection(await findWebhook(db, connectionId, deliveryId))
  return { connection, target: targetOf({ keys }, connection), change }
}

export const webhookRoutes: Route[] = [
  command(createWebhook, {
    load: ({ db, credential, input }) => loadServiceToConnect(db, credential, input.service),
    decide: (facts, { name, url }, { baseUrl, keys }) => {
      const { id: serviceId } = mustBeConnectable(facts)
      const id = uuid()
      const secret = newWebhookSecret()
      const sealed = seal(secret, id, keys.connectionSealing)
      const webhook = {
        id,
        serviceId,
        kind: 'webhook' as const,
        name,
        boundTo: baseUrl,
        settings: { url },
        sealed,
      }
      return { actor: facts.actor, secret, webhook }
    },
    save: (db, { actor, webhook }) =>
      saveConnection(db, actor, webhook, adoptingAccountsAt(webhook.serviceId, webhook.settings.url)),
    answer: ({ id }, { secret }) => ({ id, secret }),
  }),

  command(setWebhookAddress, {
    load: ({ db, credential, input }) => loadWebhook(db, credential, input.connectionId),
    decide: (facts, { connectionId, url }) => {
      mustBeConnection(facts.exists)
      return { actor: facts.actor, connectionId, url }
    },
    save: (db, { actor, connectionId, url }) => saveWebhookAddress(db, actor, connectionId, url),
    answer: done,
  }),

  command(rotateWebhookSecret, {
    load: ({ db, credential, input }) => loadWebhook(db, credential, input.connectionId),
    decide: (facts, { connectionId }, { keys }) => {
      mustBeConnection(facts.exists)
      const secret = newWebhookSecret()
      return { actor: facts.actor, connectionId, secret, sealed: seal(secret, connectionId, keys.connectionSealing) }
    },
    save: (db, { actor, connectionId, sealed }) => saveRotation(db, actor, connectionId, sealed),
    answer: (_, { secret }) => ({ secret }),
  }),

  query(listDeliveries, {
    load: ({ db, credential, input }) => loadDeliveries(db, credential, input),
    answer: (facts, { limit }) => {
      mustBeConnection(facts.exists)
      return toPage(facts.deliveries, limit)
    },
  }),

  admittedEndpoint(redeliver, async ({ context, input: { connectionId, deliveryId } }) => {
    const { db, baseUrl, delivering } = context
    const before = await find(context, connectionId, deliveryId)
    if (!before.change) throw new Problem('delivery_not_found')
    mustBeOn(before.connection, baseUrl)
    const { accountId } = before.change
    // What is sent is what the account should have now, not what the ledger said before an end date passed.
    await enqueueDue(db, baseUrl, [{ connectionId, accountId }])
    await saveUncertain(db, connectionId, accountId)
    const { target, change } = await find(context, connectionId, deliveryId)
    return { answer: outcomeForOperator(await applyNow(delivering, target, change as Change)) }
  }),

  admittedEndpoint(sendTest, async ({ context, input: { connectionId } }) => {
    const { connection, target } = await find(context, connectionId, null)
    mustBeHere(connection, context.baseUrl)
    return { answer: outcomeForOperator(await checkNow(context.delivering, target)) }
  }),
]
