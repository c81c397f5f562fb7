import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, moment, pageOf, paging, person } from '../../platform/http/fields'
import { type MailGroup, notificationKinds } from './rules'

const endpoint = endpointsOf('Notifications')

export const notification = z.object({
  id,
  at: moment,
  kind: z.enum(notificationKinds),
  read: z.boolean(),
  organization: z.object({ id, name: z.string() }).nullable(),
  actor: person.nullable().describe('The person who did it, without their address.'),
  token: z
    .object({ name: z.string() })
    .nullable()
    .describe('The token with which the actor did it; null if they did it themselves.'),
  subject: person.nullable().describe('The affected person, without their address.'),
  role: z
    .object({ service: z.string(), name: z.string(), kind: z.enum(['access', 'quota']) })
    .nullable()
    .describe('The role that the decision is about.'),
  program: z
    .object({
      name: z.string(),
      service: z.string().nullable().describe('The key of the service.'),
      expiresAt: moment.nullable(),
    })
    .nullable()
    .describe('The token, service key or connection that it is about.'),
  reason: z.string().nullable().describe('The reason, if one was given.'),
})
export type NotificationItem = z.infer<typeof notification>
/** What it says, in the bell and in a mail. */
export type NotificationContent = Omit<NotificationItem, 'id' | 'at' | 'read'>

/** Counting ends here: the portal shows “99+”. */
export const mostUnread = 100
export const unreadNotifications = z.int().describe('The number of unread notifications, counted up to 100.')

export const listNotifications = endpoint({
  id: 'listNotifications',
  method: 'GET',
  path: '/api/notifications',
  access: 'account',
  summary: 'List the caller’s notifications, newest first',
  input: z.strictObject({ limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(notification).extend({ unread: unreadNotifications }),
})

export const markNotificationsRead = endpoint({
  id: 'markNotificationsRead',
  method: 'POST',
  path: '/api/notifications/read',
  access: 'account',
  summary: 'Mark the caller’s notifications as read',
  input: z.strictObject({
    until: givenMoment.describe(
      'Mark those up to this time: the `at` of the newest one shown. Later ones stay unread.',
    ),
  }),
})

export const markNotificationRead = endpoint({
  id: 'markNotificationRead',
  method: 'POST',
  path: '/api/notifications/{notificationId}/read',
  access: 'account',
  summary: 'Mark one of the caller’s notifications as read; has no effect if it does not exist or is not theirs',
  input: z.strictObject({ notificationId: id }),
})

const preferences = {
  organization: z.boolean().describe('Operators’ decisions about the organization.'),
  members: z.boolean().describe('New members, removals, admin privileges.'),
  roles: z.boolean().describe('Decisions about roles.'),
} satisfies Record<Exclude<MailGroup, 'programs'>, unknown>
const programs = z.boolean().describe('Tokens and keys that expire soon; for operators, connections that fail.')
const notificationPreferences = z.object({ ...preferences, programs })
export type NotificationPreferences = z.infer<typeof notificationPreferences>

export const getNotificationPreferences = endpoint({
  id: 'getNotificationPreferences',
  method: 'GET',
  path: '/api/me/notification-preferences',
  access: 'account',
  summary: 'Get which notifications the caller also receives by mail',
  answer: notificationPreferences,
})

export const setNotificationPreferences = endpoint({
  id: 'setNotificationPreferences',
  method: 'PUT',
  path: '/api/me/notification-preferences',
  access: 'account',
  summary: 'Choose which notifications are also mailed. Mails about account security are always sent',
  // Clients of version 0.1.0 do not know the last one.
  input: z.strictObject({ ...preferences, programs: programs.default(true) }),
})
