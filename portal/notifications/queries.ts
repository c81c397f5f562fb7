import {
  getNotificationPreferences,
  listNotifications,
  markNotificationRead,
  markNotificationsRead,
  setNotificationPreferences,
} from '../../src/messaging/notifications/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export const notificationsQuery = () => endpointPages(listNotifications, {})
export const notificationPreferencesQuery = () => endpointQuery(getNotificationPreferences, {})

export const useMarkNotificationsRead = () => useEndpoint(markNotificationsRead)
export const useMarkNotificationRead = () => useEndpoint(markNotificationRead)
export const useSetNotificationPreferences = () => useEndpoint(setNotificationPreferences)
