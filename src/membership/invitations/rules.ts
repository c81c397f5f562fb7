import type { Actor } from '../../platform/access/actor'
import { mustBeAccepted } from '../../platform/access/admit'
import type { OrganizationState } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { domainOf } from '../../platform/input/addresses'
import { parseCode } from '../../platform/invitation-codes/code'
import { t } from '../../platform/messages/t'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import type { Entitlement, HeldRole } from '../../roles/entitlements/schema'
import { mustBeFree } from '../organizations/rules'
import type { InheritedRoles, InvitationState } from './schema'

/** The code in its stored form, or an immediate refusal if its check symbol shows a typo. */
export function readCode(text: string): string {
  const parsed = parseCode(text)
  if ('problem' in parsed) throw new Problem(parsed.problem)
  return parsed.code
}

export interface InvitationFacts {
  id: string
  organizationId: string
  organizationName: string
  organizationState: OrganizationState
  state: InvitationState
  boundEmail: string | null
  boundDomain: string | null
  grantsAdmin: boolean
  needsApproval: boolean
  /** Whether the organization has reached its member limit. */
  full: boolean
}

/** The facts that a decision about accepting rests on. */
export interface AcceptanceFacts {
  /** The invitation with exactly this code. */
  invitation: InvitationFacts | null
  /** The caller's own acceptance of it, if there is one. `member`: whether they are in the organization as well. */
  mine: { state: 'joined' | 'awaiting_approval' | 'declined' | 'withdrawn'; member: boolean } | null
  /** Whether the caller is waiting for any organization's approval. */
  waiting: boolean
  /** When the caller was removed from the organization, if this invitation does not undo that: an admin has to. */
  removedAt: string | null
  /** For how many seconds the caller may not try a code, after too many wrong ones; 0 if they may. */
  wait: number
}

/** A wrong code is counted before the refusal, unless the caller may not try one at the moment. */
export const wrongCode = ({ invitation, wait }: Pick<AcceptanceFacts, 'invitation' | 'wait'>) =>
  invitation || wait > 0 ? undefined : ('invitationCode' as const)

export type AcceptanceDecision = { repeated: 'joined' | 'awaiting_approval' } | { repeated: null }

/**
 * Anyone who holds the exact code of a usable invitation may join, if they are in no organization. Accepting is
 * idempotent, and a member is informed that there is nothing to accept, whatever the invitation's state. The order of
 * the refusals matters: the limit on guessing comes first and discloses nothing, and the holder of a code learns why it
 * no longer works.
 */
export function decideAcceptance(
  { invitation, mine, waiting, removedAt, wait }: AcceptanceFacts,
  actor: Actor,
): AcceptanceDecision & { invitation: InvitationFacts } {
  if (wait > 0) throw new Problem('too_many_wrong_codes', undefined, wait)
  if (!invitation) throw new Problem('code_not_valid')
  if (mine?.state === 'joined' && mine.member) return { invitation, repeated: 'joined' }
  if (mine?.state === 'awaiting_approval') return { invitation, repeated: 'awaiting_approval' }
  if (actor.organizationId === invitation.organizationId) throw new Problem('member_already')
  if (mine) throw new Problem('invitation_used_by_you')
  mustBeUsable(invitation.state)
  mustBeAccepted(invitation.organizationState)
  mustBeFor(invitation, actor)
  mustBeFree(actor)
  if (waiting) throw new Problem('waiting_for_approval')
  // A person who needs approval does not count toward the member limit until they are approved.
  if (invitation.full && !invitation.needsApproval && removedAt === null) throw new Problem('organization_full')
  return { invitation, repeated: null }
}

/** The roles of a preview. Who requested and who granted them is not disclosed to strangers. */
export const inherited = (entitlements: Entitlement[]): InheritedRoles[] => {
  const named = (role: HeldRole | null) => role && { key: role.key, name: role.name, until: role.until }
  return entitlements.map(({ service: { key, name }, usable, access, quota }) => ({
    service: { key, name },
    usable,
    access: named(access),
    quota: named(quota),
  }))
}

function mustBeUsable(state: InvitationState): void {
  if (state === 'revoked') throw new Problem('invitation_revoked')
  if (state === 'accepted') throw new Problem('invitation_used')
  if (state === 'expired') throw new Problem('invitation_expired')
}

type Binding = Pick<InvitationFacts, 'boundEmail' | 'boundDomain'>

/** Whether the invitation is for this address, or for any. */
function isFor({ boundEmail, boundDomain }: Binding, email: string): boolean {
  if (boundEmail) return email === boundEmail
  return !boundDomain || domainOf(email) === boundDomain
}

const isBound = ({ boundEmail, boundDomain }: Binding): boolean => Boolean(boundEmail || boundDomain)

/** A bound invitation requires a confirmed address: anyone can register with another person's. */
function mustBeFor(invitation: InvitationFacts, actor: Actor): void {
  if (!isBound(invitation)) return
  if (!isFor(invitation, actor.email)) throw new Problem('invitation_for_somebody_else')
  if (!actor.emailConfirmed) throw new Problem('address_not_confirmed')
}

/** Members need no invitation: the field reports it before any mail is sent. */
export function mustBeForOutsiders(isMember: boolean): void {
  const message = t('This address already belongs to a member of the organization.')
  if (isMember) throw new Problem('invitee_is_a_member', [{ path: 'sendTo', message }])
}

/** The link can be mailed if the site sends mail and no limit is reached, that is, `wait` is 0. */
export function mustBeMailable(configured: boolean, wait: number): void {
  if (!configured) throw new Problem('mail_not_configured')
  if (wait > 0) throw new Problem('too_many_mails', undefined, wait)
}

/** Codes can be shown, and invitations revoked, while they are pending. */
export function mustBePending<Invitation extends { state: InvitationState }>(
  invitation: Invitation | null,
): Invitation {
  if (!invitation) throw new Problem('invitation_not_found')
  if (invitation.state !== 'pending') throw new Problem('invitation_not_pending')
  return invitation
}

export interface WaitingFacts {
  acceptance: {
    id: string
    accountId: string
    invitationId: string
    state: string
    grantsAdmin: boolean
    accountOrganizationId: string | null
    accountDisabled: boolean
    /** The person's current address, which may differ from the one they accepted with. */
    email: string
    emailConfirmed: boolean
    boundEmail: string | null
    boundDomain: string | null
  } | null
}

/** An admin decides about a person who is waiting for approval. */
export function decideWaiting({ acceptance }: WaitingFacts): NonNullable<WaitingFacts['acceptance']> {
  if (!acceptance) throw new Problem('acceptance_not_found')
  if (acceptance.state !== 'awaiting_approval') throw new Problem('acceptance_decided')
  return acceptance
}

/**
 * An approval checks everything again: the person's address may have changed since they accepted, or since the admin
 * read it.
 */
export function decideApproval(facts: WaitingFacts, organizationState: OrganizationState, seen: { email: string }) {
  const acceptance = decideWaiting(facts)
  mustBeAccepted(organizationState)
  if (acceptance.accountOrganizationId) throw new Problem('account_in_another_organization')
  if (acceptance.accountDisabled) throw new Problem('member_disabled')
  mustBeAsSeen(acceptance.email, seen.email)
  if (!isFor(acceptance, acceptance.email) || (isBound(acceptance) && !acceptance.emailConfirmed))
    throw new Problem('acceptance_for_another_address')
  return acceptance
}
