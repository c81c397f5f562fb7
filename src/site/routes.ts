import { Problem } from '../errors'
import { done, type Route, read, Unchanged, write } from '../http/flow'
import { claimSetupLink, getSiteSettings, setDefaultMemberLimit } from './schema'
import { isSetupToken } from './setup'
import { loadSettings, loadSetup, saveDefaultMemberLimit, saveSetup } from './store'

export const siteRoutes: Route[] = [
  write(claimSetupLink, {
    load: ({ db, session }) => loadSetup(db, session),
    decide: ({ actor, setupNonce, usable }, { token }, { keys }) => {
      if (!usable || !isSetupToken(token, setupNonce, keys)) throw new Problem('setup_link_invalid')
      return actor
    },
    save: saveSetup,
    answer: done,
  }),

  read(getSiteSettings, {
    load: ({ db, session }) => loadSettings(db, session),
    answer: ({ memberLimit }) => ({ memberLimit }),
  }),

  write(setDefaultMemberLimit, {
    load: ({ db, session }) => loadSettings(db, session),
    decide: ({ actor, memberLimit }, { limit }) => (limit === memberLimit ? new Unchanged(done()) : { actor, limit }),
    save: (db, { actor, limit }) => saveDefaultMemberLimit(db, actor, limit),
    answer: done,
  }),
]
