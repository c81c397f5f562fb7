import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment } from '../../platform/http/fields'
import { clientScopes } from './scopes'

const endpoint = endpointsOf('Applications')

const application = z.object({
  id: id.describe('The `client_id`.'),
  name: z.string(),
  service: z.object({ key: z.string(), name: z.string() }).nullable().describe('The service that it stands for.'),
  scopes: z.array(z.enum(clientScopes)).describe('What it may learn about you.'),
  consentedAt: moment.nullable().describe('When you agreed to that; null if operators have agreed for everyone.'),
  signedInAt: moment.nullable().describe('When it last signed you in; null if you are not signed in there.'),
  devices: z.int().describe('On how many of your devices you are signed in there.'),
  told: z
    .boolean()
    .describe('Whether it is told when you are signed out; otherwise it notices the next time that it asks.'),
})
export type Application = z.infer<typeof application>

export const listApplications = endpoint({
  id: 'listApplications',
  method: 'GET',
  path: '/api/me/applications',
  access: 'account',
  summary: 'The applications that you are signed in to through this site, or have allowed to sign you in',
  answer: z.object({ applications: z.array(application) }),
})

export const getApplication = endpoint({
  id: 'getApplication',
  method: 'GET',
  path: '/api/me/applications/{clientId}',
  access: 'account',
  summary: 'An application that asks whether you agree to what it wants to learn about you',
  input: z.strictObject({ clientId: id }),
  answer: z.object({
    name: z.string(),
    scopes: z.array(z.enum(clientScopes)).describe('The most that it may ask for.'),
  }),
  problems: ['openid_client_not_found'],
})

export const consentToApplication = endpoint({
  id: 'consentToApplication',
  method: 'PUT',
  path: '/api/me/applications/{clientId}/consent',
  access: 'account',
  summary: 'Agree to what an application may learn about you when it signs you in',
  input: z.strictObject({
    clientId: id,
    scopes: z
      .array(z.enum(clientScopes))
      .transform((given) => clientScopes.filter((scope) => given.includes(scope)))
      .describe('What it may learn besides your account id.'),
  }),
  problems: ['openid_client_not_found'],
})

export const signOutOfApplication = endpoint({
  id: 'signOutOfApplication',
  method: 'POST',
  path: '/api/me/applications/{clientId}/sign-out',
  access: 'account',
  summary: 'Sign out of an application on all devices: its tokens stop working, and it is told if it wants to know',
  input: z.strictObject({ clientId: id }),
  problems: ['openid_client_not_found'],
})
