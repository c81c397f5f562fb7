import { type Allowance, type LimitedAction, type Policy, policies } from './policies'

/** One row that a try is counted in. */
export interface Counter extends Allowance {
  key: string
}

/**
 * The counters of one try, the narrowest blame first: a network that has used up its own tries does not reach the
 * account's, and so cannot lock its holder out. `account` is what was typed, whether or not there is such an account.
 */
export function countersOf(action: LimitedAction, source: string, account: string | undefined): Counter[] {
  const { perSource, perAccountAndSource, perAccount }: Policy = policies[action]
  const counters: Counter[] = [{ key: `${action} source ${source}`, ...perSource }]
  if (account === undefined) return counters
  if (perAccountAndSource)
    counters.push({ key: `${action} account ${account} source ${source}`, ...perAccountAndSource })
  if (perAccount) counters.push({ key: `${action} account ${account}`, ...perAccount })
  return counters
}
