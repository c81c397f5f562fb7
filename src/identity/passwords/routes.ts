import { mustBeAnother } from '../../platform/access/admit'
import { identifierOf, newLink } from '../../platform/access/one-time-links'
import { Problem } from '../../platform/errors'
import { betterAuthEndpoint, type Context, command, done, publicEndpoint, type Route } from '../../platform/http/flow'
import { limited } from '../../platform/limits/limited'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { mustNotBeCommon } from '../accounts/common-passwords'
import { loadAccount } from '../accounts/store'
import { changePassword, makeResetLink, previewReset, requestPasswordReset, resetPassword } from './schema'
import { findHolder, getHolder, saveHandedOver, savePassword, saveReset, saveResetRequest } from './store'

export const passwordRoutes: Route[] = [
  betterAuthEndpoint(changePassword, async ({ context, db, actor, input: { password } }) => {
    mustHavePasswords(context)
    await mustNotBeCommon(password, await getHolder(db, actor.id))
    const saved = await savePassword(db, actor, await hashOf(context, password))
    if (!saved) throw new Problem('not_signed_in')
    closeStreamsOf(context, saved.sessions)
    return { answer: done() }
  }),

  publicEndpoint(requestPasswordReset, ({ context, db, caller, input: { email } }) =>
    limited(db, 'requestPasswordReset', { source: caller.source, account: email }, async () => {
      mustHavePasswords(context)
      const { mail } = await saveResetRequest(db, email, newLink('reset-password'), context.keys)
      if (!mail) throw new Problem('mail_not_configured')
      context.feed.notify()
      return { answer: done() }
    }),
  ),

  publicEndpoint(previewReset, ({ context, db, caller, input: { token } }) =>
    limited(db, 'resetPassword', { source: caller.source }, async () => {
      mustHavePasswords(context)
      const holder = await findHolder(db, identifierOf('reset-password', token))
      if (!holder) throw new Problem('link_not_valid')
      return { answer: { email: holder.email } }
    }),
  ),

  publicEndpoint(resetPassword, ({ context, db, caller, input: { token, password } }) =>
    limited(db, 'resetPassword', { source: caller.source }, async () => {
      mustHavePasswords(context)
      const identifier = identifierOf('reset-password', token)
      // Checked first, so that invalid tokens cannot make the server hash passwords.
      const holder = await findHolder(db, identifier)
      if (!holder) throw new Problem('link_not_valid')
      await mustNotBeCommon(password, holder)
      const saved = await saveReset(db, identifier, await hashOf(context, password))
      if (!saved) throw new Problem('link_not_valid')
      closeStreamsOf(context, saved.sessions)
      return { answer: done() }
    }),
  ),

  command(makeResetLink, {
    load: ({ db, credential, input }) => loadAccount(db, credential, input.accountId),
    decide: ({ actor, account }, input, context) => {
      mustHavePasswords(context)
      const { disabled, email } = mustBeAnother(account, input.accountId, actor.id)
      if (disabled) throw new Problem('account_disabled')
      mustBeAsSeen(email, input.email)
      return { operator: actor, input, link: newLink('reset-password') }
    },
    save: (db, { operator, input, link }) => saveHandedOver(db, operator, input, link.identifier),
    answer: (_, { link }, { baseUrl }) => ({ link: `${baseUrl}/reset#${link.token}` }),
  }),
]

function mustHavePasswords({ passwords }: Context): void {
  if (!passwords) throw new Problem('passwords_off')
}

async function hashOf({ auth }: Context, password: string): Promise<string> {
  return (await auth.$context).password.hash(password)
}

function closeStreamsOf({ feed }: Context, sessions: string[]): void {
  for (const session of sessions) feed.closeStreams(session)
  feed.notify()
}
