import { isDeepStrictEqual } from 'node:util'
import { loadFacts } from '../../platform/access/actor'
import { toPage } from '../../platform/db/page'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import {
  getNotificationPreferences,
  listNotifications,
  markNotificationRead,
  markNotificationsRead,
  type NotificationPreferences,
  setNotificationPreferences,
} from './schema'
import { loadNotifications, loadPreferences, savePreferences, saveRead, saveReadUntil } from './store'

const all: NotificationPreferences = { organization: true, members: true, roles: true, programs: true }

export const notificationRoutes: Route[] = [
  query(listNotifications, {
    load: ({ db, credential, input }) => loadNotifications(db, credential, input),
    answer: ({ notifications, unread }, { limit }) => ({ ...toPage(notifications, limit), unread }),
  }),

  command(markNotificationsRead, {
    load: ({ db, credential }) => loadFacts(db, credential, {}),
    decide: ({ actor }, { until }) => ({ actor, until }),
    save: (db, { actor, until }) => saveReadUntil(db, actor, until),
    answer: done,
  }),

  command(markNotificationRead, {
    load: ({ db, credential }) => loadFacts(db, credential, {}),
    decide: ({ actor }, { notificationId }) => ({ actor, notificationId }),
    save: (db, { actor, notificationId }) => saveRead(db, actor, notificationId),
    answer: done,
  }),

  query(getNotificationPreferences, {
    load: ({ db, credential }) => loadPreferences(db, credential),
    answer: ({ preferences }) => preferences ?? all,
  }),

  command(setNotificationPreferences, {
    load: ({ db, credential }) => loadPreferences(db, credential),
    decide: ({ actor, preferences }, chosen) =>
      isDeepStrictEqual(chosen, preferences ?? all) ? new Unchanged(done()) : { actor, chosen },
    save: (db, { actor, chosen }) => savePreferences(db, actor, chosen),
    answer: done,
  }),
]
