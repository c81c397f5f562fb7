import { loadFacts } from '../../platform/access/actor'
import { toPage } from '../../platform/db/page'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import {
  getNoticePreferences,
  listNotices,
  markNoticeRead,
  markNoticesRead,
  type NoticePreferences,
  setNoticePreferences,
} from './schema'
import { loadNotices, loadPreferences, savePreferences, saveRead, saveReadUntil } from './store'

const all: NoticePreferences = { organization: true, members: true, roles: true }

export const noticeRoutes: Route[] = [
  query(listNotices, {
    load: ({ db, session, input }) => loadNotices(db, session, input),
    answer: ({ notices, unread }, { limit }) => ({ ...toPage(notices, limit), unread }),
  }),

  command(markNoticesRead, {
    load: ({ db, session }) => loadFacts(db, session, {}),
    decide: ({ actor }, { until }) => ({ actor, until }),
    save: (db, { actor, until }) => saveReadUntil(db, actor, until),
    answer: done,
  }),

  command(markNoticeRead, {
    load: ({ db, session }) => loadFacts(db, session, {}),
    decide: ({ actor }, { noticeId }) => ({ actor, noticeId }),
    save: (db, { actor, noticeId }) => saveRead(db, actor, noticeId),
    answer: done,
  }),

  query(getNoticePreferences, {
    load: ({ db, session }) => loadPreferences(db, session),
    answer: ({ preferences }) => preferences ?? all,
  }),

  command(setNoticePreferences, {
    load: ({ db, session }) => loadPreferences(db, session),
    decide: ({ actor, preferences }, { organization, members, roles }) => {
      const now = preferences ?? all
      const same = now.organization === organization && now.members === members && now.roles === roles
      return same ? new Unchanged(done()) : { actor, wanted: { organization, members, roles } }
    },
    save: (db, { actor, wanted }) => savePreferences(db, actor, wanted),
    answer: done,
  }),
]
