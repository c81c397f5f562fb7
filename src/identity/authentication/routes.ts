import { loadFacts } from '../../platform/access/actor'
import { remember } from '../../platform/access/stamps'
import { Problem } from '../../platform/errors'
import { betterAuthEndpoint, command, done, publicEndpoint, query, type Route } from '../../platform/http/flow'
import { limited } from '../../platform/limits/limited'
import { encodeAddress } from './address-encoding-adapter'
import { authenticateAgain, endOtherSessions, endSession, listSessions, signIn, signOut } from './schema'
import { endSessions, findPassword, findStamp, loadSessions, saveAuthentication } from './store'

export const sessionRoutes: Route[] = [
  publicEndpoint(signIn, ({ context: { auth, passwords }, db, caller, input }) =>
    limited(db, 'signIn', { source: caller.source, account: input.email }, async () => {
      if (!passwords) throw new Problem('passwords_off')
      for (const account of await findStamp(db, input.email)) remember(account)
      const body = { ...input, email: encodeAddress(input.email) }
      const response = await auth.api.signInEmail({ body, headers: caller.headers, asResponse: true })
      if (response.status === 401) throw new Problem('wrong_credentials')
      if (!response.ok) throw new Error(`signing in answered ${response.status}`)
      const { twoFactorRedirect } = (await response.json()) as { twoFactorRedirect?: boolean }
      return { answer: { secondFactor: twoFactorRedirect === true }, cookies: response.headers.getSetCookie() }
    }),
  ),

  publicEndpoint(signOut, async ({ context: { auth, feed }, caller }) => {
    const response = await auth.api.signOut({ headers: caller.headers, asResponse: true })
    feed.closeStreams(caller.session)
    return { answer: done(), cookies: response.headers.getSetCookie() }
  }),

  betterAuthEndpoint(authenticateAgain, ({ context: { auth, passwords }, db, caller, actor, input: { password } }) =>
    limited(db, 'confirmPassword', { source: caller.source, account: actor.id }, async () => {
      if (!passwords) throw new Problem('passwords_off')
      const hash = await findPassword(db, actor.id)
      const { password: passwordOf } = await auth.$context
      if (!hash || !(await passwordOf.verify({ hash, password }))) throw new Problem('wrong_credentials')
      if (!(await saveAuthentication(db, actor))) throw new Problem('not_signed_in')
      return { answer: done() }
    }),
  ),

  query(listSessions, {
    load: ({ db, credential }) => loadSessions(db, credential),
    answer: ({ sessions }) => ({ sessions }),
  }),

  command(endSession, {
    load: ({ db, credential }) => loadFacts(db, credential, {}),
    decide: ({ actor }, { sessionId }) => ({ actor, sessionId }),
    save: (db, { actor, sessionId }) => endSessions(db, actor, { only: sessionId }),
    answer: ({ ended }, _, { feed }) => {
      if (ended.length === 0) throw new Problem('session_not_found')
      for (const session of ended) feed.closeStreams(session)
      return done()
    },
  }),

  command(endOtherSessions, {
    load: ({ db, credential }) => loadFacts(db, credential, {}),
    decide: ({ actor }) => actor,
    save: (db, actor) => endSessions(db, actor, 'others'),
    answer: ({ ended }, _, { feed }) => {
      for (const session of ended) feed.closeStreams(session)
      return { ended: ended.length }
    },
  }),
]
