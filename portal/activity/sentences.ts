import type { EventItem, EventKind } from '../../src/messaging/events/schema'
import { isolated } from '../../src/platform/input/isolated'
import { personName } from '../../src/platform/input/names'
import { formatList } from '../../src/platform/messages/intl'
import { fill, message, t } from '../../src/platform/messages/t'
import { accountKinds } from './account-sentences'
import type { KindWords } from './kind'
import { rolesIn } from './remarks'

const kinds: Record<EventKind, KindWords> = {
  ...accountKinds,
  notice_preferences_set: {
    label: message('Notification preferences changed'),
    sentence: message('{actor} changed which notifications they get by e-mail.'),
  },
  mail_retried: {
    label: message('E-mail retried'),
    sentence: message('{actor} retried the delivery of an e-mail.'),
  },
  account_registered: {
    label: message('Account registered'),
    sentence: message('{member} registered.'),
  },
  address_confirmed: {
    label: message('E-mail address confirmed'),
    sentence: message('{actor} confirmed the e-mail address of {subject}.'),
    own: message('{actor} confirmed their e-mail address.'),
  },
  operator_granted: {
    label: message('Operator added'),
    sentence: message('{actor} made {subject} an operator.'),
  },
  operator_revoked: {
    label: message('Operator removed'),
    sentence: message('{actor} removed {subject} as an operator.'),
  },
  organization_created: {
    label: message('Organization requested'),
    sentence: message('{actor} requested to create {organization}.'),
  },
  organization_resubmitted: {
    label: message('Organization resubmitted'),
    sentence: message('{actor} resubmitted {organization}.'),
  },
  organization_accepted: {
    label: message('Organization accepted'),
    sentence: message('{actor} accepted {organization}.'),
  },
  changes_requested: {
    label: message('Changes requested'),
    sentence: message('{actor} requested changes to {organization}.'),
  },
  organization_rejected: {
    label: message('Organization rejected'),
    sentence: message('{actor} rejected {organization}.'),
  },
  organization_suspended: {
    label: message('Organization suspended'),
    sentence: message('{actor} suspended {organization}.'),
  },
  organization_reinstated: {
    label: message('Organization reinstated'),
    sentence: message('{actor} reinstated {organization}.'),
  },
  organization_dissolved: {
    label: message('Organization dissolved'),
    sentence: message('{actor} dissolved {organization}.'),
  },
  organization_details_changed: {
    label: message('Organization details changed'),
    sentence: message('{actor} changed the details of {organization}.'),
  },
  identity_changed: {
    label: message('Name or tax ID changed'),
    sentence: message('{actor} changed the name or tax ID of {organization}.'),
  },
  identity_change_requested: {
    label: message('New name or tax ID requested'),
    sentence: message('{actor} requested a new name or tax ID for {organization}.'),
  },
  identity_change_accepted: {
    label: message('New name or tax ID accepted'),
    sentence: message('{actor} accepted the new name or tax ID of {organization}.'),
  },
  identity_change_refused: {
    label: message('New name or tax ID refused'),
    sentence: message('{actor} refused the new name or tax ID requested for {organization}.'),
  },
  identity_change_withdrawn: {
    label: message('New name or tax ID withdrawn'),
    sentence: message('{actor} withdrew the new name or tax ID requested for {organization}.'),
  },
  admin_appointed: {
    label: message('Admin appointed'),
    sentence: message('{actor} appointed {subject} as an admin of {organization}.'),
  },
  invitation_created: {
    label: message('Invitation created'),
    sentence: message('{actor} created an invitation to {organization}.'),
  },
  invitation_shown: {
    label: message('Invitation code viewed'),
    sentence: message('{actor} viewed the code of an invitation to {organization}.'),
  },
  invitation_revoked: {
    label: message('Invitation revoked'),
    sentence: message('{actor} revoked an invitation to {organization}.'),
  },
  invitation_accepted: {
    label: message('Invitation accepted'),
    sentence: message('{member} accepted an invitation and joined {organization}.'),
  },
  acceptance_awaiting_approval: {
    label: message('Approval requested'),
    sentence: message('{member} accepted an invitation to {organization} and is waiting for approval.'),
  },
  acceptance_approved: {
    label: message('Acceptance approved'),
    sentence: message('{actor} approved {subject}’s request to join {organization}.'),
  },
  acceptance_declined: {
    label: message('Acceptance declined'),
    sentence: message('{actor} declined {subject}’s request to join {organization}.'),
  },
  acceptance_withdrawn: {
    label: message('Acceptance withdrawn'),
    sentence: message('{actor} is no longer waiting to join {organization}.'),
  },
  admin_granted: {
    label: message('Admin privileges granted'),
    sentence: message('{actor} granted admin privileges to {subject}.'),
  },
  admin_revoked: {
    label: message('Admin privileges revoked'),
    sentence: message('{actor} revoked the admin privileges of {subject}.'),
    own: message('{actor} gave up their admin privileges.'),
  },
  member_removed: {
    label: message('Member removed'),
    sentence: message('{actor} removed {subject} from {organization}.'),
  },
  member_left: {
    label: message('Member left'),
    sentence: message('{member} left {organization}.'),
  },
  handed_over: {
    label: message('Handed over'),
    sentence: message('{actor} handed {organization} over to {subject}.'),
  },
  organization_token_expiring: {
    label: message('Organization token expires soon'),
    sentence: message('A token of {organization} expires soon.'),
  },
  higher_limit_requested: {
    label: message('Higher member limit requested'),
    sentence: message('{actor} requested a higher member limit for {organization}.'),
  },
  member_limit_set: {
    label: message('Member limit changed'),
    sentence: message('{actor} changed the member limit of {organization}.'),
  },
  default_member_limit_set: {
    label: message('Default member limit changed'),
    sentence: message('{actor} changed the default member limit.'),
  },
  catalogue_changed: {
    label: message('Catalogue changed'),
    sentence: message('{actor} changed services and roles.'),
  },
  role_requested: {
    label: message('Roles requested'),
    sentence: message('{actor} requested {roles} for {organization}.'),
    withoutRoles: message('{actor} requested roles for {organization}.'),
  },
  role_request_withdrawn: {
    label: message('Role request withdrawn'),
    sentence: message('{actor} withdrew {organization}’s request for {roles}.'),
    withoutRoles: message('{actor} withdrew {organization}’s request for a role.'),
  },
  role_accepted: {
    label: message('Role accepted'),
    sentence: message('{actor} accepted {roles}, requested by {subject} for {organization}.'),
    withoutRoles: message('{actor} accepted a role requested by {subject} for {organization}.'),
  },
  role_refused: {
    label: message('Role refused'),
    sentence: message('{actor} refused {roles}, requested by {subject} for {organization}.'),
    withoutRoles: message('{actor} refused a role requested by {subject} for {organization}.'),
  },
  role_granted: {
    label: message('Role granted'),
    sentence: message('{actor} granted {roles} to {organization}.'),
    withoutRoles: message('{actor} granted a role to {organization}.'),
  },
  role_revoked: {
    label: message('Role revoked'),
    sentence: message('{actor} revoked {roles} from {organization}.'),
    withoutRoles: message('{actor} revoked a role from {organization}.'),
  },
}

export const kindOptions = Object.entries(kinds).map(([kind, { label }]) => ({
  value: kind as EventKind,
  label: fill(label),
}))

/** Kinds that concern the site and never a single organization. */
const ofTheSite: EventKind[] = [
  'account_registered',
  'address_confirmed',
  'operator_granted',
  'operator_revoked',
  'catalogue_changed',
  'default_member_limit_set',
  ...(Object.keys(accountKinds) as (keyof typeof accountKinds)[]).filter(
    (kind) => kind !== 'account_disabled' && kind !== 'account_deleted',
  ),
]
export const organizationKindOptions = kindOptions.filter(({ value }) => !ofTheSite.includes(value))

/** “Ana Cruz created an invitation to Sea Watch.” */
export function eventSentence({ kind, actor, subject, organization, details }: EventItem): string {
  const { sentence, own, withoutRoles } = kinds[kind]
  const roles = rolesIn(details)
  const isOwn = actor !== null && actor.id === subject?.id
  return fill((isOwn && own) || (roles.length === 0 && withoutRoles) || sentence, {
    actor: actor ? personName(actor) : t('The system'),
    subject: subject ? personName(subject) : t('someone'),
    member: subject || actor ? personName((subject ?? actor)!) : t('Someone'),
    organization: organization ? isolated(organization.name) : t('the organization'),
    roles: formatList(roles),
  })
}
