import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The security stamps of accounts as a request saw them first, before its slow work: hashing a password, asking the
 * identity provider, checking a signature. What Better Auth then makes for an account is made only while it still has
 * that stamp; see `withStamps`.
 */
const seen = new AsyncLocalStorage<Map<string, string>>()

export interface Stamped {
  id: string
  securityStamp: string
}

/** Does work that remembers stamps, beginning with these. */
export function remembering<Result>(accounts: Stamped[], work: () => Promise<Result>): Promise<Result> {
  return seen.run(new Map(accounts.map(({ id, securityStamp }) => [id, securityStamp])), work)
}

/** Remembers a stamp. What was seen first counts, since later facts may rest on it. */
export function remember({ id, securityStamp }: Stamped): void {
  const stamps = seen.getStore()
  if (stamps && !stamps.has(id)) stamps.set(id, securityStamp)
}

/** The account with its stamp. What is saved for it after slow work needs one: that none was seen is our fault. */
export function stamped(accountId: string): Stamped {
  const securityStamp = seen.getStore()?.get(accountId)
  return mustBeSeen(securityStamp === undefined ? undefined : { id: accountId, securityStamp })
}

export function mustBeSeen(account: Stamped | undefined): Stamped {
  if (!account) throw new Error('no security stamp was seen before the account is changed')
  return account
}

/** The account that the request is about, where it is about one. */
export function onlyStamp(): Stamped | undefined {
  const [first, ...others] = seen.getStore() ?? []
  return first && others.length === 0 ? { id: first[0], securityStamp: first[1] } : undefined
}
