import { z } from 'zod'
import { notAcceptedProblems } from '../../platform/access/organization-state'
import { endpointsOf } from '../../platform/http/declare'
import {
  givenMoment,
  id,
  moment,
  pageOf,
  paging,
  paragraph,
  person,
  reason,
  seenVersion,
} from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { roleSeen } from '../role-assignments/schema'
import { role, roleKinds } from '../services/schema'

const endpoint = endpointsOf('Role requests')

export const partStates = ['pending', 'accepted', 'refused', 'withdrawn'] as const
export type PartState = (typeof partStates)[number]

/** One choice of a form: an access role and a quota role of one service, or only one of them. */
export const rolesWanted = {
  serviceId: id,
  accessRoleId: id.nullable().default(null),
  quotaRoleId: id.nullable().default(null),
}

/** The access part or the quota part of a request; each is decided separately. */
const part = z.object({
  kind: z.enum(roleKinds),
  role,
  state: z.enum(partStates),
  reason: z.string().nullable().describe('The operator’s reason; a refusal always has one.'),
  decidedAt: moment.nullable(),
  decidedBy: person.nullable(),
})
export type RequestPart = z.infer<typeof part>

export const roleRequest = z.object({
  id,
  service: z.object({ id, key: z.string(), name: z.string() }),
  description: z.string(),
  requestedAt: moment,
  requestedBy: person,
  parts: z.array(part).describe('One or two.'),
})
export type RoleRequest = z.infer<typeof roleRequest>

/** The roles of one service that an organization requests together with its own request. */
export const serviceWanted = z.object({
  requestId: id,
  service: z.object({ id, key: z.string(), name: z.string() }),
  roles: z.array(role.pick({ id: true, key: true, kind: true, name: true, limits: true })).describe('One or two.'),
})
export type ServiceWanted = z.infer<typeof serviceWanted>

const ofOrganization = '/api/organizations/{organizationId}/role-requests' as const
export const requestRoles = endpoint({
  id: 'requestRoles',
  method: 'POST',
  path: ofOrganization,
  access: 'admin',
  summary: 'Request an access role and a quota role of a service, in one form',
  input: z.strictObject({
    organizationId: id,
    ...rolesWanted,
    description: paragraph(1, 2000).describe('Description of planned activities.'),
  }),
  answer: z.object({ id }),
  problems: [
    'service_not_found',
    'role_not_requestable',
    'role_held_already',
    'role_request_pending',
    ...notAcceptedProblems,
  ],
  status: 201,
})

export const listRoleRequests = endpoint({
  id: 'listRoleRequests',
  method: 'GET',
  path: ofOrganization,
  access: 'memberOrOperator',
  summary: 'The organization’s requests, newest first, ended ones included',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    state: z.enum(partStates).optional(),
    serviceId: id.optional(),
  }),
  answer: pageOf(roleRequest),
})

export const withdrawRoleRequest = endpoint({
  id: 'withdrawRoleRequest',
  method: 'POST',
  path: '/api/organizations/{organizationId}/role-requests/{requestId}/withdraw',
  access: 'admin',
  summary: 'Withdraw the pending parts of a request',
  input: z.strictObject({ organizationId: id, requestId: id }),
  problems: ['role_request_not_found', 'role_request_decided'],
})

/** What an operator needs to decide, on one screen. */
export const pendingRequest = roleRequest.extend({
  organization: z.object({
    id,
    name: z.string(),
    state: z.string(),
    detailsVersion: seenVersion,
    country: z.string(),
    description: z.string(),
    members: z.int(),
    admins: z.array(person).describe('At most five.'),
  }),
  held: z
    .array(z.object({ kind: z.enum(roleKinds), role, assignmentId: id.nullable().describe('Null for a default.') }))
    .describe('What the organization holds on this service now, defaults included.'),
})
export type PendingRequest = z.infer<typeof pendingRequest>

export const listPendingRequests = endpoint({
  id: 'listPendingRequests',
  method: 'GET',
  path: '/api/role-requests',
  access: 'operator',
  summary: 'The queue: requests with a pending part, the longest waiting first',
  input: z.strictObject({ ...paging, organizationId: id.optional().describe('Of this organization only.') }),
  answer: pageOf(pendingRequest),
})

const decision = z
  .strictObject({
    requestId: id,
    kind: z.enum(roleKinds),
    ...roleSeen,
    accept: z.boolean(),
    reason: reason.optional().describe('Required for a refusal.'),
    expiresAt: givenMoment.optional().describe('When it expires, if it is accepted for a limited time.'),
  })
  .refine(({ accept, reason }) => accept || reason, { path: ['reason'], ...says('Enter a reason for refusing.') })
  .refine(({ accept, expiresAt }) => accept || !expiresAt, {
    path: ['expiresAt'],
    ...says('Only accepted roles can have an end date.'),
  })
export type Decision = z.infer<typeof decision>

export const decideRoleRequests = endpoint({
  id: 'decideRoleRequests',
  method: 'POST',
  path: '/api/role-requests/decide',
  access: 'operator',
  summary: 'Accept or refuse parts of requests, several at once: all of them or, if one is not possible, none',
  input: z.strictObject({ decisions: z.array(decision).min(1, says('At least one.')).max(100, says('At most 100.')) }),
  problems: [
    'role_request_not_found',
    'role_request_decided',
    'role_retired',
    'end_in_the_past',
    'changed_meanwhile',
    ...notAcceptedProblems,
  ],
})
