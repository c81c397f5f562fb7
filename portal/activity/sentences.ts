import type { Event, EventKind } from '../../src/events/schema'
import type { CatalogueChange } from '../../src/services/schema'
import { personName } from '../ui/person-name'

interface Kind {
  /** The kind in the filter. */
  label: string
  /** What happened, in a sentence: who, whom, in which organization. */
  sentence: (actor: string, subject: string, organization: string) => string
}

const kinds: Record<EventKind, Kind> = {
  notice_preferences_set: { label: 'Mails chosen', sentence: (actor) => `${actor} chose which notices come as mail` },
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
  role_requested: { label: 'Roles requested', sentence: (actor, _, name) => `${actor} requested roles for ${name}` },
  role_request_withdrawn: {
    label: 'Role request withdrawn',
    sentence: (actor, _, name) => `${actor} withdrew a role request of ${name}`,
  },
  role_accepted: {
    label: 'Role accepted',
    sentence: (actor, subject, name) => `${actor} accepted a role that ${subject} requested for ${name}`,
  },
  role_refused: {
    label: 'Role refused',
    sentence: (actor, subject, name) => `${actor} refused a role that ${subject} requested for ${name}`,
  },
  role_granted: { label: 'Role granted', sentence: (actor, _, name) => `${actor} granted ${name} a role` },
  role_revoked: { label: 'Role revoked', sentence: (actor, _, name) => `${actor} revoked a role of ${name}` },
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
]
export const organizationKindOptions = kindOptions.filter(({ value }) => !ofTheSite.includes(value))

/** “Ana Cruz made an invitation to Sea Watch.” */
export function sentenceOf(event: Event): string {
  const actor = event.actor ? personName(event.actor) : 'The system'
  const subject = event.subject ? personName(event.subject) : nobody
  return `${kinds[event.kind].sentence(actor, subject, event.organization?.name ?? 'the organization')}.`
}

/** The parts of the details that read as words. */
export function remarksOf(event: Event): string[] {
  const { note, reason, limit, changes } = event.details
  return [
    note ? `Note: ${String(note)}` : '',
    typeof limit === 'number' ? `Users limit: ${limit}` : '',
    reason ? `Reason: ${String(reason)}` : '',
    ...(Array.isArray(changes) ? inShort(changes) : []),
  ].filter(Boolean)
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
