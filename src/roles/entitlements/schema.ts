import { z } from 'zod'
import { organizationStates } from '../../platform/access/organization-state'
import { endpoint } from '../../platform/http/endpoint'
import { givenMoment, id, moment, pageOf, paging, person } from '../../platform/http/fields'
import { role } from '../services/schema'

/** Where a role comes from: everybody’s default, or the organization, with who asked, who accepted, and when. */
const why = z.discriminatedUnion('from', [
  z.object({ from: z.literal('default') }),
  z.object({
    from: z.literal('organization'),
    organization: z.object({ id, name: z.string() }),
    requestedBy: person.nullable().describe('Null where an operator granted it unasked.'),
    requestedAt: moment.nullable(),
    grantedBy: person,
    reason: z.string().nullable().describe('The operator’s, where he granted it unasked.'),
  }),
])

const heldRole = role.omit({ version: true }).extend({
  since: moment.describe(
    'Since when one could hold it: the default and one’s account, or the assignment and one’s membership.',
  ),
  until: moment.nullable(),
  why,
})
export type HeldRole = z.infer<typeof heldRole>

/** What somebody holds on one service. To use it takes an access role and a quota role. */
export const entitlement = z.object({
  service: z.object({ id, key: z.string(), name: z.string(), description: z.string() }),
  usable: z.boolean(),
  access: heldRole.nullable(),
  quota: heldRole.nullable(),
})
export type Entitlement = z.infer<typeof entitlement>

const at = { at: givenMoment.optional().describe('A past moment; now, where it is left out.') }
const entitlements = z.object({ at: moment, entitlements: z.array(entitlement) })

export const getMyEntitlements = endpoint({
  id: 'getMyEntitlements',
  method: 'GET',
  path: '/api/me/entitlements',
  access: 'account',
  tag: 'Entitlements',
  summary: 'What the signed-in account holds, and why',
  input: z.strictObject(at),
  answer: entitlements,
  problems: ['moment_in_the_future'],
})

/** Key and name are those of the catalogue. */
const named = z.object({ key: z.string(), name: z.string() })

export const getMyAccess = endpoint({
  id: 'getMyAccess',
  method: 'GET',
  path: '/api/me/access',
  access: 'account',
  tag: 'Entitlements',
  summary: 'Where the signed-in account is, and what it holds now, in short: for programs, and often',
  input: z.strictObject({}),
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
  problems: [],
})
export type ServiceAccess = z.infer<typeof getMyAccess.answer>['services'][number]

export const getAccountEntitlements = endpoint({
  id: 'getAccountEntitlements',
  method: 'GET',
  path: '/api/accounts/{accountId}/entitlements',
  access: 'operator',
  tag: 'Entitlements',
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
  tag: 'Entitlements',
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
  tag: 'Entitlements',
  summary: 'The members of an organization, now or at a past moment, and what they hold',
  input: z.strictObject({ organizationId: id, ...at, limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(
    z.object({
      account: person,
      admin: z.boolean(),
      since: moment.describe('Since when he is a member: he holds no role of the organization since before.'),
      registeredAt: moment.describe('Since when he has an account: he holds no default since before.'),
      disabled: z.boolean().describe('Whether the account was disabled: then he holds nothing.'),
    }),
  ).extend({
    entitlements: z
      .array(entitlement)
      .describe('What each member holds. It is the same for all of them, so it comes once.'),
  }),
  problems: ['moment_in_the_future'],
})
