import { toPage } from '../db/page'
import { Problem } from '../errors'
import { done, open, type Route, read, Unchanged, write } from '../http/flow'
import { limited } from '../limits/limited'
import { mustNotBeCommon } from './common-passwords'
import { confirmAddress, listAccounts, registerAccount } from './schema'
import { loadAccountState, loadAccounts, saveConfirmation } from './store'

export const accountRoutes: Route[] = [
  open(registerAccount, ({ context: { auth, feed }, db, caller, input }) =>
    limited(db, 'registerAccount', { source: caller.source }, async () => {
      await mustNotBeCommon(input.password, input)
      const { firstName, ...rest } = input
      const response = await auth.api.signUpEmail({
        body: { name: firstName, ...rest },
        headers: caller.headers,
        asResponse: true,
      })
      if (response.status === 422) throw new Problem('account_exists')
      if (!response.ok) throw new Error(`registering answered ${response.status}`)
      feed.announce()
      return { answer: done(), cookies: response.headers.getSetCookie() }
    }),
  ),

  read(listAccounts, {
    load: ({ db, session, input }) => loadAccounts(db, session, input),
    answer: ({ accounts }, { limit }) => toPage(accounts, limit),
  }),

  write(confirmAddress, {
    load: ({ db, session, input }) => loadAccountState(db, session, input.accountId),
    decide: ({ actor, confirmed }, { accountId }) => {
      if (confirmed === null) throw new Problem('account_not_found')
      return confirmed ? new Unchanged(done()) : { actor, accountId }
    },
    save: (db, { actor, accountId }) => saveConfirmation(db, actor, accountId),
    answer: done,
  }),
]
