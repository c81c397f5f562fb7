import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import { doneAnswer, givenMoment, id, moment, pageOf, paging, person } from '../../platform/http/fields'
import { type MailGroup, notificationKinds } from './rules'

export const notification = z.object({
  id,
  at: moment,
  kind: z.enum(notificationKinds),
  read: z.boolean(),
  organization: z.object({ id, name: z.string() }),
  actor: person.nullable().describe('Who did it; never with the address.'),
  subject: person.nullable().describe('To whom; never with the address.'),
  role: z
    .object({ service: z.string(), name: z.string(), kind: z.enum(['access', 'quota']) })
    .nullable()
    .describe('Which role was decided about.'),
  reason: z.string().nullable().describe('Why, where somebody said so.'),
})
export type NotificationItem = z.infer<typeof notification>

/** Counting ends here: the portal says “99+”. */
export const mostUnread = 100
export const unreadNotifications = z.int().describe('How many are unread; counted up to 100.')

export const listNotifications = endpoint({
  id: 'listNotifications',
  method: 'GET',
  path: '/api/notifications',
  access: 'account',
  tag: 'Notifications',
  summary: 'What the caller was told of, newest first',
  input: z.strictObject({ limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(notification).extend({ unread: unreadNotifications }),
  problems: [],
})

export const markNotificationsRead = endpoint({
  id: 'markNotificationsRead',
  method: 'POST',
  path: '/api/notifications/read',
  access: 'account',
  tag: 'Notifications',
  summary: 'Mark the caller’s notifications as read',
  input: z.strictObject({
    until: givenMoment.describe(
      'Up to this moment, as `at` of the newest one that was seen: what came later stays unread.',
    ),
  }),
  answer: doneAnswer,
  problems: [],
})

export const markNotificationRead = endpoint({
  id: 'markNotificationRead',
  method: 'POST',
  path: '/api/notifications/{notificationId}/read',
  access: 'account',
  tag: 'Notifications',
  summary: 'Mark one of the caller’s notifications as read; nothing happens where it is nobody’s or somebody else’s',
  input: z.strictObject({ notificationId: id }),
  answer: doneAnswer,
  problems: [],
})

const preferences = {
  organization: z.boolean().describe('What operators decide about the organization.'),
  members: z.boolean().describe('Who joins, removals, admin privileges.'),
  roles: z.boolean().describe('Decisions about roles.'),
} satisfies Record<MailGroup, unknown>
const notificationPreferences = z.object(preferences)
export type NotificationPreferences = z.infer<typeof notificationPreferences>

export const getNotificationPreferences = endpoint({
  id: 'getNotificationPreferences',
  method: 'GET',
  path: '/api/me/notification-preferences',
  access: 'account',
  tag: 'Notifications',
  summary: 'Which notifications the caller gets as mail too',
  input: z.strictObject({}),
  answer: notificationPreferences,
  problems: [],
})

export const setNotificationPreferences = endpoint({
  id: 'setNotificationPreferences',
  method: 'PUT',
  path: '/api/me/notification-preferences',
  access: 'account',
  tag: 'Notifications',
  summary: 'Choose which notifications come as mail too. Mails about the account’s security always come',
  input: z.strictObject(preferences),
  answer: doneAnswer,
  problems: [],
})
