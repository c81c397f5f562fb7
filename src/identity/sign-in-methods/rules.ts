import { Problem } from '../../platform/errors'

/** How many sign-in methods of each kind an account has. */
export interface HeldMethods {
  password: boolean
  passkeys: number
  /** The providers of its linked identities. */
  providers: string[]
}

/** Which of them count here: no password if the site has none, and no identity of another provider than the site’s. */
function hasUsable(methods: HeldMethods, site: { passwords: boolean; providerId: string | null }): boolean {
  return (
    (site.passwords && methods.password) ||
    methods.passkeys > 0 ||
    (site.providerId !== null && methods.providers.includes(site.providerId))
  )
}

/** Guard: no person removes their own last sign-in method. */
export function mustHaveAnother(left: HeldMethods, site: { passwords: boolean; providerId: string | null }): void {
  if (!hasUsable(left, site)) throw new Problem('last_sign_in_method')
}
