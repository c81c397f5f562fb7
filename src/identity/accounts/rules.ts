import { Problem } from '../../platform/errors'
import { domainOf } from '../../platform/input/addresses'
import type { SitePolicy } from '../site/schema'

export interface RegistrationFacts extends Pick<SitePolicy, 'registration' | 'registrationDomains'> {
  termsVersion: string | null
  /** Whether the site sends mail, and so can notify the holder of an address in private. */
  mail: boolean
  /** Whether the address has an account. */
  taken: boolean
  /** Whether the submitted code belongs to an invitation that can be accepted. */
  invited: boolean
}

/**
 * Anyone whom the site's policy permits may register once they accept its terms. Without mail, the response has to
 * disclose that an address is taken.
 */
export function decideRegistration(facts: RegistrationFacts, email: string, termsVersion: string | undefined): void {
  const { registration, registrationDomains } = facts
  if (registration === 'invitation' && !facts.invited) throw new Problem('registration_closed')
  if (registration === 'domain' && !registrationDomains.includes(domainOf(email)))
    throw new Problem('registration_closed')
  if (facts.termsVersion && facts.termsVersion !== termsVersion) throw new Problem('terms_changed')
  if (facts.taken && !facts.mail) throw new Problem('account_exists')
}

export interface AccountFacts {
  email: string
  confirmed: boolean
  disabled: boolean
  soleAdmin: boolean
}

export function decideDisabling({ disabled, soleAdmin }: Pick<AccountFacts, 'disabled' | 'soleAdmin'>): void {
  if (disabled) throw new Problem('account_disabled')
  if (soleAdmin) throw new Problem('sole_admin')
}
