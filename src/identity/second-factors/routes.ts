import type { Actor } from '../../platform/access/actor'
import { mustBeAnother, mustBeFresh, mustHaveConfirmed } from '../../platform/access/admit'
import { Problem } from '../../platform/errors'
import {
  betterAuthEndpoint,
  type Caller,
  type Context,
  command,
  done,
  publicEndpoint,
  type Route,
} from '../../platform/http/flow'
import { limited } from '../../platform/limits/limited'
import { policies } from '../../platform/limits/policies'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import type { Auth } from '../authentication/auth'
import { challengeIn } from '../authentication/challenge'
import { newRecoveryCodes, recoveryCodeIn, sealCodes } from '../authentication/recovery-codes'
import { accountChanged, codeOf } from '../authentication/security-stamp-adapter'
import { findPassword } from '../authentication/store'
import { withTotpStep } from '../authentication/totp-replay-adapter'
import {
  confirmSecondFactor,
  giveSecondFactor,
  removeSecondFactor,
  removeSecondFactorOf,
  renewRecoveryCodes,
  startSecondFactor,
} from './schema'
import {
  type Challenged,
  findChallenged,
  getSecondFactor,
  loadSecondFactorOf,
  saveBegun,
  saveRecoveryCodes,
  saveRemovalByOperator,
  saveSecondFactorRemoval,
  saveTurnedOn,
} from './store'
import { newSecret, stepOf } from './totp'

export const secondFactorRoutes: Route[] = [
  betterAuthEndpoint(startSecondFactor, async ({ context, caller, db, actor, input: { password } }) => {
    mustHaveConfirmed(actor)
    const { policy, on } = await getSecondFactor(db, actor.id)
    if (policy === 'off') throw new Problem('second_factor_off')
    if (on) throw new Problem('second_factor_present')
    await mustProve(context, caller, actor, password)
    const recoveryCodes = newRecoveryCodes()
    const { uri, secret, sealed } = await newSecret(context.auth, actor.email)
    const begun = { secret: sealed, recoveryCodes: await sealCodes(context.auth, recoveryCodes) }
    if (!(await saveBegun(db, actor, begun))) throw new Problem('not_signed_in')
    return { answer: { uri, secret, recoveryCodes } }
  }),

  betterAuthEndpoint(confirmSecondFactor, async ({ context: { auth, feed }, db, actor, input }) => {
    mustHaveConfirmed(actor)
    const { policy, on, begun } = await getSecondFactor(db, actor.id)
    if (policy === 'off') throw new Problem('second_factor_off')
    if (on) throw new Problem('second_factor_present')
    if (!begun) throw new Problem('second_factor_absent')
    const step = await stepOf(auth, begun.secret, input.code)
    if (step === undefined) throw new Problem('wrong_code')
    const saved = await saveTurnedOn(db, actor, begun.id, step)
    if (!saved.signedIn) throw new Problem('not_signed_in')
    // Another window restarted the setup: this window shows another secret.
    if (!saved.on) throw new Problem('changed_meanwhile')
    feed.notify()
    return { answer: done() }
  }),

  betterAuthEndpoint(removeSecondFactor, async ({ context, caller, db, actor, input: { password } }) => {
    if (!(await getSecondFactor(db, actor.id)).on) throw new Problem('second_factor_absent')
    await mustProve(context, caller, actor, password)
    if (!(await saveSecondFactorRemoval(db, actor))) throw new Problem('not_signed_in')
    context.feed.notify()
    return { answer: done() }
  }),

  betterAuthEndpoint(renewRecoveryCodes, async ({ context, caller, db, actor, input: { password } }) => {
    if (!(await getSecondFactor(db, actor.id)).on) throw new Problem('second_factor_absent')
    await mustProve(context, caller, actor, password)
    const recoveryCodes = newRecoveryCodes()
    if (!(await saveRecoveryCodes(db, actor, await sealCodes(context.auth, recoveryCodes))))
      throw new Problem('not_signed_in')
    context.feed.notify()
    return { answer: { recoveryCodes } }
  }),

  // Better Auth counts failures after it has checked the code: many concurrent attempts would all be checked.
  publicEndpoint(giveSecondFactor, async ({ context: { auth, baseUrl }, db, caller, input: { code } }) => {
    const challenge = challengeIn(caller.headers, baseUrl)
    const challenged = challenge && (await findChallenged(db, challenge.identifier))
    if (!challenged) throw new Problem('sign_in_again')
    // During a lockout, the response does not disclose whether a code was right.
    const lockedFor = challenged.factor?.lockedFor ?? 0
    if (lockedFor > 0) throw new Problem('too_many_wrong_codes', undefined, lockedFor)
    return limited(db, 'secondFactor', { source: caller.source, account: challenged.accountId }, async () => {
      const recoveryCode = recoveryCodeIn(code)
      const request = { headers: challenge.headers, asResponse: true as const }
      const response = recoveryCode
        ? await auth.api.verifyBackupCode({ ...request, body: { code: recoveryCode } })
        : await withTotpStep(await newStepOf(auth, challenged, code), () =>
            auth.api.verifyTOTP({ ...request, body: { code } }),
          )
      if (!response.ok) throw await refusalOf(response, recoveryCode ? 'wrong_recovery_code' : 'wrong_code')
      return { answer: done(), cookies: response.headers.getSetCookie() }
    })
  }),

  command(removeSecondFactorOf, {
    load: ({ db, credential, input }) => loadSecondFactorOf(db, credential, input.accountId),
    decide: ({ actor, account }, input) => {
      const { email, on } = mustBeAnother(account, input.accountId, actor.id)
      mustBeAsSeen(email, input.email)
      if (!on) throw new Problem('second_factor_absent')
      return { actor, input }
    },
    save: (db, { actor, input }) => saveRemovalByOperator(db, actor, input),
    answer: done,
  }),
]

/**
 * Commands that weaken protection require the password; without a password, a session that was authenticated recently.
 */
async function mustProve({ auth, db }: Context, { source }: Caller, actor: Actor, password = ''): Promise<void> {
  const hash = await findPassword(db, actor.id)
  if (!hash) return mustBeFresh(actor)
  const { password: passwordOf } = await auth.$context
  await limited(db, 'confirmPassword', { source, account: actor.id }, async () => {
    if (!(await passwordOf.verify({ hash, password }))) throw new Problem('wrong_credentials')
  })
}

/**
 * Returns the time step of a correct code, or 0 for a wrong one. The step must be later than that of every accepted
 * code, so 0 always fails. A code that was already used is not a guess, so it does not count as an attempt, and the
 * challenge continues.
 */
async function newStepOf(auth: Auth, { factor }: Challenged, code: string): Promise<number> {
  if (!factor) return 0
  // Accepts one more step on either side than Better Auth, which checks a moment later.
  const step = (await stepOf(auth, factor.secret, code, 2)) ?? 0
  if (step > 0 && step <= factor.lastStep) throw new Problem('code_used')
  return step
}

/**
 * Five wrong codes end a challenge. Ten in a row, over all challenges, lock the second factor for a while. If a
 * concurrent request used a correct code or renewed the recovery codes, the challenge has ended, and the code is not
 * reported as wrong.
 */
async function refusalOf(response: Response, wrong: 'wrong_code' | 'wrong_recovery_code'): Promise<Error> {
  if (response.status === 429)
    return new Problem('too_many_wrong_codes', undefined, policies.secondFactor.perAccount.seconds)
  const code = await codeOf(response)
  if (code === accountChanged) return new Problem('wrong_credentials')
  if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE') return new Problem(wrong)
  if (response.status < 500) return new Problem('sign_in_again')
  return new Error(`a second factor’s check answered ${response.status}`)
}
