import { isIP } from 'node:net'
import { Problem } from '../errors'
import { done, open, type Route, read, Unchanged, write } from '../http/flow'
import { loadFacts } from '../sessions/actor'
import { claimSetupLink, getSiteInfo, getSiteSettings, setDefaultMemberLimit, setSitePolicy } from './schema'
import { isSetupToken } from './setup'
import { loadInfo, loadSettings, loadSetup, saveDefaultMemberLimit, savePolicy, saveSetup } from './store'

export const siteRoutes: Route[] = [
  write(claimSetupLink, {
    load: ({ db, session }) => loadSetup(db, session),
    decide: ({ actor, setupNonce, usable }, { token }, { keys }) => {
      if (!usable || !isSetupToken(token, setupNonce, keys)) throw new Problem('setup_link_invalid')
      return actor
    },
    save: saveSetup,
    answer: ({ mailError }) => ({ mailError }),
  }),

  read(getSiteSettings, {
    load: ({ db, session }) => loadSettings(db, session),
    answer: ({ memberLimit, policy }) => ({ memberLimit, policy }),
  }),

  open(getSiteInfo, async ({ db, context: { passwords, provider, baseUrl } }) => ({
    answer: { ...(await loadInfo(db)), passwords, passkeys: takesPasskeys(baseUrl), provider },
  })),

  write(setSitePolicy, {
    load: ({ db, session }) => loadFacts(db, session, {}),
    decide: ({ actor }, policy) => ({ actor, policy }),
    save: (db, { actor, policy }) => savePolicy(db, actor, policy),
    answer: done,
  }),

  write(setDefaultMemberLimit, {
    load: ({ db, session }) => loadSettings(db, session),
    decide: ({ actor, memberLimit }, { limit }) => (limit === memberLimit ? new Unchanged(done()) : { actor, limit }),
    save: (db, { actor, limit }) => saveDefaultMemberLimit(db, actor, limit),
    answer: done,
  }),
]

/** Browsers tie passkeys to a host name, over https or on this machine; to an IP address never. */
function takesPasskeys(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}
