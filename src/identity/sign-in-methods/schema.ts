import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment } from '../../platform/http/fields'

const endpoint = endpointsOf('Signing in')

const passkey = z.object({ id, name: z.string(), addedAt: moment })
export type Passkey = z.infer<typeof passkey>

export const getSignInMethods = endpoint({
  id: 'getSignInMethods',
  method: 'GET',
  path: '/api/me/sign-in-methods',
  access: 'self',
  summary: 'The account’s sign-in methods',
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
})
