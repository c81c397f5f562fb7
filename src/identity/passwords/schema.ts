import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { email, id, linkToken, reason } from '../../platform/http/fields'
import { newPassword } from '../accounts/schema'

const endpoint = endpointsOf('Signing in')

export const changePassword = endpoint({
  id: 'changePassword',
  method: 'PUT',
  path: '/api/me/password',
  access: 'self',
  fresh: true,
  summary: 'Set a new password; every other session of the account ends',
  input: z.strictObject({ password: newPassword }),
  problems: ['passwords_off', 'password_too_common', 'too_busy'],
})

export const requestPasswordReset = endpoint({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/api/password-resets',
  access: 'anyone',
  summary:
    'Request a mailed link for setting a new password; the response does not disclose whether the account exists',
  input: z.strictObject({ email }),
  problems: ['mail_not_configured', 'passwords_off', 'too_many_tries'],
})

export const resetPassword = endpoint({
  id: 'resetPassword',
  method: 'POST',
  path: '/api/password-resets/use',
  access: 'anyone',
  summary: 'Set a new password with a one-time link; every session of the account ends, a second factor stays',
  input: z.strictObject({ token: linkToken, password: newPassword }),
  problems: ['link_not_valid', 'passwords_off', 'password_too_common', 'too_many_tries', 'too_busy'],
})

export const previewReset = endpoint({
  id: 'previewReset',
  method: 'POST',
  path: '/api/password-resets/preview',
  access: 'anyone',
  summary: 'Whose password a one-time link sets; changes nothing',
  input: z.strictObject({ token: linkToken }),
  answer: z.object({ email: z.string().describe('Tells password managers which account the password belongs to.') }),
  problems: ['link_not_valid', 'passwords_off', 'too_many_tries'],
})

export const makeResetLink = endpoint({
  id: 'makeResetLink',
  method: 'POST',
  path: '/api/accounts/{accountId}/reset-link',
  access: 'operator',
  fresh: true,
  summary:
    'Create a one-time link, valid for a day, for the account’s holder to set a new password; hand it over yourself',
  input: z.strictObject({
    accountId: id,
    email: email.describe('The address last read, for optimistic concurrency.'),
    reason,
  }),
  answer: z.object({ link: z.string().describe('Shown once. It is not stored.') }),
  problems: ['account_not_found', 'account_disabled', 'not_yourself', 'passwords_off', 'changed_meanwhile'],
})
