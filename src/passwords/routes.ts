import { identifierOf, newLink } from '../accounts/links'
import { mustBeAnother } from '../accounts/rules'
import { Problem } from '../errors'
import { type Context, done, handOver, open, type Route, write } from '../http/flow'
import { changePassword, makeResetLink, requestPasswordReset, resetPassword } from './schema'
import { findLink, loadHolder, saveHandedOver, savePassword, saveReset, saveResetRequest } from './store'

export const passwordRoutes: Route[] = [
  handOver(changePassword, async ({ context, db, actor, input }) => {
    mustHavePasswords(context)
    const saved = await savePassword(db, actor, await hashOf(context, input.password))
    if (!saved) throw new Problem('not_signed_in')
    hangUp(context, saved.sessions)
    return { answer: done() }
  }),

  open(requestPasswordReset, async ({ context, db, input: { email } }) => {
    mustHavePasswords(context)
    const { mail } = await saveResetRequest(db, email, newLink('reset-password'), context.keys)
    if (!mail) throw new Problem('mail_not_configured')
    context.feed.announce()
    return { answer: done() }
  }),

  open(resetPassword, async ({ context, db, input: { token, password } }) => {
    mustHavePasswords(context)
    const identifier = identifierOf('reset-password', token)
    // Looked up before, so that nobody makes us hash passwords with tokens that are none.
    const saved = (await findLink(db, identifier)) && (await saveReset(db, identifier, await hashOf(context, password)))
    if (!saved) throw new Problem('link_not_valid')
    hangUp(context, saved.sessions)
    return { answer: done() }
  }),

  write(makeResetLink, {
    load: ({ db, session, input }) => loadHolder(db, session, input.accountId),
    decide: ({ actor, account }, { accountId, reason }, context) => {
      mustHavePasswords(context)
      if (mustBeAnother(account, accountId, actor.id).disabled) throw new Problem('account_disabled')
      return { operatorId: actor.id, accountId, reason, link: newLink('reset-password') }
    },
    save: (db, { operatorId, accountId, reason, link }) =>
      saveHandedOver(db, operatorId, accountId, link.identifier, reason),
    answer: (_, { link }, { baseUrl }) => ({ link: `${baseUrl}/reset#${link.token}` }),
  }),
]

function mustHavePasswords({ passwords }: Context): void {
  if (!passwords) throw new Problem('passwords_off')
}

async function hashOf({ auth }: Context, password: string): Promise<string> {
  return (await auth.$context).password.hash(password)
}

function hangUp({ feed }: Context, sessions: string[]): void {
  for (const session of sessions) feed.hangUp(session)
  feed.announce()
}
