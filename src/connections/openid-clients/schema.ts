import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment, person, redirectAddress, requestAddress } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { catalogueKey } from '../../roles/services/schema'
import { clientScopes } from '../openid-sign-ins/scopes'

const endpoint = endpointsOf('OpenID clients')

const addresses = (least: number) =>
  z.array(redirectAddress(500)).min(least, says('Enter at least one URL.')).max(20, says('At most 20 URLs.'))

/** What an operator enters. */
const settings = {
  name: line(1, 60).describe('Its name, as people see it.'),
  redirectUris: addresses(1).describe('Where people are sent with a code. A request must name one of them exactly.'),
  postLogoutRedirectUris: addresses(0).default([]).describe('Where people may be sent after signing out.'),
  backchannelLogoutUri: requestAddress(500).nullable().default(null).describe('Where logout tokens are sent.'),
  scopes: z
    .array(z.enum(clientScopes))
    .default([])
    .transform((given) => clientScopes.filter((scope) => given.includes(scope)))
    .describe('What it may ask for besides the subject.'),
  asksConsent: z
    .boolean()
    .default(false)
    .describe('Whether each person is asked before it learns anything about them.'),
}

const client = z.object({
  id: id.describe('The `client_id`.'),
  ...z.object(settings).shape,
  redirectUris: z.array(z.string()),
  postLogoutRedirectUris: z.array(z.string()),
  backchannelLogoutUri: z.string().nullable(),
  name: z.string(),
  scopes: z.array(z.enum(clientScopes)),
  asksConsent: z.boolean(),
  service: z.object({ key: z.string(), name: z.string() }).nullable(),
  authentication: z.enum(['client_secret_basic', 'client_secret_post', 'none']),
  createdAt: moment,
  createdBy: person,
})
export type OpenIdClient = z.infer<typeof client>

export const listOpenIdClients = endpoint({
  id: 'listOpenIdClients',
  method: 'GET',
  path: '/api/openid-clients',
  access: 'operator',
  summary: 'The applications that people sign in to through this site',
  answer: z.object({ clients: z.array(client) }),
})

export const createOpenIdClient = endpoint({
  id: 'createOpenIdClient',
  method: 'POST',
  path: '/api/openid-clients',
  access: 'operator',
  fresh: true,
  summary: 'Register an application that people sign in to through this site',
  input: z.strictObject({
    ...settings,
    service: catalogueKey
      .nullable()
      .default(null)
      .describe('The service that it stands for: only people who may use it sign in. Null for every account.'),
    authentication: z
      .enum(['client_secret_basic', 'client_secret_post', 'none'])
      .default('client_secret_basic')
      .describe('How it authenticates when it exchanges a code; `none` for an application that can keep no secret.'),
  }),
  answer: z.object({ id, secret: z.string().nullable().describe('Its secret, if it has one. It is shown only now.') }),
  problems: ['service_not_found', 'service_retired'],
  status: 201,
})

export const changeOpenIdClient = endpoint({
  id: 'changeOpenIdClient',
  method: 'PUT',
  path: '/api/openid-clients/{clientId}',
  access: 'operator',
  fresh: true,
  summary: 'Change the name, the URLs and the scopes of an OpenID client',
  input: z.strictObject({ clientId: id, ...settings }),
  problems: ['openid_client_not_found'],
})

export const replaceOpenIdSecret = endpoint({
  id: 'replaceOpenIdSecret',
  method: 'POST',
  path: '/api/openid-clients/{clientId}/secret',
  access: 'operator',
  fresh: true,
  summary: 'Give an OpenID client another secret; the one before stops working',
  input: z.strictObject({ clientId: id }),
  answer: z.object({ secret: z.string().describe('The secret. It is shown only now.') }),
  problems: ['openid_client_not_found'],
})

export const endOpenIdClient = endpoint({
  id: 'endOpenIdClient',
  method: 'POST',
  path: '/api/openid-clients/{clientId}/end',
  access: 'operator',
  summary: 'End an OpenID client: no one signs in through it any more, and its tokens stop working',
  input: z.strictObject({ clientId: id }),
  problems: ['openid_client_not_found'],
})
