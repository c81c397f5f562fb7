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
  summary: 'How the account can be signed in to',
  input: z.strictObject({}),
  answer: z.object({
    password: z.boolean().describe('Whether the account has a password.'),
    secondFactor: z.boolean().describe('Whether a code is asked for after the password.'),
    secondFactorOff: z.boolean().describe('Whether the site’s policy has no second factors.'),
    recoveryCodesLeft: z.int().nullable().describe('Null without a second factor.'),
    passkeys: z.array(passkey),
    provider: z
      .object({ name: z.string(), linked: z.boolean() })
      .nullable()
      .describe('The site’s identity provider; null where there is none.'),
  }),
  problems: [],
})
