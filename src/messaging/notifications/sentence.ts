import { isolated } from '../../platform/input/isolated'
import { personName } from '../../platform/input/names'
import { t } from '../../platform/messages/t'
import type { NotificationItem } from './schema'

/** “The access role “Reader” on JupyterHub” */
function roleIn(role: NotificationItem['role']): string {
  if (!role) return t('A role')
  const names = { role: isolated(role.name), service: isolated(role.service) }
  return role.kind === 'access'
    ? t('The access role “{role}” on {service}', names)
    : t('The quota role “{role}” on {service}', names)
}

/** The sentence of a notification, for the portal and mails, and the page with the details. */
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
  const who = actor ? personName(actor) : t('An operator')
  const whom = subject ? personName(subject) : t('Someone')
  const what = roleIn(role)
  const on = (path: string, sentence: string) => ({ sentence, path })
  switch (kind) {
    case 'organization_accepted':
      return on('/organization', t('{organization} was accepted.', { organization: name }))
    case 'changes_requested':
      return on('/organization', t('An operator requested changes to {organization}.', { organization: name }))
    case 'organization_rejected':
      return on('/organization', t('{organization} was rejected.', { organization: name }))
    case 'organization_suspended':
      return on('/organization', t('{organization} was suspended.', { organization: name }))
    case 'organization_reinstated':
      return on('/organization', t('{organization} is no longer suspended.', { organization: name }))
    case 'organization_dissolved':
      return on('/organization', t('{organization} was dissolved.', { organization: name }))
    case 'invitation_accepted':
      return on(
        '/invitations',
        t('{person} accepted your invitation and joined {organization}.', { person: whom, organization: name }),
      )
    case 'acceptance_awaiting_approval':
      return on(
        '/invitations',
        t('{person} accepted an invitation to {organization} and is waiting for an admin’s approval.', {
          person: whom,
          organization: name,
        }),
      )
    case 'acceptance_approved':
      return on(
        '/organization',
        t('{person} approved your request to join {organization}. You are now a member.', {
          person: who,
          organization: name,
        }),
      )
    case 'acceptance_declined':
      return on('/organization', t('{organization} declined your request to join.', { organization: name }))
    case 'member_removed':
      return on('/organization', t('{person} removed you from {organization}.', { person: who, organization: name }))
    case 'admin_granted':
      return on(
        '/users',
        t('{person} gave you admin privileges in {organization}.', { person: who, organization: name }),
      )
    case 'admin_revoked':
      return on(
        '/organization',
        t('{person} removed your admin privileges in {organization}.', { person: who, organization: name }),
      )
    case 'admin_appointed':
      return on('/users', t('An operator made you an admin of {organization}.', { organization: name }))
    case 'handed_over':
      return on(
        '/users',
        t('{person} left {organization} and handed it over to you. You are now an admin.', {
          person: who,
          organization: name,
        }),
      )
    case 'identity_changed':
      return on(
        `/operator/organizations/${id}`,
        t('{person} changed the name or tax ID of {organization}.', { person: who, organization: name }),
      )
    case 'identity_change_requested':
      return on(
        `/operator/organizations/${id}`,
        t('{person} requested a new name or tax ID for {organization}.', { person: who, organization: name }),
      )
    case 'identity_change_accepted':
      return on('/organization', t('The new name or tax ID of {organization} was accepted.', { organization: name }))
    case 'identity_change_refused':
      return on(
        '/organization',
        t('The new name or tax ID requested for {organization} was refused.', { organization: name }),
      )
    case 'role_accepted':
      return on('/role-requests', t('{role} was accepted for {organization}.', { role: what, organization: name }))
    case 'role_refused':
      return on('/role-requests', t('{role} was refused for {organization}.', { role: what, organization: name }))
    case 'role_granted':
      return on('/active-roles', t('{role} was granted to {organization}.', { role: what, organization: name }))
    case 'role_revoked':
      return on('/active-roles', t('{role} was revoked from {organization}.', { role: what, organization: name }))
  }
}
