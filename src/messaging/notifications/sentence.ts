import { isolated } from '../../platform/input/isolated'
import { fullName } from '../../platform/input/names'
import type { NotificationItem } from './schema'

const nameOf = (person: { firstName: string; lastName: string }) => isolated(fullName(person))

/** What a notification says, in the portal and in mails, and the page on which to see more. */
export function notificationSentence({
  kind,
  organization,
  actor,
  subject,
  role,
}: Omit<NotificationItem, 'id' | 'at' | 'read'>): {
  sentence: string
  path: string
} {
  const { id } = organization
  const name = isolated(organization.name)
  const who = actor ? nameOf(actor) : 'An operator'
  const whom = subject ? nameOf(subject) : 'Somebody'
  const what = role ? `The ${role.kind} role “${isolated(role.name)}” on ${isolated(role.service)}` : 'A role'
  const on = (path: string, sentence: string) => ({ sentence, path })
  switch (kind) {
    case 'organization_accepted':
      return on('/organization', `${name} is accepted.`)
    case 'changes_requested':
      return on('/organization', `An operator asks for changes to the request of ${name}.`)
    case 'organization_rejected':
      return on('/organization', `${name} was rejected.`)
    case 'organization_suspended':
      return on('/organization', `${name} is suspended.`)
    case 'organization_reinstated':
      return on('/organization', `${name} is no longer suspended.`)
    case 'organization_dissolved':
      return on('/organization', `${name} was dissolved.`)
    case 'invitation_accepted':
      return on('/invitations', `${whom} accepted your invitation and is a member of ${name} now.`)
    case 'acceptance_awaiting_approval':
      return on('/invitations', `${whom} accepted an invitation to ${name} and waits for an admin’s approval.`)
    case 'acceptance_approved':
      return on('/organization', `${who} let you into ${name}. You are a member now.`)
    case 'acceptance_declined':
      return on('/organization', `${name} did not let you in.`)
    case 'member_removed':
      return on('/organization', `${who} removed you from ${name}.`)
    case 'admin_granted':
      return on('/users', `${who} gave you admin privileges in ${name}.`)
    case 'admin_revoked':
      return on('/organization', `${who} took away your admin privileges in ${name}.`)
    case 'admin_appointed':
      return on('/users', `An operator made you an admin of ${name}.`)
    case 'handed_over':
      return on('/users', `${who} left ${name} and handed it over to you. You are an admin now.`)
    case 'identity_changed':
      return on(`/operator/organizations/${id}`, `${who} changed the name or tax id of ${name}.`)
    case 'identity_change_requested':
      return on(`/operator/organizations/${id}`, `${who} requested a new name or tax id for ${name}.`)
    case 'identity_change_accepted':
      return on('/organization', `The new name or tax id of ${name} was accepted.`)
    case 'identity_change_refused':
      return on('/organization', `The new name or tax id requested for ${name} was refused.`)
    case 'role_accepted':
      return on('/role-requests', `${what} was accepted for ${name}.`)
    case 'role_refused':
      return on('/role-requests', `${what} was refused for ${name}.`)
    case 'role_granted':
      return on('/active-roles', `${what} was granted to ${name}.`)
    case 'role_revoked':
      return on('/active-roles', `${what} was taken from ${name}.`)
  }
}
