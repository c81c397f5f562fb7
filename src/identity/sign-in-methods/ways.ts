import { one, type Sql, sql } from '../../platform/db/sql'
import { Problem } from '../../platform/errors'

/** How many ways to sign in an account has, of each kind. */
export interface Ways {
  password: boolean
  passkeys: number
  /** By the identities that are linked: which provider they are of. */
  providers: string[]
}

export const waysOf = (account: Sql): Sql =>
  one(sql`select
    exists (select from credentials where account_id = ${account} and password is not null) as password,
    (select count(*)::int from passkeys where account_id = ${account}) as passkeys,
    array(select provider_id from credentials where account_id = ${account} and provider_id <> 'credential') as providers`)

/** What counts here: not a password where the site has none, nor an identity of another provider than the site’s. */
function open(ways: Ways, site: { passwords: boolean; providerId: string | null }): boolean {
  return (
    (site.passwords && ways.password) ||
    ways.passkeys > 0 ||
    (site.providerId !== null && ways.providers.includes(site.providerId))
  )
}

/** Nobody locks himself out. */
export function mustHaveAnother(left: Ways, site: { passwords: boolean; providerId: string | null }): void {
  if (!open(left, site)) throw new Problem('last_sign_in_method')
}
