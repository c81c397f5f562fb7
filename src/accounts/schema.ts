import { z } from 'zod'
import { endpoint } from '../http/endpoint'
import { country, done, email, id, line, moment, pageOf, paging } from '../http/fields'

/** Long enough to stand alone; no rules about its composition (NIST SP 800-63B). */
const password = z.string().min(15, 'At least 15 characters.').max(128, 'At most 128 characters.')

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
  summary: 'Register an account, and be signed in',
  input: z.strictObject({ email, password, firstName: line(1, 80), lastName: line(1, 80), country }),
  answer: done,
  problems: ['account_exists', 'password_too_common', 'too_many_tries', 'too_busy'],
  status: 201,
})

export const listAccounts = endpoint({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  access: 'operator',
  tag: 'Accounts',
  summary: 'All accounts, newest first',
  input: z.strictObject(paging),
  answer: pageOf(account.extend({ organization: z.object({ id, name: z.string(), admin: z.boolean() }).nullable() })),
  problems: [],
})

export const confirmAddress = endpoint({
  id: 'confirmAddress',
  method: 'POST',
  path: '/api/accounts/{accountId}/confirm-address',
  access: 'operator',
  tag: 'Accounts',
  summary: 'Vouch that an account’s e-mail address is its holder’s',
  input: z.strictObject({ accountId: id }),
  answer: done,
  problems: ['account_not_found'],
})
