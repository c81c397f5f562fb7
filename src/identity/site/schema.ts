import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { domain, line, linkToken, seenVersion, webAddress } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'

const endpoint = endpointsOf('Site')

/** A number of members. */
export const memberLimit = z
  .int(says('Must be a whole number.'))
  .min(1, says('At least 1.'))
  .max(1_000_000, says('At most 1,000,000.'))

export const claimSetupLink = endpoint({
  id: 'claimSetupLink',
  method: 'POST',
  path: '/api/setup',
  access: 'self',
  summary: 'Become the site’s first operator with the one-time link that the server printed',
  input: z.strictObject({ token: linkToken }),
  answer: z.object({
    mailError: z
      .string()
      .nullable()
      .describe('Why the mail server refused mail, in its own words; null if mail works or is not configured.'),
  }),
  problems: ['setup_link_invalid'],
})

export const previewSetupLink = endpoint({
  id: 'previewSetupLink',
  method: 'POST',
  path: '/api/setup/preview',
  access: 'anyone',
  summary: 'Whether the one-time link that the server printed works; changes nothing',
  input: z.strictObject({ token: linkToken }),
  problems: ['setup_link_invalid'],
})

/** Load balancers call this, each in its own way: the query string is ignored. */
export const getHealth = endpoint({
  id: 'getHealth',
  method: 'GET',
  path: '/api/health',
  access: 'anyone',
  summary: 'Whether the server and its database work; answers however busy they are',
  input: z.object({}),
  lenient: true,
  answer: z.object({ status: z.literal('ok') }),
})

export const longestTermsAddress = 500

/** Who needs a second factor, how long sessions last, who may register, and which terms apply. */
const sitePolicy = z.strictObject({
  secondFactor: z
    .enum(['off', 'optional', 'operators', 'admins', 'all'])
    .describe('Who needs a second factor; “admins” includes operators.'),
  sessionIdleMinutes: z
    .int()
    .min(5, says('At least 5 minutes.'))
    .max(43_200, says('At most 43,200 minutes (30 days).')),
  sessionHours: z.int().min(1, says('At least an hour.')).max(2160, says('At most 2,160 hours (90 days).')),
  registration: z.enum(['open', 'invitation', 'domain']),
  registrationDomains: z
    .array(domain)
    .max(100, says('At most 100 domains.'))
    .describe('At least one if `registration` is `domain`.'),
  terms: z
    .strictObject({ version: line(1, 40), address: webAddress(longestTermsAddress) })
    .nullable()
    .describe('A new version has to be accepted by every person before they continue.'),
  identityChanges: z
    .enum(['tell', 'accept'])
    .describe('Whether operators are notified of an organization’s new name or tax id, or have to accept it.'),
})
export type SitePolicy = z.infer<typeof sitePolicy>

export const setSitePolicy = endpoint({
  id: 'setSitePolicy',
  method: 'PUT',
  path: '/api/site/policy',
  access: 'operator',
  fresh: true,
  summary: 'Set who needs a second factor, how long sessions last, who may register, and the terms',
  input: sitePolicy
    .extend({ version: seenVersion.describe('The `policyVersion` last read, for optimistic concurrency.') })
    .refine(({ registration, registrationDomains }) => registration !== 'domain' || registrationDomains.length > 0, {
      path: ['registrationDomains'],
      ...says('Enter at least one domain.'),
    }),
  problems: ['changed_meanwhile'],
})

/** What the pages for sign-in and registration need. */
export const getSiteInfo = endpoint({
  id: 'getSiteInfo',
  method: 'GET',
  path: '/api/site/info',
  access: 'anyone',
  summary: 'How people register and sign in on this site',
  answer: z.object({
    mail: z.boolean().describe('Whether the site sends mail.'),
    passwords: z.boolean().describe('Whether people sign in with a password of this site.'),
    passkeys: z.boolean().describe('Whether browsers accept passkeys at the site’s address.'),
    provider: z.string().nullable().describe('The identity provider’s name, if there is one.'),
    registration: z.enum(['open', 'invitation', 'domain']),
    registrationDomains: z.array(z.string()),
    terms: z.object({ version: z.string(), address: z.string() }).nullable(),
  }),
})

export const getSiteSettings = endpoint({
  id: 'getSiteSettings',
  method: 'GET',
  path: '/api/site',
  access: 'operator',
  summary: 'The site’s settings',
  answer: z.object({ memberLimit: z.int().nullable(), policy: sitePolicy, policyVersion: seenVersion }),
})

export const setDefaultMemberLimit = endpoint({
  id: 'setDefaultMemberLimit',
  method: 'PUT',
  path: '/api/site/member-limit',
  access: 'operator',
  summary: 'Set how many members an organization without a limit of its own may have; existing members stay',
  input: z.strictObject({
    limit: memberLimit.nullable().describe('Null for no limit.'),
    seen: memberLimit.nullable().describe('The limit last read, for optimistic concurrency.'),
  }),
  problems: ['changed_meanwhile'],
})
