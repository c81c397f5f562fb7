import { isIP } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { Problem } from '../../platform/errors'
import { command, done, publicEndpoint, query, type Route, Unchanged, unqueued } from '../../platform/http/flow'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import {
  claimSetupLink,
  getHealth,
  getSiteInfo,
  getSiteSettings,
  previewSetupLink,
  setDefaultMemberLimit,
  setSitePolicy,
} from './schema'
import { isSetupToken } from './setup'
import { getSetup, loadInfo, loadSettings, loadSetup, saveDefaultMemberLimit, savePolicy, saveSetup } from './store'

export const siteRoutes: Route[] = [
  command(claimSetupLink, {
    load: ({ db, credential }) => loadSetup(db, credential),
    decide: ({ actor, setupNonce, usable }, { token }, { keys }) => {
      if (!usable || !isSetupToken(token, setupNonce, keys)) throw new Problem('setup_link_invalid')
      return actor
    },
    save: saveSetup,
    answer: ({ mailError }) => ({ mailError }),
  }),

  publicEndpoint(previewSetupLink, async ({ context, db, input: { token } }) => {
    const { setupNonce, usable } = await getSetup(db)
    if (!usable || !isSetupToken(token, setupNonce, context.keys)) throw new Problem('setup_link_invalid')
    return { answer: done() }
  }),

  query(getSiteSettings, {
    load: ({ db, credential }) => loadSettings(db, credential),
    answer: ({ memberLimit, policy, policyVersion }) => ({ memberLimit, policy, policyVersion }),
  }),

  publicEndpoint(getSiteInfo, async ({ db, context: { passwords, provider, baseUrl } }) => ({
    answer: { ...(await loadInfo(db)), passwords, passkeys: takesPasskeys(baseUrl), provider },
  })),

  unqueued(getHealth, async ({ db }) => {
    await db.ping()
    return { answer: { status: 'ok' as const } }
  }),

  command(setSitePolicy, {
    load: ({ db, credential }) => loadSettings(db, credential),
    decide: ({ actor, policy: present, policyVersion }, { version, ...policy }) => {
      mustBeAsSeen(policyVersion, version)
      if (isDeepStrictEqual(policy, present)) return new Unchanged(done())
      return { actor, policy, version }
    },
    save: (db, { actor, policy, version }) => savePolicy(db, actor, policy, version),
    answer: done,
  }),

  command(setDefaultMemberLimit, {
    load: ({ db, credential }) => loadSettings(db, credential),
    decide: ({ actor, memberLimit }, { limit, seen }) => {
      if (limit === memberLimit) return new Unchanged(done())
      mustBeAsSeen(memberLimit, seen)
      return { actor, limit, seen }
    },
    save: (db, { actor, limit, seen }) => saveDefaultMemberLimit(db, actor, limit, seen),
    answer: done,
  }),
]

/** Browsers bind passkeys to a host name, over https or on localhost; never to an IP address. */
function takesPasskeys(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}
