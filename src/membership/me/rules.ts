import { Problem } from '../../platform/errors'

export interface AddressFacts {
  mail: boolean
  taken: boolean
}

/**
 * The effect of requesting another address: none, a change, a mailed link, or a notification to the holder of an
 * account that has it.
 */
export function decideAddress(
  { mail, taken }: AddressFacts,
  present: string,
  requested: string,
): 'nothing' | 'change' | 'link' | 'notify_holder' {
  if (requested === present) return 'nothing'
  if (mail) return taken ? 'notify_holder' : 'link'
  if (taken) throw new Problem('address_taken')
  return 'change'
}

export interface LinkFacts {
  /** Null for an invitation that was mailed to an address other than the caller's. */
  accountId: string | null
  by: 'confirmation' | 'invitation'
  email: string
  /** Whether another account has taken the address since. */
  taken: boolean
}

/**
 * A link confirms an address only for a person who is signed in to its account. Otherwise an attacker could register
 * with another person's address and have its holder confirm it by a click.
 */
export function decideConfirmation(
  link: LinkFacts | null,
  actor: { id: string; email: string },
): { by: LinkFacts['by']; change: { from: string; to: string } | null } {
  if (!link) throw new Problem('link_not_valid')
  if (link.accountId !== actor.id) throw new Problem('link_for_somebody_else')
  if (link.taken) throw new Problem('address_taken')
  return { by: link.by, change: link.email === actor.email ? null : { from: actor.email, to: link.email } }
}

export interface DeletionFacts {
  soleAdmin: boolean
  otherOperators: boolean
}

export function decideDeletion({ soleAdmin, otherOperators }: DeletionFacts, operator: boolean): void {
  if (soleAdmin) throw new Problem('last_admin')
  if (operator && !otherOperators) throw new Problem('last_operator')
}
