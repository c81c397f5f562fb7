import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import {
  country,
  doneAnswer,
  email,
  id,
  line,
  moment,
  oneNameIsEnough,
  pageOf,
  paging,
  personNames,
  reason,
} from '../../platform/http/fields'
import { longestPaste } from '../../platform/input/pasted'
import { says } from '../../platform/messages/says'

/** Long enough to stand alone; no rules about its composition (NIST SP 800-63B). */
export const newPassword = z.string().min(15, says('At least 15 characters.')).max(128, says('At most 128 characters.'))

export const account = z.object({
  id,
  email: z.string(),
  emailConfirmed: z.boolean().describe('Whether the address is known to be theirs.'),
  firstName: z.string(),
  lastName: z.string(),
  country: z.string(),
  operator: z.boolean(),
  createdAt: moment,
})
export type Account = z.infer<typeof account>

export const registerAccount = endpoint({
  id: 'registerAccount',
  method: 'POST',
  path: '/api/accounts',
  access: 'anyone',
  tag: 'Accounts',
  summary: 'Register an account; sign in with it then',
  input: z
    .strictObject({
      email,
      password: newPassword,
      ...personNames,
      country,
      termsVersion: line(1, 40).optional().describe('The terms that were read and accepted, where the site has some.'),
      code: z
        .string()
        .max(longestPaste)
        .optional()
        .describe(
          'An invitation code, or its whole link. It is not used up. The link of a mailed invitation confirms the address that it was mailed to.',
        ),
    })
    .refine(...oneNameIsEnough),
  answer: doneAnswer,
  problems: [
    'account_exists',
    'registration_closed',
    'terms_changed',
    'passwords_off',
    'password_too_common',
    'too_many_tries',
    'too_busy',
  ],
  status: 201,
})

export const listAccounts = endpoint({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  access: 'operator',
  tag: 'Accounts',
  summary: 'All accounts that were not deleted, newest first',
  input: z.strictObject(paging),
  answer: pageOf(
    account.extend({
      organization: z.object({ id, name: z.string(), admin: z.boolean() }).nullable(),
      disabledAt: moment.nullable().describe('Since when nobody can sign in with it; null while it is active.'),
      secondFactor: z.boolean().describe('Whether a password alone does not sign in.'),
    }),
  ),
  problems: [],
})

export const confirmAddress = endpoint({
  id: 'confirmAddress',
  method: 'POST',
  path: '/api/accounts/{accountId}/confirm-address',
  access: 'operator',
  tag: 'Accounts',
  summary: 'Vouch that an account’s e-mail address is its holder’s',
  input: z.strictObject({ accountId: id, email: email.describe('The address that was seen.') }),
  answer: doneAnswer,
  problems: ['account_not_found', 'changed_meanwhile'],
})

export const disableAccount = endpoint({
  id: 'disableAccount',
  method: 'POST',
  path: '/api/accounts/{accountId}/disable',
  access: 'operator',
  fresh: true,
  tag: 'Accounts',
  summary:
    'Disable an account: it is signed in nowhere, holds nothing, and loses its admin privileges; its membership stays',
  input: z.strictObject({ accountId: id, reason }),
  answer: doneAnswer,
  problems: ['account_not_found', 'account_disabled', 'not_yourself', 'sole_admin', 'last_admin'],
})

export const enableAccount = endpoint({
  id: 'enableAccount',
  method: 'POST',
  path: '/api/accounts/{accountId}/enable',
  access: 'operator',
  tag: 'Accounts',
  summary: 'Enable an account again; admin privileges do not come back by themselves',
  input: z.strictObject({ accountId: id, disabledAt: moment.describe('Since when it is disabled, as it was seen.') }),
  answer: doneAnswer,
  problems: ['account_not_found', 'account_not_disabled', 'changed_meanwhile'],
})
