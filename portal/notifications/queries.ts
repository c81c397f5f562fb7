import {
  getNotificationPreferences,
  listNotifications,
  markNotificationRead,
  markNotificationsRead,
  type NotificationItem,
  setNotificationPreferences,
} from '../../src/messaging/notifications/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export const notificationsQuery = () => endpointPages<NotificationItem>(listNotifications, {})
export const notificationPreferencesQuery = () => endpointQuery(getNotificationPreferences, {})

export const useMarkNotificationsRead = () => useEndpoint(markNotificationsRead)
export const useMarkNotificationRead = () => useEndpoint(markNotificationRead)
export const useSetNotificationPreferences = () => useEndpoint(setNotificationPreferences)
