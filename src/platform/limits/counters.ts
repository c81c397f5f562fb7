import { type Sql, sql } from '../db/sql'
import { type Allowance, type LimitedAction, type Policy, policies } from './policies'

/** A row that counts attempts. Its key may be built from columns of the statement that counts. */
export interface Counter extends Allowance {
  key: string | Sql
}

/**
 * The counters of one attempt, narrowest scope first: a network that has used up its own attempts does not reach the
 * account's counter, and so cannot lock its holder out. `account` is the typed value, whether or not such an account
 * exists, or a column.
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
