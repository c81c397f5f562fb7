import { v7 as uuid } from 'uuid'
import { mustBeAnother } from '../../platform/access/admit'
import { newLink } from '../../platform/access/one-time-links'
import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, publicEndpoint, query, type Route, Unchanged } from '../../platform/http/flow'
import { parseCode } from '../../platform/invitation-codes/code'
import { hashesOf, hashProof } from '../../platform/invitation-codes/secrecy'
import { limited } from '../../platform/limits/limited'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { mustNotBeCommon } from './common-passwords'
import { decideDisabling, decideRegistration } from './rules'
import { confirmAddress, disableAccount, enableAccount, listAccounts, registerAccount } from './schema'
import {
  insertAccount,
  loadAccount,
  loadAccounts,
  loadRegistration,
  mailAddressInUse,
  saveConfirmation,
  saveDisabling,
  saveEnabling,
} from './store'

export const accountRoutes: Route[] = [
  publicEndpoint(registerAccount, ({ context: { auth, feed, keys, passwords }, db, caller, input }) =>
    limited(db, 'registerAccount', { source: caller.source }, async () => {
      if (!passwords) throw new Problem('passwords_off')
      await mustNotBeCommon(input.password, input)
      const invitation = codeIn(input.code)
      const hashes = invitation.code ? hashesOf(invitation.code, keys) : []
      const decide = async () => {
        const facts = await loadRegistration(db, input.email, hashes)
        decideRegistration(facts, input.email, input.termsVersion)
        return facts
      }
      await decide()
      // Also if the address has an account, so that both cases take the same time.
      const password = await (await auth.$context).password.hash(input.password)
      const proofHash = invitation.proof ? hashProof(invitation.proof) : ''
      const account = { ...input, id: uuid(), password, proofHash, link: newLink('confirm-address') }
      // Hashing takes a while: the policy, the terms and whether the address is free may change in the meantime.
      const register = async () => {
        const facts = await decide()
        return facts.taken ? mailAddressInUse(db, input.email) : insertAccount(db, account, facts, keys)
      }
      if (!(await register()) && !(await register())) throw new Problem('changed_meanwhile')
      feed.notify()
      return { answer: done() }
    }),
  ),

  query(listAccounts, {
    load: ({ db, credential, input }) => loadAccounts(db, credential, input),
    answer: ({ accounts }, { limit }) => toPage(accounts, limit),
  }),

  command(confirmAddress, {
    load: ({ db, credential, input }) => loadAccount(db, credential, input.accountId),
    decide: ({ actor, account }, { accountId, email }) => {
      if (!account) throw new Problem('account_not_found')
      mustBeAsSeen(account.email, email)
      return account.confirmed ? new Unchanged(done()) : { actor, accountId, email }
    },
    save: (db, { actor, accountId, email }) => saveConfirmation(db, actor, accountId, email),
    answer: done,
  }),

  command(disableAccount, {
    load: ({ db, credential, input }) => loadAccount(db, credential, input.accountId),
    decide: ({ actor, account }, { accountId, reason }) => {
      decideDisabling(mustBeAnother(account, accountId, actor.id))
      return { operator: actor, accountId, reason }
    },
    save: (db, { operator, accountId, reason }) => saveDisabling(db, operator, accountId, reason),
    answer: ({ sessions }, _, { feed }) => {
      for (const session of sessions) feed.closeStreams(session)
      return done()
    },
  }),

  command(enableAccount, {
    load: ({ db, credential, input }) => loadAccount(db, credential, input.accountId),
    decide: ({ actor, account }, input) => {
      if (!account) throw new Problem('account_not_found')
      if (!account.disabled) throw new Problem('account_not_disabled')
      return { operator: actor, input }
    },
    save: (db, { operator, input }) => saveEnabling(db, operator, input),
    answer: done,
  }),
]

/** The submitted code and the secret of a mailed link; empty if there is none. */
function codeIn(text: string | undefined): { code?: string; proof?: string } {
  const parsed = text ? parseCode(text) : {}
  return 'problem' in parsed ? {} : parsed
}
