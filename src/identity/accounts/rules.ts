import { Problem } from '../../platform/errors'
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
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (registration === 'invitation' && !facts.invited) throw new Problem('registration_closed')
  if (registration === 'domain' && !registrationDomains.includes(domain)) throw new Problem('registration_closed')
  if (facts.termsVersion && facts.termsVersion !== termsVersion) throw new Problem('terms_changed')
  if (facts.taken && !facts.mail) throw new Problem('account_exists')
}

export interface AccountFacts {
  disabled: boolean
  soleAdmin: boolean
}

/** Guard of the operators' commands on an account: it has to exist and belong to another person. */
export function mustBeAnother<Facts extends object>(
  account: Facts | null,
  accountId: string,
  operatorId: string,
): Facts {
  if (!account) throw new Problem('account_not_found')
  if (accountId === operatorId) throw new Problem('not_yourself')
  return account
}

export function decideDisabling({ disabled, soleAdmin }: AccountFacts): void {
  if (disabled) throw new Problem('account_disabled')
  if (soleAdmin) throw new Problem('sole_admin')
}
