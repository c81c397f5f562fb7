import { one, type Sql, sql } from '../../platform/db/sql'
import { Problem } from '../../platform/errors'

/** How many sign-in methods of each kind an account has. */
export interface Ways {
  password: boolean
  passkeys: number
  /** The providers of its linked identities. */
  providers: string[]
}

export const waysOf = (account: Sql): Sql =>
  one(sql`select
    exists (select from credentials where account_id = ${account} and password is not null) as password,
    (select count(*)::int from passkeys where account_id = ${account}) as passkeys,
    array(select provider_id from credentials where account_id = ${account} and provider_id <> 'credential') as providers`)

/** Which of them count here: no password if the site has none, and no identity of another provider than the site’s. */
function open(ways: Ways, site: { passwords: boolean; providerId: string | null }): boolean {
  return (
    (site.passwords && ways.password) ||
    ways.passkeys > 0 ||
    (site.providerId !== null && ways.providers.includes(site.providerId))
  )
}

/** Guard: the last sign-in method of an account cannot be removed. */
export function mustHaveAnother(left: Ways, site: { passwords: boolean; providerId: string | null }): void {
  if (!open(left, site)) throw new Problem('last_sign_in_method')
}
