import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import { id, moment } from '../../platform/http/fields'

const passkey = z.object({ id, name: z.string(), addedAt: moment })
export type Passkey = z.infer<typeof passkey>

export const getSignInMethods = endpoint({
  id: 'getSignInMethods',
  method: 'GET',
  path: '/api/me/sign-in-methods',
  access: 'self',
  tag: 'Signing in',
  summary: 'The account’s sign-in methods',
  input: z.strictObject({}),
  answer: z.object({
    password: z.boolean().describe('Whether the account has a password.'),
    secondFactor: z.boolean().describe('Whether a code is required after the password.'),
    secondFactorOff: z.boolean().describe('Whether the site’s policy turns second factors off.'),
    recoveryCodesLeft: z.int().nullable().describe('Null without a second factor.'),
    passkeys: z.array(passkey),
    provider: z
      .object({ name: z.string(), linked: z.boolean() })
      .nullable()
      .describe('The site’s identity provider; null if there is none.'),
  }),
  problems: [],
})
