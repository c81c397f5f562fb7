import type { Delivering } from '../../connections/ledger/deliveries'
import type { Auth } from '../../identity/authentication/auth'
import type { Feed } from '../../messaging/events/feed'
import { type Actor, type Loaded, loadFacts } from '../access/actor'
import { type Admitted, admit } from '../access/admit'
import type { Credential } from '../access/credential'
import type { LastUsedTracker } from '../access/last-used'
import type { AskedByService } from '../access/service-caller'
import { remembering } from '../access/stamps'
import type { Bulkhead } from '../bulkhead'
import type { Database } from '../db/database'
import { problemOfError } from '../db/database-problems'
import { Problem } from '../errors'
import type { Keys } from '../keys'
import { count } from '../limits/limited'
import type { LimitedAction } from '../limits/policies'
import type { ConcurrencyLimit } from './concurrency-limit'
import type { Access, AnswerOf, CheckedInputOf, Endpoint } from './endpoint'
import type { RawResponse } from './raw-response'
import type { Server } from './server'
import type { SessionOwners } from './session-owners'
import type { TokenLimits } from './token-limits'

/** The parts of the server. */
export interface Context {
  db: Database
  keys: Keys
  auth: Auth
  feed: Feed
  lastUsed: LastUsedTracker
  /** The requests in progress. Beyond the limit, callers are refused at once with a time to retry. */
  requests: Bulkhead
  /** The same limit per account, so that no account takes all slots. */
  requestsOfOne: ConcurrencyLimit
  sessionOwners: SessionOwners
  /** Limits on programs: on tokens, and on the keys of services. */
  programLimits: { token: TokenLimits; serviceKey: TokenLimits }
  /** Live streams that this process holds open, by session and by account. */
  streams: { ofSessions: ConcurrencyLimit; ofAccounts: ConcurrencyLimit }
  /** Milliseconds between two heartbeats of a stream. */
  heartbeat: number
  /** The worker that keeps the ledger of connections; it rests while none is on. */
  ledger: { activate(): void }
  /** What calls to connected services need. */
  delivering: Delivering
  /** Downloads that this process writes, by account. */
  downloads: ConcurrencyLimit
  log: Pick<Server['log'], 'warn' | 'error'>
  /** The OpenAPI document. */
  openApi(): object
  baseUrl: string
  /** Whether people sign in with passwords of this site. */
  passwords: boolean
  /** The display name of the identity provider; null if there is none. */
  provider: string | null
  /** Whether mail is configured. Without it everything works, and people hand over links themselves. */
  mail: boolean
  /** The id under which the provider's subjects are stored; another issuer has another id. */
  providerId: string | null
}

/** Where a request comes from. */
export interface Caller {
  /** The digest of the session token, or an empty string, which no session has. */
  session: string
  credential: Credential
  /** The account whose page sent the request, if stated. */
  account: string | undefined
  /** The network it comes from, for rate limits. */
  source: string
  headers: Headers
}

export interface EndpointRequest<E extends Endpoint> {
  context: Context
  db: Database
  caller: Caller
  credential: Credential
  input: CheckedInputOf<E>
}

/** An answer, and cookies if the flow sets any. */
export interface EndpointReply {
  answer: unknown
  cookies?: string[]
}

export interface Route {
  endpoint: Endpoint
  /** Whether it is answered regardless of the number of requests in progress. */
  unqueued?: true
  /** `open` takes over the response, for a streamed answer. */
  handle(context: Context, caller: Caller, input: never, open: () => RawResponse): Promise<EndpointReply>
}

type Facts<F, A extends Access> = Omit<F, 'actor'> & { actor: Admitted<A> }

/** A read: one statement, then the answer. */
export function query<E extends Endpoint, F extends Loaded<unknown>>(
  endpoint: E,
  flow: {
    load(request: EndpointRequest<E>): Promise<F>
    /**
     * The action that this request counts as, by account and by network, if its facts show an attempt. Counting may
     * refuse it.
     */
    limitBeforeAnswer?(facts: Facts<F, E['access']>): LimitedAction | undefined
    answer(facts: Facts<F, E['access']>, input: CheckedInputOf<E>): AnswerOf<E>
  },
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, credential: caller.credential, input }
      const facts = admitted(request, endpoint, await flow.load(request))
      if (flow.limitBeforeAnswer) await counted(request, flow.limitBeforeAnswer(facts), facts.actor)
      return { answer: flow.answer(facts, input) }
    },
  }
}

/** A read by a service, which its key identifies. One statement, then the answer. */
export function serviceQuery<E extends Endpoint & { access: 'service' }, F extends AskedByService<unknown>>(
  endpoint: E,
  flow: {
    load(request: EndpointRequest<E>): Promise<F>
    answer(facts: F, input: CheckedInputOf<E>): AnswerOf<E>
  },
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const { db, lastUsed } = context
      const facts = await flow.load({ context, db, caller, credential: caller.credential, input })
      if (!facts.caller) throw new Problem('service_key_not_valid')
      if (facts.caller.idle) lastUsed.note('serviceKey', facts.caller.keyId)
      return { answer: flow.answer(facts, input) }
    },
  }
}

/** A decision that there is nothing to change: the requested state already holds. */
export class Unchanged<Answer> {
  constructor(readonly answer: Answer) {}
}

/** How often a save may find its facts changed before the caller gets an error. */
const maxAttempts = 5

/**
 * A write: load the facts (one statement), decide (pure), save (one guarded statement, with the event in it), notify,
 * answer. A save that finds its facts changed does nothing and returns undefined. The flow then loads and decides
 * again, so the answer always reflects the current state.
 */
export function command<E extends Endpoint, F extends Loaded<unknown>, Change, Saved>(
  endpoint: E,
  flow: {
    load(request: EndpointRequest<E>): Promise<F>
    /**
     * The action that this request counts as, by account and by network, if its facts show an attempt. Counting may
     * refuse it.
     */
    limitBeforeDecide?(facts: Facts<F, E['access']>): LimitedAction | undefined
    decide(facts: Facts<F, E['access']>, input: CheckedInputOf<E>, context: Context): Change | Unchanged<AnswerOf<E>>
    /** The action that the change counts as, by account and by network, if its rate is limited. */
    limitBeforeSave?(change: Change): LimitedAction | undefined
    save(db: Database, change: Change): Promise<Saved | undefined>
    answer(saved: Saved, change: Change, context: Context): AnswerOf<E>
  },
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, credential: caller.credential, input }
      let refusal: Problem | undefined
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const facts = admitted(request, endpoint, await flow.load(request))
        if (flow.limitBeforeDecide) await counted(request, flow.limitBeforeDecide(facts), facts.actor)
        const change = flow.decide(facts, input, context)
        if (change instanceof Unchanged) return { answer: change.answer }
        if (flow.limitBeforeSave && attempt === 0) await counted(request, flow.limitBeforeSave(change), facts.actor)
        try {
          const saved = await flow.save(context.db, change)
          if (saved !== undefined) {
            context.feed.notify()
            return { answer: flow.answer(saved, change, context) }
          }
        } catch (error) {
          // A constraint refused the save. Deciding again on fresh facts usually gives a more precise reason.
          refusal = problemOfError(error)
          if (!refusal || refusal.status >= 500) throw error
        }
      }
      throw refusal ?? new Problem('changed_meanwhile')
    },
  }
}

async function counted(
  { db, caller: { source } }: Pick<EndpointRequest<Endpoint>, 'db' | 'caller'>,
  action: LimitedAction | undefined,
  actor: Actor | null,
): Promise<void> {
  if (action) await count(db, action, { source, account: actor?.id })
}

/** The facts with a caller whom the endpoint admits. */
export function admitted<E extends Endpoint, F extends Loaded<unknown>>(
  { context: { lastUsed: uses, sessionOwners }, caller, input }: EndpointRequest<E>,
  endpoint: E,
  facts: F,
): Facts<F, E['access']> {
  const { organizationId } = input as { organizationId?: string }
  mustBeTheirPage(caller, facts.actor)
  const actor = admit(endpoint, facts.actor, organizationId, caller.credential.kind)
  sessionOwners.note(caller.session, actor.id)
  if (actor.idle) uses.note(caller.credential.kind, actor.token?.id ?? actor.sessionId!)
  return { ...facts, actor } as unknown as Facts<F, E['access']>
}

/**
 * Refuses a request from a page that belongs to a different account than the session, because someone else has since
 * signed in from another tab.
 */
export function mustBeTheirPage({ account }: Caller, actor: Pick<Actor, 'id'> | null): void {
  if (account !== undefined && actor && actor.id !== account) throw new Problem('signed_in_as_another')
}

/** An endpoint that needs no session, or creates or ends one. */
export function publicEndpoint<E extends Endpoint & { access: 'anyone' }>(
  endpoint: E,
  handle: (request: EndpointRequest<E>) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route {
  return {
    endpoint,
    handle: (context, caller, input: CheckedInputOf<E>) =>
      remembering([], () => handle({ context, db: context.db, caller, credential: caller.credential, input })),
  }
}

type AdmittedRequest<E extends Endpoint> = EndpointRequest<E> & { actor: Admitted<E['access']> }

/** An endpoint with steps of its own: the caller is admitted, then it may call a service, for which no statement waits. */
export function admittedEndpoint<E extends Endpoint>(
  endpoint: E,
  handle: (request: AdmittedRequest<E>) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, credential: caller.credential, input }
      const { actor } = admitted(request, endpoint, await loadFacts(context.db, caller.credential, {}))
      return handle({ ...request, actor: actor as Admitted<E['access']> })
    },
  }
}

/** An endpoint implemented by Better Auth: the caller is admitted, then the request is passed on. */
export const betterAuthEndpoint = <E extends Endpoint>(
  endpoint: E,
  handle: (request: AdmittedRequest<E>) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route => admittedEndpoint(endpoint, (request) => remembering([request.actor], () => handle(request)))

/**
 * An endpoint that takes no slot among the requests in progress, because it must answer however busy the server is, or
 * because it is long-lived. When it loads data, it takes a slot for that itself.
 */
export function unqueued<E extends Endpoint>(
  endpoint: E,
  handle: (
    request: EndpointRequest<E>,
    open: () => RawResponse,
  ) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route {
  return {
    endpoint,
    unqueued: true,
    handle: (context, caller, input: CheckedInputOf<E>, open) =>
      handle({ context, db: context.db, caller, credential: caller.credential, input }, open),
  }
}

/** The answer of a write that has nothing to report except success. */
export const done = () => ({ done: true as const })
