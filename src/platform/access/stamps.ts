import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The security stamps of accounts as a request first saw them, before slow work such as hashing a password, calling the
 * identity provider or checking a signature. Better Auth's writes for an account succeed only while it still has that
 * stamp; see `withSecurityStamps`.
 */
const seen = new AsyncLocalStorage<Map<string, string>>()

export interface Stamped {
  id: string
  securityStamp: string
}

/** Runs work that remembers stamps, starting with these. */
export function remembering<Result>(accounts: Stamped[], work: () => Promise<Result>): Promise<Result> {
  return seen.run(new Map(accounts.map(({ id, securityStamp }) => [id, securityStamp])), work)
}

/** Remembers a stamp. The first one counts, since later facts may depend on it. */
export function remember({ id, securityStamp }: Stamped): void {
  const stamps = seen.getStore()
  if (stamps && !stamps.has(id)) stamps.set(id, securityStamp)
}

/** The account with its stamp. A save after slow work requires one; a missing stamp is a bug of ours. */
export function stamped(accountId: string): Stamped {
  const securityStamp = seen.getStore()?.get(accountId)
  return mustBeSeen(securityStamp === undefined ? undefined : { id: accountId, securityStamp })
}

export function mustBeSeen(account: Stamped | undefined): Stamped {
  if (!account) throw new Error('no security stamp was seen before the account is changed')
  return account
}

/** The account that the request is about, if there is exactly one. */
export function onlyStamp(): Stamped | undefined {
  const [first, ...others] = seen.getStore() ?? []
  return first && others.length === 0 ? { id: first[0], securityStamp: first[1] } : undefined
}
