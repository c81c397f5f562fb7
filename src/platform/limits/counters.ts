import { type Sql, sql } from '../db/sql'
import { type Allowance, type LimitedAction, type Policy, policies } from './policies'

/** One row that tries are counted in. Its key may be made of columns of the statement that counts. */
export interface Counter extends Allowance {
  key: string | Sql
}

/**
 * The counters of one try, the narrowest blame first: a network that has used up its own tries does not reach the
 * account's, and so cannot lock its holder out. `account` is what was typed, whether or not there is such an account,
 * or a column.
 */
export function countersOf(action: LimitedAction, source: string, account: string | Sql | undefined): Counter[] {
  const { perSource, perAccountAndSource, perAccount }: Policy = policies[action]
  const counters: Counter[] = [{ key: `${action} source ${source}`, ...perSource }]
  if (account === undefined) return counters
  const ofAccount = sql`${`${action} account `}::text || ${account}::text`
  if (perAccountAndSource)
    counters.push({ key: sql`${ofAccount} || ${` source ${source}`}::text`, ...perAccountAndSource })
  if (perAccount) counters.push({ key: ofAccount, ...perAccount })
  return counters
}
