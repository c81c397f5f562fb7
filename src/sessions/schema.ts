import { z } from 'zod'
import { account } from '../accounts/schema'
import { endpoint } from '../http/endpoint'
import { done, email, id, moment } from '../http/fields'
import { organization } from '../organizations/schema'

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/sessions',
  access: 'anyone',
  tag: 'Accounts',
  summary: 'Sign in; the session comes back as a cookie',
  input: z.strictObject({ email, password: z.string().min(1, 'Cannot be empty.').max(128, 'At most 128 characters.') }),
  answer: done,
  problems: ['wrong_credentials', 'too_many_tries', 'too_busy'],
})

export const signOut = endpoint({
  id: 'signOut',
  method: 'POST',
  path: '/api/sessions/end',
  access: 'anyone',
  tag: 'Accounts',
  summary: 'Sign out on this device; nothing happens where nobody is signed in',
  input: z.strictObject({}),
  answer: done,
  problems: [],
})

/** Everything the portal needs to draw its first screen. */
export const getMe = endpoint({
  id: 'getMe',
  method: 'GET',
  path: '/api/me',
  access: 'account',
  tag: 'Accounts',
  summary: 'The signed-in account, its organization, what it waits for',
  input: z.strictObject({}),
  answer: z.object({
    account,
    organization: organization.nullable(),
    waiting: z
      .object({ acceptanceId: id, organizationName: z.string(), since: moment })
      .nullable()
      .describe('An accepted invitation that an admin has yet to approve.'),
    rejected: z
      .array(organization)
      .describe('Requests of theirs that were rejected, newest first, at most 10. They can be resubmitted.'),
  }),
  problems: [],
})
