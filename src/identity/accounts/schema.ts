import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import {
  country,
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

const endpoint = endpointsOf('Accounts')

/** Long enough to stand alone; no composition rules (NIST SP 800-63B). */
export const newPassword = z.string().min(15, says('At least 15 characters.')).max(128, says('At most 128 characters.'))

export const account = z.object({
  id,
  email: z.string(),
  emailConfirmed: z.boolean().describe('Whether the address is known to belong to the account’s holder.'),
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
  summary: 'Register an account; signing in is a separate step',
  input: z
    .strictObject({
      email,
      password: newPassword,
      ...personNames,
      country,
      termsVersion: line(1, 40)
        .optional()
        .describe('The terms that the person read and accepted, if the site has any.'),
      code: z
        .string()
        .max(longestPaste)
        .optional()
        .describe(
          'An invitation code or link; it is not used up. A mailed link confirms the address it was mailed to.',
        ),
    })
    .refine(...oneNameIsEnough),
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
  summary: 'All accounts except deleted ones, newest first',
  input: z.strictObject(paging),
  answer: pageOf(
    account.extend({
      organization: z.object({ id, name: z.string(), admin: z.boolean() }).nullable(),
      disabledAt: moment
        .nullable()
        .describe('Since when the account is disabled and refuses sign-in; null while it is active.'),
      secondFactor: z.boolean().describe('Whether signing in takes more than a password.'),
    }),
  ),
})

export const confirmAddress = endpoint({
  id: 'confirmAddress',
  method: 'POST',
  path: '/api/accounts/{accountId}/confirm-address',
  access: 'operator',
  summary: 'Vouch that an account’s e-mail address belongs to its holder',
  input: z.strictObject({ accountId: id, email: email.describe('The address last read, for optimistic concurrency.') }),
  problems: ['account_not_found', 'changed_meanwhile'],
})

export const disableAccount = endpoint({
  id: 'disableAccount',
  method: 'POST',
  path: '/api/accounts/{accountId}/disable',
  access: 'operator',
  fresh: true,
  summary:
    'Disable an account: its sessions end, it holds no roles, and it loses its admin privileges; its membership stays',
  input: z.strictObject({ accountId: id, reason }),
  problems: ['account_not_found', 'account_disabled', 'not_yourself', 'sole_admin', 'last_admin'],
})

export const enableAccount = endpoint({
  id: 'enableAccount',
  method: 'POST',
  path: '/api/accounts/{accountId}/enable',
  access: 'operator',
  summary: 'Enable an account again; admin privileges are not restored automatically',
  input: z.strictObject({
    accountId: id,
    disabledAt: moment.describe('Since when it is disabled, as last read, for optimistic concurrency.'),
  }),
  problems: ['account_not_found', 'account_not_disabled', 'changed_meanwhile'],
})
