import { z } from 'zod'
import { organizationScopes, scopes } from '../../platform/access/scopes'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment, person } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'

const endpoint = endpointsOf('Tokens')

/** The most usable tokens that an account has, and that an organization has. */
export const mostTokens = 50
export const defaultTokenDays = 90

const name = line(1, 60)
const days = z
  .int(says('Must be a whole number.'))
  .min(1, says('At least 1.'))
  .max(366, says('At most 366.'))
  .default(defaultTokenDays)
  .describe('The number of days after which it expires.')

const scopesOf = (all: readonly string[]) =>
  z
    .array(z.enum(all as [string, ...string[]]))
    .min(1, says('Choose at least one scope.'))
    .transform((given) => all.filter((scope) => given.includes(scope)))
    .describe('What it may be used for: to read or to write one part of this API.')

export const endedReasons = [
  'ended',
  'renewed',
  'membership_ended',
  'privileges_lost',
  'account_disabled',
  'organization_not_accepted',
] as const

const token = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe('How the token begins.'),
  scopes: z.array(z.string()),
  createdAt: moment,
  expiresAt: moment,
  expired: z.boolean(),
  lastUsedAt: moment.nullable().describe('To the minute; null if it was never used.'),
})
export type Token = z.infer<typeof token>

const organizationToken = token.extend({
  maker: person.describe('The admin in whose name it acts. It ends when they lose admin privileges or leave.'),
  endedAt: moment.nullable(),
  endedReason: z.enum(endedReasons).nullable(),
})
export type OrganizationToken = z.infer<typeof organizationToken>

const made = z.object({ id, token: z.string().describe('The token. It is shown only now.'), expiresAt: moment })

export const listTokens = endpoint({
  id: 'listTokens',
  method: 'GET',
  path: '/api/me/tokens',
  access: 'account',
  summary: 'Your personal tokens that have not been ended',
  answer: z.object({ tokens: z.array(token) }),
})

export const createToken = endpoint({
  id: 'createToken',
  method: 'POST',
  path: '/api/me/tokens',
  access: 'account',
  fresh: true,
  summary: 'Make a personal token, with which a program acts as you within its scopes',
  input: z.strictObject({ name, scopes: scopesOf(scopes), days }),
  answer: made,
  problems: ['too_many_tokens'],
  status: 201,
})

export const endToken = endpoint({
  id: 'endToken',
  method: 'POST',
  path: '/api/me/tokens/{tokenId}/end',
  access: 'account',
  summary: 'End a personal token',
  input: z.strictObject({ tokenId: id }),
  problems: ['token_not_found'],
})

export const listOrganizationTokens = endpoint({
  id: 'listOrganizationTokens',
  method: 'GET',
  path: '/api/organizations/{organizationId}/tokens',
  access: 'admin',
  summary:
    'The tokens of an organization, newest first; those that ended with their maker’s privileges for 30 days more',
  input: z.strictObject({ organizationId: id }),
  answer: z.object({ tokens: z.array(organizationToken) }),
})

export const createOrganizationToken = endpoint({
  id: 'createOrganizationToken',
  method: 'POST',
  path: '/api/organizations/{organizationId}/tokens',
  access: 'admin',
  fresh: true,
  summary: 'Make a token of an organization, with which a program acts in your name as an admin within its scopes',
  input: z.strictObject({ organizationId: id, name, scopes: scopesOf(organizationScopes), days }),
  answer: made,
  problems: ['organization_not_accepted', 'organization_suspended', 'organization_ended', 'too_many_tokens'],
  status: 201,
})

export const renewOrganizationToken = endpoint({
  id: 'renewOrganizationToken',
  method: 'POST',
  path: '/api/organizations/{organizationId}/tokens/{tokenId}/renew',
  access: 'admin',
  fresh: true,
  summary: 'Replace a token of an organization by one with the same name and scopes, in your name',
  input: z.strictObject({ organizationId: id, tokenId: id, days }),
  answer: made,
  problems: [
    'organization_not_accepted',
    'organization_suspended',
    'organization_ended',
    'token_not_found',
    'too_many_tokens',
  ],
  status: 201,
})

export const endOrganizationToken = endpoint({
  id: 'endOrganizationToken',
  method: 'POST',
  path: '/api/organizations/{organizationId}/tokens/{tokenId}/end',
  access: 'admin',
  summary: 'End a token of an organization',
  input: z.strictObject({ organizationId: id, tokenId: id }),
  problems: ['token_not_found'],
})
