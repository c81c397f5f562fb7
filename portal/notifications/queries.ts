import {
  getNoticePreferences,
  listNotices,
  markNoticeRead,
  markNoticesRead,
  type Notice,
  setNoticePreferences,
} from '../../src/messaging/notifications/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export const noticesQuery = () => endpointPages<Notice>(listNotices, {})
export const noticePreferencesQuery = () => endpointQuery(getNoticePreferences, {})

export const useMarkNoticesRead = () => useEndpoint(markNoticesRead)
export const useMarkNoticeRead = () => useEndpoint(markNoticeRead)
export const useSetNoticePreferences = () => useEndpoint(setNoticePreferences)
