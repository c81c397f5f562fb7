import { isolated } from '../../platform/input/isolated'
import { personName } from '../../platform/input/names'
import { formatDate } from '../../platform/messages/intl'
import { t } from '../../platform/messages/t'
import type { NotificationContent, NotificationItem } from './schema'

/** “The access role “Reader” on JupyterHub” */
function roleIn(role: NotificationItem['role']): string {
  if (!role) return t('A role')
  const names = { role: isolated(role.name), service: isolated(role.service) }
  return role.kind === 'access'
    ? t('The access role “{role}” on {service}', names)
    : t('The quota role “{role}” on {service}', names)
}

interface Names {
  organization: string
  /** Who did it. */
  person: string
  /** Whom it is about. */
  subject: string
  role: string
  /** The token, service key or connection. */
  program: string
  service: string
  date: string
}

/** The page with the details, and the sentence. */
const sentences: Record<NotificationItem['kind'], [page: string, sentence: (names: Names) => string]> = {
  organization_accepted: ['/organization', (names) => t('{organization} was accepted.', names)],
  changes_requested: ['/organization', (names) => t('An operator requested changes to {organization}.', names)],
  organization_rejected: ['/organization', (names) => t('{organization} was rejected.', names)],
  organization_suspended: ['/organization', (names) => t('{organization} was suspended.', names)],
  organization_reinstated: ['/organization', (names) => t('{organization} is no longer suspended.', names)],
  organization_dissolved: ['/organization', (names) => t('{organization} was dissolved.', names)],

  invitation_accepted: [
    '/invitations',
    (names) => t('{person} accepted your invitation and joined {organization}.', { ...names, person: names.subject }),
  ],
  acceptance_awaiting_approval: [
    '/invitations',
    (names) =>
      t('{person} accepted an invitation to {organization} and is waiting for an admin’s approval.', {
        ...names,
        person: names.subject,
      }),
  ],
  acceptance_approved: [
    '/organization',
    (names) => t('{person} approved your request to join {organization}. You are now a member.', names),
  ],
  acceptance_declined: ['/organization', (names) => t('{organization} declined your request to join.', names)],
  member_removed: ['/organization', (names) => t('{person} removed you from {organization}.', names)],
  admin_granted: ['/users', (names) => t('{person} gave you admin privileges in {organization}.', names)],
  admin_revoked: ['/organization', (names) => t('{person} removed your admin privileges in {organization}.', names)],
  admin_appointed: ['/users', (names) => t('An operator made you an admin of {organization}.', names)],
  handed_over: [
    '/users',
    (names) => t('{person} left {organization} and handed it over to you. You are now an admin.', names),
  ],

  identity_changed: [
    '/operator/organizations/{id}',
    (names) => t('{person} changed the name or tax ID of {organization}.', names),
  ],
  identity_change_requested: [
    '/operator/organizations/{id}',
    (names) => t('{person} requested a new name or tax ID for {organization}.', names),
  ],
  identity_change_accepted: [
    '/organization',
    (names) => t('The new name or tax ID of {organization} was accepted.', names),
  ],
  identity_change_refused: [
    '/organization',
    (names) => t('The new name or tax ID requested for {organization} was refused.', names),
  ],

  token_expiring: ['/account', (names) => t('Your token {program} expires on {date}.', names)],
  organization_token_expiring: [
    '/tokens',
    (names) => t('The token {program} of {organization} expires on {date}.', names),
  ],
  service_key_expiring: [
    '/operator/services/{service}/keys',
    (names) => t('The key {program} of the service {service} expires on {date}.', names),
  ],
  s3_key_expiring: ['/s3-keys', (names) => t('Your S3 key {program} of {service} expires on {date}.', names)],
  connection_failing: [
    '/operator/connections',
    (names) => t('The connection {program} to the service {service} is failing.', names),
  ],
  connection_recovered: [
    '/operator/connections',
    (names) => t('The connection {program} to the service {service} works again.', names),
  ],

  role_accepted: ['/role-requests', (names) => t('{role} was accepted for {organization}.', names)],
  role_refused: ['/role-requests', (names) => t('{role} was refused for {organization}.', names)],
  role_granted: ['/active-roles', (names) => t('{role} was granted to {organization}.', names)],
  role_revoked: ['/active-roles', (names) => t('{role} was revoked from {organization}.', names)],
}

/** The sentence of a notification, for the portal and mails, and the page with the details. */
export function notificationSentence(
  { kind, organization, actor, subject, role, program }: NotificationContent,
  dates: Intl.DateTimeFormatOptions = {},
) {
  const [page, sentence] = sentences[kind]
  const names = {
    organization: isolated(organization?.name ?? ''),
    person: actor ? personName(actor) : t('An operator'),
    subject: subject ? personName(subject) : t('Someone'),
    role: roleIn(role),
    program: isolated(program?.name ?? ''),
    service: program?.service ?? '',
    date: program?.expiresAt ? formatDate(new Date(program.expiresAt), { dateStyle: 'medium', ...dates }) : '',
  }
  return {
    sentence: sentence(names),
    path: page.replace('{id}', organization?.id ?? '').replace('{service}', names.service),
  }
}
