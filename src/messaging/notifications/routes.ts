import { loadFacts } from '../../platform/access/actor'
import { toPage } from '../../platform/db/page'
import { done, type Route, read, Unchanged, write } from '../../platform/http/flow'
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
  read(listNotices, {
    load: ({ db, session, input }) => loadNotices(db, session, input),
    answer: ({ notices, unread }, { limit }) => ({ ...toPage(notices, limit), unread }),
  }),

  write(markNoticesRead, {
    load: ({ db, session }) => loadFacts(db, session, {}),
    decide: ({ actor }, { until }) => ({ actor, until }),
    save: (db, { actor, until }) => saveReadUntil(db, actor, until),
    answer: done,
  }),

  write(markNoticeRead, {
    load: ({ db, session }) => loadFacts(db, session, {}),
    decide: ({ actor }, { noticeId }) => ({ actor, noticeId }),
    save: (db, { actor, noticeId }) => saveRead(db, actor, noticeId),
    answer: done,
  }),

  read(getNoticePreferences, {
    load: ({ db, session }) => loadPreferences(db, session),
    answer: ({ preferences }) => preferences ?? all,
  }),

  write(setNoticePreferences, {
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
