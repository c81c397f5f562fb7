import { Problem } from '../errors'
import { done, open, type Route, read } from '../http/flow'
import { limited } from '../limits/limited'
import { toOrganization } from '../organizations/rules'
import { getMe, signIn, signOut } from './schema'
import { loadMe } from './store'

export const sessionRoutes: Route[] = [
  open(signIn, ({ context: { auth }, db, caller, input }) =>
    limited(db, 'signIn', { source: caller.source, account: input.email }, async () => {
      const response = await auth.api.signInEmail({ body: input, headers: caller.headers, asResponse: true })
      if (response.status === 401) throw new Problem('wrong_credentials')
      if (!response.ok) throw new Error(`signing in answered ${response.status}`)
      return { answer: done(), cookies: response.headers.getSetCookie() }
    }),
  ),

  open(signOut, async ({ context: { auth, feed }, caller }) => {
    const response = await auth.api.signOut({ headers: caller.headers, asResponse: true })
    feed.hangUp(caller.session)
    return { answer: done(), cookies: response.headers.getSetCookie() }
  }),

  read(getMe, {
    load: ({ db, session }) => loadMe(db, session),
    answer: ({ actor, account, organization, waiting, rejected }) => ({
      account: account!,
      organization: organization && toOrganization(organization, actor),
      waiting,
      rejected: rejected.map((request) => toOrganization(request, actor)),
    }),
  }),
]
