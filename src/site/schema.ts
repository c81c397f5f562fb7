import { z } from 'zod'
import { endpoint } from '../http/endpoint'
import { done } from '../http/fields'
import { memberLimit } from '../organizations/schema'

export const claimSetupLink = endpoint({
  id: 'claimSetupLink',
  method: 'POST',
  path: '/api/setup',
  access: 'account',
  tag: 'Site',
  summary: 'Become the site’s first operator with the one-time link that the server printed',
  input: z.strictObject({ token: z.string().min(1).max(100) }),
  answer: done,
  problems: ['setup_link_invalid'],
})

export const getSiteSettings = endpoint({
  id: 'getSiteSettings',
  method: 'GET',
  path: '/api/site',
  access: 'operator',
  tag: 'Site',
  summary: 'The site’s settings',
  input: z.strictObject({}),
  answer: z.object({ memberLimit: z.int().nullable() }),
  problems: [],
})

export const setDefaultMemberLimit = endpoint({
  id: 'setDefaultMemberLimit',
  method: 'PUT',
  path: '/api/site/member-limit',
  access: 'operator',
  tag: 'Site',
  summary: 'How many members an organization may have that has no limit of its own; nobody is removed by it',
  input: z.strictObject({ limit: memberLimit.nullable().describe('Null for any number.') }),
  answer: done,
  problems: [],
})
