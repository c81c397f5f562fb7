import type { EventKind } from '../events/schema'

/**
 * The recipients of an event:
 * - `subject`: the person it is about
 * - `inviter`: the person who made the invitation
 * - `admins`: the organization's admins
 * - `past_admins`: its admins until this event ended their membership
 * - `author`: the person who requested the organization
 * - `operators`: the operators of the site
 */
type Recipients = 'subject' | 'inviter' | 'admins' | 'past_admins' | 'author' | 'operators'

/** The preference that decides whether a notification is also mailed. */
export type MailGroup = 'organization' | 'members' | 'roles' | 'programs'

interface NotificationRule {
  notifies: readonly Recipients[]
  mailGroup: MailGroup
}

/**
 * Who is notified of which event. People are not notified of their own actions, and an event that is not listed
 * notifies no one. Every start writes these rules to the database, where a trigger on `events` applies them, so every
 * statement that writes an event also writes its notifications.
 */
export const notificationRules = {
  organization_accepted: { notifies: ['admins'], mailGroup: 'organization' },
  changes_requested: { notifies: ['admins'], mailGroup: 'organization' },
  organization_rejected: { notifies: ['past_admins', 'author'], mailGroup: 'organization' },
  organization_suspended: { notifies: ['admins'], mailGroup: 'organization' },
  organization_reinstated: { notifies: ['admins'], mailGroup: 'organization' },
  organization_dissolved: { notifies: ['past_admins'], mailGroup: 'organization' },

  invitation_accepted: { notifies: ['inviter'], mailGroup: 'members' },
  acceptance_awaiting_approval: { notifies: ['admins'], mailGroup: 'members' },
  acceptance_approved: { notifies: ['subject'], mailGroup: 'members' },
  acceptance_declined: { notifies: ['subject'], mailGroup: 'members' },
  member_removed: { notifies: ['subject'], mailGroup: 'members' },
  admin_granted: { notifies: ['subject'], mailGroup: 'members' },
  admin_revoked: { notifies: ['subject'], mailGroup: 'members' },
  admin_appointed: { notifies: ['subject'], mailGroup: 'members' },
  handed_over: { notifies: ['subject'], mailGroup: 'members' },

  role_accepted: { notifies: ['admins'], mailGroup: 'roles' },
  role_refused: { notifies: ['admins'], mailGroup: 'roles' },
  role_granted: { notifies: ['admins'], mailGroup: 'roles' },
  role_revoked: { notifies: ['admins'], mailGroup: 'roles' },

  identity_changed: { notifies: ['operators'], mailGroup: 'organization' },
  identity_change_requested: { notifies: ['operators'], mailGroup: 'organization' },
  identity_change_accepted: { notifies: ['admins'], mailGroup: 'organization' },
  identity_change_refused: { notifies: ['admins'], mailGroup: 'organization' },

  token_expiring: { notifies: ['subject'], mailGroup: 'programs' },
  // Its maker is one of them. Any of them can renew it.
  organization_token_expiring: { notifies: ['admins'], mailGroup: 'programs' },
  service_key_expiring: { notifies: ['operators'], mailGroup: 'programs' },
  s3_key_expiring: { notifies: ['subject'], mailGroup: 'programs' },
  connection_failing: { notifies: ['operators'], mailGroup: 'programs' },
  connection_recovered: { notifies: ['operators'], mailGroup: 'programs' },
} as const satisfies Partial<Record<EventKind, NotificationRule>>

export type NotificationKind = keyof typeof notificationRules
export const notificationKinds = Object.keys(notificationRules) as NotificationKind[]
