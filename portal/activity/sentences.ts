import type { EventItem, EventKind } from '../../src/messaging/events/schema'
import { isolated } from '../../src/platform/input/isolated'
import type { CatalogueChange, NamedRole } from '../../src/roles/services/schema'
import { personName } from '../ui/person-name'
import { accountKinds } from './account-sentences'
import type { KindWords } from './kind'

const kinds: Record<EventKind, KindWords> = {
  ...accountKinds,
  notice_preferences_set: {
    label: 'Mails chosen',
    sentence: (actor) => `${actor} chose which notifications come as mail`,
  },
  mail_retried: { label: 'Mail tried again', sentence: (actor) => `${actor} had a mail tried again` },
  account_registered: { label: 'Account registered', sentence: (_, subject) => `${subject} registered` },
  address_confirmed: {
    label: 'Address confirmed',
    sentence: (actor, subject) => `${actor} confirmed the e-mail address of ${subject}`,
  },
  operator_granted: { label: 'Operator made', sentence: (actor, subject) => `${actor} made ${subject} an operator` },
  operator_revoked: {
    label: 'Operator ended',
    sentence: (actor, subject) => `${actor} ended ${subject}’s time as an operator`,
  },
  organization_created: { label: 'Organization asked for', sentence: (actor, _, name) => `${actor} asked for ${name}` },
  organization_resubmitted: {
    label: 'Handed in again',
    sentence: (actor, _, name) => `${actor} handed in ${name} again`,
  },
  organization_accepted: { label: 'Organization accepted', sentence: (actor, _, name) => `${actor} accepted ${name}` },
  changes_requested: {
    label: 'Changes asked for',
    sentence: (actor, _, name) => `${actor} asked for changes to ${name}`,
  },
  organization_rejected: { label: 'Organization rejected', sentence: (actor, _, name) => `${actor} rejected ${name}` },
  organization_suspended: {
    label: 'Organization suspended',
    sentence: (actor, _, name) => `${actor} suspended ${name}`,
  },
  organization_reinstated: {
    label: 'Organization reinstated',
    sentence: (actor, _, name) => `${actor} reinstated ${name}`,
  },
  organization_dissolved: {
    label: 'Organization dissolved',
    sentence: (actor, _, name) => `${actor} dissolved ${name}`,
  },
  organization_details_changed: {
    label: 'Details changed',
    sentence: (actor, _, name) => `${actor} changed the details of ${name}`,
  },
  identity_changed: {
    label: 'Name or tax id changed',
    sentence: (actor, _, name) => `${actor} changed the name or tax id of ${name}`,
  },
  identity_change_requested: {
    label: 'New name or tax id requested',
    sentence: (actor, _, name) => `${actor} requested a new name or tax id for ${name}`,
  },
  identity_change_accepted: {
    label: 'New name or tax id accepted',
    sentence: (actor, _, name) => `${actor} accepted the new name or tax id of ${name}`,
  },
  identity_change_refused: {
    label: 'New name or tax id refused',
    sentence: (actor, _, name) => `${actor} refused the new name or tax id requested for ${name}`,
  },
  identity_change_withdrawn: {
    label: 'New name or tax id withdrawn',
    sentence: (actor, _, name) => `${actor} withdrew the new name or tax id requested for ${name}`,
  },
  admin_appointed: {
    label: 'Admin appointed',
    sentence: (actor, subject, name) => `${actor} appointed ${subject} an admin of ${name}`,
  },
  invitation_created: {
    label: 'Invitation made',
    sentence: (actor, _, name) => `${actor} made an invitation to ${name}`,
  },
  invitation_shown: {
    label: 'Code shown',
    sentence: (actor, _, name) => `${actor} looked at the code of an invitation to ${name}`,
  },
  invitation_revoked: {
    label: 'Invitation revoked',
    sentence: (actor, _, name) => `${actor} revoked an invitation to ${name}`,
  },
  invitation_accepted: {
    label: 'Invitation accepted',
    sentence: (actor, subject, name) =>
      `${subject === nobody ? actor : subject} accepted an invitation and joined ${name}`,
  },
  acceptance_awaiting_approval: {
    label: 'Approval awaited',
    sentence: (actor, subject, name) =>
      `${subject === nobody ? actor : subject} accepted an invitation to ${name} and waits for approval`,
  },
  acceptance_approved: {
    label: 'Acceptance approved',
    sentence: (actor, subject, name) => `${actor} let ${subject} into ${name}`,
  },
  acceptance_declined: {
    label: 'Acceptance declined',
    sentence: (actor, subject, name) => `${actor} declined ${subject} for ${name}`,
  },
  acceptance_withdrawn: {
    label: 'Acceptance withdrawn',
    sentence: (actor, _, name) => `${actor} no longer waits for ${name}`,
  },
  admin_granted: {
    label: 'Admin privileges granted',
    sentence: (actor, subject) => `${actor} granted admin privileges to ${subject}`,
  },
  admin_revoked: {
    label: 'Admin privileges revoked',
    sentence: (actor, subject) => `${actor} revoked the admin privileges of ${subject}`,
  },
  member_removed: {
    label: 'User removed',
    sentence: (actor, subject, name) => `${actor} removed ${subject} from ${name}`,
  },
  member_left: {
    label: 'User left',
    sentence: (actor, subject, name) => `${subject === nobody ? actor : subject} left ${name}`,
  },
  handed_over: {
    label: 'Handed over',
    sentence: (actor, subject, name) => `${actor} handed ${name} over to ${subject}`,
  },
  higher_limit_requested: {
    label: 'Higher users limit requested',
    sentence: (actor, _, name) => `${actor} requested a higher users limit for ${name}`,
  },
  member_limit_set: {
    label: 'Users limit set',
    sentence: (actor, _, name) => `${actor} set the users limit of ${name}`,
  },
  default_member_limit_set: {
    label: 'Default users limit set',
    sentence: (actor) => `${actor} set the default users limit`,
  },
  catalogue_changed: {
    label: 'Services and roles changed',
    sentence: (actor) => `${actor} changed services and roles`,
  },
  role_requested: {
    label: 'Roles requested',
    sentence: (actor, _, name, roles = 'roles') => `${actor} requested ${roles} for ${name}`,
  },
  role_request_withdrawn: {
    label: 'Role request withdrawn',
    sentence: (actor, _, name, roles) => `${actor} withdrew a role request of ${name}${roles ? ` for ${roles}` : ''}`,
  },
  role_accepted: {
    label: 'Role accepted',
    sentence: (actor, subject, name, roles = 'a role') =>
      `${actor} accepted ${roles} that ${subject} requested for ${name}`,
  },
  role_refused: {
    label: 'Role refused',
    sentence: (actor, subject, name, roles = 'a role') =>
      `${actor} refused ${roles} that ${subject} requested for ${name}`,
  },
  role_granted: {
    label: 'Role granted',
    sentence: (actor, _, name, roles = 'a role') => `${actor} granted ${roles} to ${name}`,
  },
  role_revoked: {
    label: 'Role revoked',
    sentence: (actor, _, name, roles = 'a role') => `${actor} revoked ${roles} of ${name}`,
  },
}

const nobody = 'somebody'

export const kindOptions = Object.entries(kinds).map(([kind, { label }]) => ({ value: kind as EventKind, label }))

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

/** “Ana Cruz made an invitation to Sea Watch.” */
export function eventSentence(event: EventItem): string {
  const actor = event.actor ? personName(event.actor) : 'The system'
  const subject = event.subject ? personName(event.subject) : nobody
  const organization = event.organization ? isolated(event.organization.name) : 'the organization'
  return `${kinds[event.kind].sentence(actor, subject, organization, rolesIn(event.details))}.`
}

/** “reader (access role on Maps) and small (quota role on Maps)”. */
function rolesIn({ parts, ...details }: EventItem['details']): string | undefined {
  const told = (Array.isArray(parts) ? parts : [details]) as Partial<NamedRole>[]
  const named = told.flatMap(({ kind, service, role }) =>
    service && role ? [`${role.key} (${kind} role on ${isolated(service.name)})`] : [],
  )
  return named.length > 0 ? named.join(' and ') : undefined
}

/** The parts of the details that read as words. */
export function remarksOf(event: EventItem): string[] {
  const { note, reason, limit, changes, requests, changed } = event.details
  const wanted = Array.isArray(requests) ? requests.flatMap((request) => rolesIn(request) ?? []) : []
  return [
    note ? `Note: ${isolated(String(note))}` : '',
    typeof limit === 'number' ? `Users limit: ${limit}` : '',
    wanted.length > 0 ? `Roles wanted: ${wanted.join(', ')}` : '',
    ...Object.entries((changed ?? {}) as Record<string, { from: string; to: string }>).map(
      ([field, { from, to }]) =>
        `${fieldWords[field] ?? field}: ${isolated(from) || 'none'} → ${isolated(to) || 'none'}`,
    ),
    reason ? `Reason: ${isolated(String(reason))}` : '',
    ...(Array.isArray(changes) ? inShort(changes) : []),
  ].filter(Boolean)
}

const fieldWords: Record<string, string> = {
  name: 'Name',
  country: 'Country',
  description: 'Description',
  address: 'Address',
  city: 'City',
  postalCode: 'Postal code',
  website: 'Website',
  taxId: 'Tax id',
}

const most = 5

/** The first of many changes, and how many more there are. */
function inShort(changes: CatalogueChange[]): string[] {
  const told = changes.slice(0, most).map((change) => `${changeInWords(change)}.`)
  return changes.length > most ? [...told, `And ${changes.length - most} more.`] : told
}

const verbs = { added: 'is added', changed: 'changes', retired: 'is retired' }

/** “Role eodata-low of eodata changes: limits”. */
export function changeInWords({ what, service, role, fields }: CatalogueChange): string {
  const verb = verbs[what.split('_')[1] as keyof typeof verbs]
  const subject = role ? `Role ${role} of ${service}` : `Service ${service}`
  return `${subject} ${verb}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`
}
