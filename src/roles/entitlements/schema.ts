import { z } from 'zod'
import { organizationStates } from '../../platform/access/organization-state'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, moment, pageOf, paging, person } from '../../platform/http/fields'
import { role, service } from '../services/schema'

const endpoint = endpointsOf('Entitlements')

/**
 * Where a role comes from: the default for all, or the organization, with who requested it, who accepted it, and when.
 */
const why = z.discriminatedUnion('from', [
  z.object({ from: z.literal('default') }),
  z.object({
    from: z.literal('organization'),
    organization: z.object({ id, name: z.string() }),
    requestedBy: person.nullable().describe('Null if an operator granted it without a request.'),
    requestedAt: moment.nullable(),
    grantedBy: person,
    reason: z.string().nullable().describe('The operator’s reason, if they granted it without a request.'),
  }),
])

const heldRole = role.omit({ version: true }).extend({
  since: moment.describe(
    'The later of the default’s beginning and the account’s, or of the assignment’s and the membership’s.',
  ),
  until: moment.nullable(),
  why,
})
export type HeldRole = z.infer<typeof heldRole>

/** What a person holds on one service. Using it takes an access role and a quota role. */
export const entitlement = z.object({
  service: service.omit({ s3Keys: true, retired: true, roles: true }),
  usable: z.boolean(),
  access: heldRole.nullable(),
  quota: heldRole.nullable(),
})
export type Entitlement = z.infer<typeof entitlement>

const at = { at: givenMoment.optional().describe('A past moment; defaults to now.') }
const entitlements = z.object({ at: moment, entitlements: z.array(entitlement) })

export const getMyEntitlements = endpoint({
  id: 'getMyEntitlements',
  method: 'GET',
  path: '/api/me/entitlements',
  access: 'account',
  summary: 'What the signed-in account holds, and why',
  input: z.strictObject(at),
  answer: entitlements,
  problems: ['moment_in_the_future'],
})

/** The catalogue's key and name. */
const named = z.object({ key: z.string(), name: z.string() })

export const getMyAccess = endpoint({
  id: 'getMyAccess',
  method: 'GET',
  path: '/api/me/access',
  access: 'account',
  summary: 'The organization of the signed-in account and what it holds now, in brief: for programs that call often',
  answer: z.object({
    accountId: id,
    organization: z
      .object({ id, name: z.string(), state: z.enum(organizationStates), admin: z.boolean() })
      .nullable()
      .describe('With the caller’s own admin privileges.'),
    services: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        usable: z.boolean(),
        access: named.nullable(),
        quota: named.nullable(),
      }),
    ),
  }),
})
export type ServiceAccess = z.infer<typeof getMyAccess.answer>['services'][number]

export const getAccountEntitlements = endpoint({
  id: 'getAccountEntitlements',
  method: 'GET',
  path: '/api/accounts/{accountId}/entitlements',
  access: 'operator',
  summary: 'What an account holds or held, and why',
  input: z.strictObject({ accountId: id, ...at }),
  answer: entitlements,
  problems: ['account_not_found', 'moment_in_the_future'],
})

export const getOrganizationEntitlements = endpoint({
  id: 'getOrganizationEntitlements',
  method: 'GET',
  path: '/api/organizations/{organizationId}/entitlements',
  access: 'memberOrOperator',
  summary: 'What every member of an organization holds or held',
  input: z.strictObject({ organizationId: id, ...at }),
  answer: entitlements,
  problems: ['organization_not_found', 'moment_in_the_future'],
})

export const listMemberEntitlements = endpoint({
  id: 'listMemberEntitlements',
  method: 'GET',
  path: '/api/organizations/{organizationId}/member-entitlements',
  access: 'adminOrOperator',
  summary: 'The members of an organization, now or at a past moment, and what they hold',
  input: z.strictObject({ organizationId: id, ...at, limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(
    z.object({
      account: person,
      admin: z.boolean(),
      since: moment.describe('Since when they are a member: they hold no role of the organization from before.'),
      registeredAt: moment.describe('Since when they have an account: they hold no default from before.'),
      disabled: z.boolean().describe('Whether the account was disabled at that moment: then it holds nothing.'),
    }),
  ).extend({
    entitlements: z
      .array(entitlement)
      .describe('What each member holds. It is the same for all of them, so it is listed once.'),
  }),
  problems: ['moment_in_the_future'],
})
