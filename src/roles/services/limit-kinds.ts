export type LimitKind = 'rate' | 'amount' | 'level'

const short = /(?:\/|\bper )\s*(?:s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?)$/i
const long = /(?:\/|\bper )\s*(?:d|days?|wk|weeks?|mon|months?|quarters?|yr|years?)$/i

/**
 * What a number of a quota role limits, as its unit says it: a *rate*, which holds at every moment (400 1/min, 20 MB/s);
 * an *amount* per period, which is used up and begins again (6 TB/month); or a *level*, which counts what is there at once
 * (10 GB, 1 session). Periods from a day on are amounts.
 */
export function limitKindOf(unit: string): LimitKind {
  if (short.test(unit)) return 'rate'
  return long.test(unit) ? 'amount' : 'level'
}
