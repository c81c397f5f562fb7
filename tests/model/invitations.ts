import { accepted, asAdmin, free, join, type Model, type ModelInvitation, type Outcome, waitingOf } from './model'

export function invite(
  model: Model,
  person: number,
  organization: number,
  options: Pick<ModelInvitation, 'usesLeft' | 'grantsAdmin' | 'needsApproval' | 'boundTo'>,
): Outcome {
  const refusal = asAdmin(model, person, organization) ?? accepted(model.organizations[organization]!)
  if (refusal) return refusal
  model.invitations.push({ organization, by: person, revoked: false, ...options })
  return undefined
}

export function revoke(model: Model, person: number, index: number): Outcome {
  const invitation = model.invitations[index]!
  const refusal = asAdmin(model, person, invitation.organization)
  if (refusal) return refusal
  if (invitation.revoked || invitation.usesLeft === 0) return 'invitation_not_pending'
  invitation.revoked = true
  return undefined
}

function isFor(model: Model, person: number, { boundTo }: ModelInvitation): Outcome {
  const { address, confirmed } = model.people[person]!
  if (boundTo === null) return undefined
  if (boundTo !== address) return 'invitation_for_somebody_else'
  return confirmed ? undefined : 'address_not_confirmed'
}

/** A person who was removed returns at once only by a later invitation that is bound to their address. */
function undoesRemoval(model: Model, person: number, index: number): boolean {
  const { organization, boundTo } = model.invitations[index]!
  const invitationsThen = model.people[person]!.removed[organization]
  return invitationsThen === undefined || (boundTo !== null && index >= invitationsThen)
}

export function acceptInvitation(model: Model, person: number, index: number): Outcome | 'unchanged' {
  const invitation = model.invitations[index]!
  const mine = model.acceptances.find((acceptance) => acceptance.invitation === index && acceptance.person === person)
  if (mine?.state === 'joined' && model.people[person]!.organization === invitation.organization) return 'unchanged'
  if (mine?.state === 'awaiting_approval') return 'unchanged'
  if (model.people[person]!.organization === invitation.organization) return 'member_already'
  if (mine) return 'invitation_used_by_you'
  if (invitation.revoked) return 'invitation_revoked'
  if (invitation.usesLeft === 0) return 'invitation_used'
  const refusal =
    accepted(model.organizations[invitation.organization]!) ?? isFor(model, person, invitation) ?? free(model, person)
  if (refusal) return refusal
  if (waitingOf(model, person)) return 'waiting_for_approval'
  const waits = invitation.needsApproval || !undoesRemoval(model, person, index)
  invitation.usesLeft--
  model.acceptances.push({ invitation: index, person, state: waits ? 'awaiting_approval' : 'joined' })
  if (!waits) join(model, person, invitation.organization, invitation.grantsAdmin)
  return undefined
}

export function withdraw(model: Model, person: number): Outcome {
  const waiting = waitingOf(model, person)
  if (!waiting) return 'acceptance_not_found'
  waiting.state = 'withdrawn'
  return undefined
}

export function decideWaiting(model: Model, person: number, index: number, approve: boolean): Outcome {
  const acceptance = model.acceptances[index]!
  const { organization, grantsAdmin } = model.invitations[acceptance.invitation]!
  const refusal = asAdmin(model, person, organization)
  if (refusal) return refusal
  if (acceptance.state !== 'awaiting_approval') return 'acceptance_decided'
  if (!approve) {
    acceptance.state = 'declined'
    return undefined
  }
  const notNow = accepted(model.organizations[organization]!)
  if (notNow) return notNow
  if (model.people[acceptance.person]!.organization !== null) return 'account_in_another_organization'
  if (model.people[acceptance.person]!.account !== 'active') return 'member_disabled'
  if (isFor(model, acceptance.person, model.invitations[acceptance.invitation]!))
    return 'acceptance_for_another_address'
  acceptance.state = 'joined'
  join(model, acceptance.person, organization, grantsAdmin)
  return undefined
}
