import { z } from 'zod'
import { account } from '../../identity/accounts/schema'
import { unreadNotifications } from '../../messaging/notifications/schema'
import { requiredActions } from '../../platform/access/required-actions'
import { endpointsOf } from '../../platform/http/declare'
import { country, email, id, line, linkToken, moment, oneNameIsEnough, personNames } from '../../platform/http/fields'
import { organization } from '../organizations/schema'

const endpoint = endpointsOf('Accounts')

export const updateOwnAccount = endpoint({
  id: 'updateOwnAccount',
  method: 'PUT',
  path: '/api/me',
  access: 'self',
  summary: 'Change your own name and country; idempotent',
  input: z.strictObject({ ...personNames, country }).refine(...oneNameIsEnough),
})

export const mailConfirmationLink = endpoint({
  id: 'mailConfirmationLink',
  method: 'POST',
  path: '/api/me/confirmation-link',
  access: 'self',
  summary: 'Request another mailed link that confirms your own address; has no effect if it is confirmed',
  problems: ['mail_not_configured', 'too_many_tries'],
})

export const confirmOwnAddress = endpoint({
  id: 'confirmOwnAddress',
  method: 'POST',
  path: '/api/me/confirm-address',
  access: 'self',
  summary: 'Confirm your own address, or a new one, with the link that was mailed to it',
  input: z.strictObject({ token: linkToken }),
  answer: z.object({ email: z.string().describe('The account’s address from now on.') }),
  problems: ['link_not_valid', 'link_for_somebody_else', 'address_taken'],
})

export const changeOwnAddress = endpoint({
  id: 'changeOwnAddress',
  method: 'PUT',
  path: '/api/me/address',
  access: 'self',
  fresh: true,
  summary: 'Change your own e-mail address: at once or, on a site that sends mail, with the link mailed to the new one',
  input: z.strictObject({ email }),
  answer: z.object({ mailed: z.boolean().describe('Whether a link was mailed that has to be opened first.') }),
  problems: ['address_taken', 'too_many_tries'],
})

export const acceptTerms = endpoint({
  id: 'acceptTerms',
  method: 'POST',
  path: '/api/me/terms',
  access: 'self',
  summary: 'Accept the site’s terms, in the version last read',
  input: z.strictObject({ version: line(1, 40) }),
  problems: ['terms_changed'],
})

export const deleteOwnAccount = endpoint({
  id: 'deleteOwnAccount',
  method: 'POST',
  path: '/api/me/delete',
  access: 'self',
  fresh: true,
  summary:
    'Delete your own account: membership, sign-in methods, name and address are removed; the history of events stays',
  problems: ['last_admin', 'last_operator'],
})

const period = { since: moment, until: moment.nullable() }

export const exportOwnAccount = endpoint({
  id: 'exportOwnAccount',
  method: 'GET',
  path: '/api/me/export',
  access: 'self',
  summary: 'All data that the site stores about your own account',
  answer: z.object({
    account: account.extend({
      secondFactor: z.boolean(),
      terms: z.object({ version: z.string(), acceptedAt: moment }).nullable(),
    }),
    memberships: z.array(z.object({ organization: z.string(), admin: z.boolean(), ...period })),
    acceptances: z.array(z.object({ organization: z.string(), state: z.string(), at: moment })),
    roleRequests: z.array(
      z.object({ organization: z.string(), service: z.string(), description: z.string(), at: moment }),
    ),
    sessions: z.array(z.object({ browser: z.string(), address: z.string(), signedInAt: moment, lastUsedAt: moment })),
    tokens: z
      .array(
        z.object({
          name: z.string(),
          organization: z.string().nullable().describe('Null for a personal token.'),
          scopes: z.array(z.string()),
          createdAt: moment,
          expiresAt: moment,
          lastUsedAt: moment.nullable(),
          endedAt: moment.nullable(),
        }),
      )
      .describe('The tokens that the account made, ended ones included.'),
    passkeys: z.array(z.object({ name: z.string().nullable(), addedAt: moment.nullable() })),
    events: z
      .array(z.object({ id, kind: z.string(), at: moment, details: z.record(z.string(), z.unknown()) }))
      .describe('What was done by or to the account, newest first, at most 10,000.'),
  }),
})

/** Everything the portal needs to render its first screen. */
export const getMe = endpoint({
  id: 'getMe',
  method: 'GET',
  path: '/api/me',
  access: 'self',
  tag: 'Signing in',
  summary: 'The signed-in account, its organization, and the approval it is waiting for',
  answer: z.object({
    account,
    todo: z
      .array(z.enum(requiredActions))
      .describe('Required actions before the caller can reach more than their own account.'),
    organization: organization.nullable(),
    waiting: z
      .object({
        acceptanceId: id,
        organizationName: z.string(),
        since: moment,
        removedAt: moment.nullable().describe('When an admin removed the caller from this organization, if one did.'),
      })
      .nullable()
      .describe('An accepted invitation that an admin has yet to approve.'),
    rejected: z
      .array(organization)
      .describe('The caller’s own rejected requests, newest first, at most 10. They can be resubmitted.'),
    unreadNotifications,
    mail: z.boolean().describe('Whether this site sends mail. If not, people hand links and codes over themselves.'),
  }),
})
