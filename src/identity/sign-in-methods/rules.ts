import { Problem } from '../../platform/errors'

/** How many sign-in methods of each kind an account has. */
export interface Ways {
  password: boolean
  passkeys: number
  /** The providers of its linked identities. */
  providers: string[]
}

/** Which of them count here: no password if the site has none, and no identity of another provider than the site’s. */
function open(ways: Ways, site: { passwords: boolean; providerId: string | null }): boolean {
  return (
    (site.passwords && ways.password) ||
    ways.passkeys > 0 ||
    (site.providerId !== null && ways.providers.includes(site.providerId))
  )
}

/** Guard: no person removes their own last sign-in method. */
export function mustHaveAnother(left: Ways, site: { passwords: boolean; providerId: string | null }): void {
  if (!open(left, site)) throw new Problem('last_sign_in_method')
}
