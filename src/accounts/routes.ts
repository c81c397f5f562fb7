import { v7 as uuid } from 'uuid'
import { toPage } from '../db/page'
import { Problem } from '../errors'
import { done, open, type Route, read, Unchanged, write } from '../http/flow'
import { parseCode } from '../invitations/code'
import { hashesOf } from '../invitations/secrecy'
import type { Keys } from '../keys'
import { limited } from '../limits/limited'
import { mustNotBeCommon } from './common-passwords'
import { newLink } from './links'
import { decideDisabling, decideRegistration, mustBeAnother } from './rules'
import { confirmAddress, disableAccount, enableAccount, listAccounts, registerAccount } from './schema'
import {
  insertAccount,
  loadAccount,
  loadAccountState,
  loadAccounts,
  loadRegistration,
  saveConfirmation,
  saveDisabling,
  saveEnabling,
  saveKnock,
} from './store'

export const accountRoutes: Route[] = [
  open(registerAccount, ({ context: { auth, feed, keys, passwords }, db, caller, input }) =>
    limited(db, 'registerAccount', { source: caller.source }, async () => {
      if (!passwords) throw new Problem('passwords_off')
      await mustNotBeCommon(input.password, input)
      const facts = await loadRegistration(db, input.email, codeHashes(input.code, keys))
      decideRegistration(facts, input.email, input.termsVersion)
      // Also where the address has an account, so that both take the same time.
      const password = await (await auth.$context).password.hash(input.password)
      if (facts.taken) await saveKnock(db, input.email)
      else await insertAccount(db, { ...input, id: uuid(), password, link: newLink('confirm-address') }, keys)
      feed.announce()
      return { answer: done() }
    }),
  ),

  read(listAccounts, {
    load: ({ db, session, input }) => loadAccounts(db, session, input),
    answer: ({ accounts }, { limit }) => toPage(accounts, limit),
  }),

  write(confirmAddress, {
    load: ({ db, session, input }) => loadAccountState(db, session, input.accountId),
    decide: ({ actor, account }, { accountId, email }) => {
      if (!account) throw new Problem('account_not_found')
      if (account.email !== email) throw new Problem('changed_meanwhile')
      return account.confirmed ? new Unchanged(done()) : { actor, accountId, email }
    },
    save: (db, { actor, accountId, email }) => saveConfirmation(db, actor, accountId, email),
    answer: done,
  }),

  write(disableAccount, {
    load: ({ db, session, input }) => loadAccount(db, session, input.accountId),
    decide: ({ actor, account }, { accountId, reason }) => {
      decideDisabling(mustBeAnother(account, accountId, actor.id))
      return { operatorId: actor.id, accountId, reason }
    },
    save: (db, { operatorId, accountId, reason }) => saveDisabling(db, operatorId, accountId, reason),
    answer: ({ sessions }, _, { feed }) => {
      for (const session of sessions) feed.hangUp(session)
      return done()
    },
  }),

  write(enableAccount, {
    load: ({ db, session, input }) => loadAccount(db, session, input.accountId),
    decide: ({ actor, account }, { accountId }) => {
      if (!account) throw new Problem('account_not_found')
      if (!account.disabled) throw new Problem('account_not_disabled')
      return { operatorId: actor.id, accountId }
    },
    save: (db, { operatorId, accountId }) => saveEnabling(db, operatorId, accountId),
    answer: done,
  }),
]

/** What an invitation's code may be looked up by; nothing where there is no code. */
function codeHashes(code: string | undefined, keys: Keys): Buffer[] {
  const parsed = code ? parseCode(code) : undefined
  return parsed && 'code' in parsed ? hashesOf(parsed.code, keys) : []
}
