import { AsyncLocalStorage } from 'node:async_hooks'
import type { DBAdapter } from '@better-auth/core/db/adapter'
import { APIError } from 'better-auth/api'

/** The time step (half a minute) of the code in the current request. */
const given = new AsyncLocalStorage<number>()

/**
 * Passes a code of the authenticator app to Better Auth: what it then saves is guarded on no code of this time step, or
 * of a later one, having been accepted.
 */
export const withTotpStep = <Result>(step: number, work: () => Promise<Result>): Promise<Result> =>
  given.run(step, work)

/**
 * An adapter between Better Auth and the database that accepts each code of the app once, however many servers check it
 * (RFC 6238, 5.2). After a correct code, and before it creates the session, Better Auth resets its failure counter;
 * that statement now compares the time step on the row that it locks. It then takes the account’s lock, so this adapter
 * wraps the one that does so.
 */
export function withTotpReplayGuard<Adapter extends Omit<DBAdapter, 'transaction'>>(inner: Adapter): Adapter {
  const full = inner as unknown as DBAdapter
  return {
    ...inner,
    async update(query: Parameters<DBAdapter['update']>[0]) {
      const step = given.getStore()
      if (query.model !== 'twoFactor' || step === undefined) return full.update(query)
      const where = [...query.where, { field: 'lastStep', operator: 'lt' as const, value: step }]
      const row = await full.update({ ...query, where, update: { ...query.update, lastStep: step } })
      if (!row) throw new APIError('UNAUTHORIZED', { code: 'CODE_USED' })
      return row
    },
  }
}
