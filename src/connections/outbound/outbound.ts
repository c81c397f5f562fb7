import { connect } from 'node:net'
import { addressPolicy } from './address-policy'
import { type Dial, openConnection } from './connecting'
import { exchange, type Received, type Sending } from './exchange'
import { OutboundTrouble, type TroubleCode, troubleOf } from './outbound-trouble'
import { judgedAddresses, lookUpName, type NameLookup, readTarget } from './target'

export interface OutboundOptions {
  /** Addresses and ranges that may be reached although they are not public: the setting OUTBOUND_ALLOW. */
  allowed: string[]
  /** Certificate authorities to trust in addition, in PEM format. */
  authorities?: string[]
  lookup?: NameLookup
  dial?: Dial
}

export interface OutboundRequest extends Sending {
  url: string
  /** The most that everything together may take, in milliseconds, from looking up the name to the answer's last byte. */
  deadline?: number
  /** Ends the request earlier, where it is one of several. */
  signal?: AbortSignal
}

export interface OutboundAnswer extends Received {
  ms: number
}

export interface OutboundFailure {
  code: TroubleCode
  /** A short code of the system or the protocol, like ECONNREFUSED; may be empty. */
  detail: string
  ms: number
}

export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer | OutboundFailure>

const defaultDeadline = 10_000

/**
 * Makes the one function through which requests go to connected services. Addresses come from people, and so from
 * attackers: nothing inside may be reached through them, unless the allow-list has it. Whatever goes wrong with the
 * address, the network or the other side is a failure with a code, and never an exception.
 */
export function createOutbound({
  allowed,
  authorities = [],
  lookup = lookUpName,
  dial = (to) => connect({ ...to, autoSelectFamily: false }),
}: OutboundOptions): Outbound {
  const placeOf = addressPolicy(allowed)

  async function perform(request: OutboundRequest, patience: number, signal: AbortSignal): Promise<Received> {
    const target = readTarget(request.url)
    const addresses = await orAborted(judgedAddresses(target, placeOf, lookup), signal)
    const socket = await openConnection(target, addresses, { dial, authorities, patience, signal })
    return exchange(socket, target, request, signal)
  }

  return async ({ deadline = defaultDeadline, signal: outer, ...request }) => {
    const started = performance.now()
    const ms = () => Math.round(performance.now() - started)
    const ending = new AbortController()
    const end = () => ending.abort(outer && reasonOf(outer))
    const timer = setTimeout(() => ending.abort(new OutboundTrouble('timed_out')), deadline)
    outer?.addEventListener('abort', end, { once: true })
    if (outer?.aborted) end()
    try {
      return { ...(await perform(request, deadline, ending.signal)), ms: ms() }
    } catch (error) {
      const { code, detail } = troubleOf(ending.signal.aborted ? ending.signal.reason : error, 'broken_answer')
      return { code, detail, ms: ms() }
    } finally {
      clearTimeout(timer)
      outer?.removeEventListener('abort', end)
    }
  }
}

/** A look-up cannot be ended, but need not be waited for. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
  })
  return Promise.race([work, aborted])
}

const reasonOf = ({ reason }: AbortSignal) =>
  new OutboundTrouble(reason instanceof Error && reason.name === 'TimeoutError' ? 'timed_out' : 'cancelled')
