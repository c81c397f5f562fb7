import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { email, id, reason } from '../../platform/http/fields'
import { pastedSymbols } from '../../platform/input/pasted'
import { says } from '../../platform/messages/says'
import { writtenPassword } from '../authentication/schema'

const endpoint = endpointsOf('Signing in')

const password = writtenPassword
  .optional()
  .describe('The account’s password. If it has none, the session must have been authenticated recently.')

/** A code as typed or pasted: case, spaces and dashes do not matter. */
const code = z
  .string()
  .max(200, says('Too long for a code.'))
  .transform((text) => pastedSymbols(text).toLowerCase())
  .pipe(z.string().min(1, says('Cannot be empty.')).max(40, says('Too long for a code.')))

const recoveryCodes = z.array(z.string()).describe('Each replaces one code at sign-in. Shown only once.')

export const startSecondFactor = endpoint({
  id: 'startSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor',
  access: 'self',
  summary: 'Start to set up a second factor (TOTP); it takes effect with the first code',
  input: z.strictObject({ password }),
  answer: z.object({
    uri: z.string().describe('The URI for the QR code that the authenticator app scans.'),
    secret: z.string().describe('The same secret for manual entry, in base 32.'),
    recoveryCodes,
  }),
  problems: [
    'second_factor_off',
    'second_factor_present',
    'wrong_credentials',
    'authenticate_again',
    'too_many_tries',
    'too_busy',
  ],
})

export const confirmSecondFactor = endpoint({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor/confirm',
  access: 'self',
  summary: 'Confirm the app with a first code: from now on a code is required, and every other session ends',
  input: z.strictObject({ code }),
  problems: ['second_factor_off', 'second_factor_present', 'second_factor_absent', 'wrong_code', 'changed_meanwhile'],
})

export const removeSecondFactor = endpoint({
  id: 'removeSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor/remove',
  access: 'self',
  summary: 'Remove the second factor and its recovery codes',
  input: z.strictObject({ password }),
  problems: ['second_factor_absent', 'wrong_credentials', 'authenticate_again', 'too_many_tries', 'too_busy'],
})

export const renewRecoveryCodes = endpoint({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/me/second-factor/recovery-codes',
  access: 'self',
  summary: 'Create new recovery codes; the old ones no longer work',
  input: z.strictObject({ password }),
  answer: z.object({ recoveryCodes }),
  problems: ['second_factor_absent', 'wrong_credentials', 'authenticate_again', 'too_many_tries', 'too_busy'],
})

export const giveSecondFactor = endpoint({
  id: 'giveSecondFactor',
  method: 'POST',
  path: '/api/sessions/second-factor',
  access: 'anyone',
  summary: 'Complete sign-in with a code of the app, or with a recovery code',
  input: z.strictObject({
    code,
    recovery: z.boolean().optional().describe('Optional: the code itself shows which of the two it is.'),
  }),
  problems: [
    'wrong_code',
    'code_used',
    'wrong_recovery_code',
    'sign_in_again',
    'too_many_wrong_codes',
    'too_many_tries',
    'wrong_credentials',
  ],
})

export const removeSecondFactorOf = endpoint({
  id: 'removeSecondFactorOf',
  method: 'POST',
  path: '/api/accounts/{accountId}/remove-second-factor',
  access: 'operator',
  fresh: true,
  tag: 'Accounts',
  summary: 'Remove the second factor of a person who has lost it',
  input: z.strictObject({
    accountId: id,
    email: email.describe('The address last read, for optimistic concurrency.'),
    reason,
  }),
  problems: ['account_not_found', 'not_yourself', 'second_factor_absent', 'changed_meanwhile'],
})
