import { AsyncLocalStorage } from 'node:async_hooks'
import type { DBAdapter } from '@better-auth/core/db/adapter'
import { APIError } from 'better-auth/api'

/** The half minute of the code that a request gives. */
const given = new AsyncLocalStorage<number>()

/** Gives Better Auth a code of the app: what it then saves, it saves only where no code of this half minute, or of a later one, was accepted. */
export const giving = <Result>(step: number, work: () => Promise<Result>): Promise<Result> => given.run(step, work)

/**
 * Between Better Auth and the database: a code of the app is accepted once, however many servers look at it (RFC 6238,
 * 5.2). Once a code was right, and before the session, Better Auth writes that nothing is wrong any more; that statement
 * now compares the half minute on the row that it locks. It goes on to the account’s lock, so this stands around that.
 */
export function withCodesOnce<Adapter extends Omit<DBAdapter, 'transaction'>>(inner: Adapter): Adapter {
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
