import type { Auth } from '../../identity/authentication/auth'
import type { Feed } from '../../messaging/events/feed'
import { type Actor, type Loaded, loadFacts } from '../access/actor'
import { type Admitted, admit } from '../access/admit'
import type { LastUsedTracker } from '../access/last-used'
import { remembering } from '../access/stamps'
import type { Bulkhead } from '../bulkhead'
import { problemOfError } from '../db/constraints'
import type { Database } from '../db/database'
import { Problem } from '../errors'
import type { Keys } from '../keys'
import { count } from '../limits/limited'
import type { LimitedAction } from '../limits/policies'
import type { Access, AnswerOf, CheckedInputOf, Endpoint } from './endpoint'
import type { SessionOwners } from './holders'
import type { ConcurrencyLimit } from './places'

/** What the server is made of. */
export interface Context {
  db: Database
  keys: Keys
  auth: Auth
  feed: Feed
  lastUsed: LastUsedTracker
  /** Requests that are being worked on. Beyond so many people are told at once to come again. */
  requests: Bulkhead
  /** The same of one account, so that none takes all of them. */
  requestsOfOne: ConcurrencyLimit
  holders: SessionOwners
  baseUrl: string
  /** Whether people sign in with passwords of this site. */
  passwords: boolean
  /** The identity provider, as people call it; null where there is none. */
  provider: string | null
  /** Whether mail is configured. Without it everything works, and people hand links over themselves. */
  mail: boolean
  /** What its subjects are known by; another issuer has another one. */
  providerId: string | null
}

/** Where a request comes from. */
export interface Caller {
  /** The session token, or an empty string, which no session has. */
  session: string
  /** Whose page it comes from, where it says so. */
  account: string | undefined
  /** The network it comes from, for limits. */
  source: string
  headers: Headers
}

export interface EndpointRequest<E extends Endpoint> {
  context: Context
  db: Database
  caller: Caller
  session: string
  input: CheckedInputOf<E>
}

/** An answer, and cookies where the flow sets some. */
export interface EndpointReply {
  answer: unknown
  cookies?: string[]
}

export interface Route {
  endpoint: Endpoint
  handle(context: Context, caller: Caller, input: never): Promise<EndpointReply>
}

type Facts<F, A extends Access> = Omit<F, 'actor'> & { actor: Admitted<A> }

/** A read: one statement, then the answer. */
export function query<E extends Endpoint, F extends Loaded<unknown>>(
  endpoint: E,
  flow: {
    load(request: EndpointRequest<E>): Promise<F>
    /** What this request counts as, by account and by network, where its facts show a try. Counting may refuse it. */
    count?(facts: Facts<F, E['access']>): LimitedAction | undefined
    answer(facts: Facts<F, E['access']>, input: CheckedInputOf<E>): AnswerOf<E>
  },
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, session: caller.session, input }
      const facts = admitted(request, endpoint, await flow.load(request))
      await counted(request, flow.count?.(facts), facts.actor)
      return { answer: flow.answer(facts, input) }
    },
  }
}

/** A decision that there is nothing to change: what was asked for is so already. */
export class Unchanged<Answer> {
  constructor(readonly answer: Answer) {}
}

/** How often a save may find that its facts have changed before the caller is told so. */
const maxAttempts = 5

/**
 * A write: load the facts (one statement), decide (pure), save (one guarded statement, with the event in it),
 * announce, answer. A save that finds its facts changed does nothing and gives undefined; then everything is
 * loaded and decided again, so that the answer is always about what is true now.
 */
export function command<E extends Endpoint, F extends Loaded<unknown>, Change, Saved>(
  endpoint: E,
  flow: {
    load(request: EndpointRequest<E>): Promise<F>
    /** What this request counts as, by account and by network, where its facts show a try. Counting may refuse it. */
    count?(facts: Facts<F, E['access']>): LimitedAction | undefined
    decide(facts: Facts<F, E['access']>, input: CheckedInputOf<E>, context: Context): Change | Unchanged<AnswerOf<E>>
    /** What the change counts as, by account and by network, where it may not be made as often as anybody likes. */
    limit?(change: Change): LimitedAction | undefined
    save(db: Database, change: Change): Promise<Saved | undefined>
    answer(saved: Saved, change: Change, context: Context): AnswerOf<E>
  },
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, session: caller.session, input }
      let refusal: Problem | undefined
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const facts = admitted(request, endpoint, await flow.load(request))
        await counted(request, flow.count?.(facts), facts.actor)
        const change = flow.decide(facts, input, context)
        if (change instanceof Unchanged) return { answer: change.answer }
        if (attempt === 0) await counted(request, flow.limit?.(change), facts.actor)
        try {
          const saved = await flow.save(context.db, change)
          if (saved !== undefined) {
            context.feed.notify()
            return { answer: flow.answer(saved, change, context) }
          }
        } catch (error) {
          // A constraint had the last word. Deciding again on fresh facts usually says more precisely why.
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

function admitted<E extends Endpoint, F extends Loaded<unknown>>(
  { context: { lastUsed: uses, holders }, caller, session, input }: EndpointRequest<E>,
  endpoint: E,
  facts: F,
): Facts<F, E['access']> {
  const { organizationId } = input as { organizationId?: string }
  mustBeTheirPage(caller, facts.actor)
  const actor = admit(endpoint.access, facts.actor, organizationId, endpoint.fresh)
  holders.note(session, actor.id)
  if (actor.idle) uses.note(actor.sessionId)
  return { ...facts, actor } as unknown as Facts<F, E['access']>
}

/** What one person wrote is never done as another, who signed in meanwhile in another tab. */
function mustBeTheirPage({ account }: Caller, actor: Actor | null): void {
  if (account !== undefined && actor && actor.id !== account) throw new Problem('signed_in_as_another')
}

/** An endpoint that needs no session, or makes or ends one. */
export function publicEndpoint<E extends Endpoint & { access: 'anyone' }>(
  endpoint: E,
  handle: (request: EndpointRequest<E>) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route {
  return {
    endpoint,
    handle: (context, caller, input: CheckedInputOf<E>) =>
      remembering([], () => handle({ context, db: context.db, caller, session: caller.session, input })),
  }
}

/** An endpoint whose work Better Auth does: the caller is admitted, then handed over. */
export function betterAuthEndpoint<E extends Endpoint>(
  endpoint: E,
  handle: (
    request: EndpointRequest<E> & { actor: Admitted<E['access']> },
  ) => Promise<{ answer: AnswerOf<E>; cookies?: string[] }>,
): Route {
  return {
    endpoint,
    async handle(context, caller, input: CheckedInputOf<E>) {
      const request = { context, db: context.db, caller, session: caller.session, input }
      const { actor } = admitted(request, endpoint, await loadFacts(context.db, caller.session, {}))
      return remembering([actor], () => handle({ ...request, actor: actor as Admitted<E['access']> }))
    },
  }
}

/** The answer of a write that has nothing to tell but that it was done. */
export const done = () => ({ done: true as const })
