import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, requestAddress } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { catalogueKey } from '../../roles/services/schema'
import { connectionModes } from '../connection-settings/schema'
import { ldapSettings } from './ldap-settings'

const endpoint = endpointsOf('Connections')

const address = requestAddress(500)

/** What each kind of system is connected with. The secret is a field of its own. */
export const systemSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jupyterhub'),
    url: address.describe('The hub, without `/hub`.'),
    group: line(1, 255).default('guildhall').describe('The group from which the hub’s configuration gives its rights.'),
  }),
  ldapSettings,
  z.strictObject({
    kind: z.literal('scim'),
    url: address.describe('The base address of SCIM 2.0, such as https://app.example.org/scim/v2.'),
    group: line(1, 255)
      .default('guildhall')
      .describe('The display name of the group of those who may use the service.'),
  }),
  z.strictObject({
    kind: z.literal('keycloak'),
    url: address.describe('The server, without `/realms`.'),
    realm: line(1, 255),
    clientId: line(1, 255).describe('The client whose service account writes there. The secret is that of the client.'),
    group: line(1, 255)
      .refine((path) => /[^/]/.test(path))
      .default('guildhall')
      .describe('The path of the group whose child groups are named by the access roles. It stays.'),
    provider: line(1, 255)
      .nullable()
      .default(null)
      .describe('The alias of this site as an identity provider of the realm; null if people sign in there otherwise.'),
  }),
  z.strictObject({
    kind: z.literal('keystone'),
    url: address.describe('The address of the Identity API, with `/v3`.'),
    username: line(1, 255),
    userDomain: line(1, 64).default('Default').describe('The domain of that user.'),
    domain: line(1, 64).describe('The domain whose users, groups and projects are written.'),
    rights: z
      .enum(['system', 'domain'])
      .default('system')
      .describe(
        'Where the user has its role. With `domain`, credentials can’t be deleted, and users are deleted instead.',
      ),
    memberRole: line(1, 255)
      .nullable()
      .default('member')
      .describe('The Keystone role of everyone; null if it is named by the key of the access role.'),
    service: line(1, 255).nullable().default(null).describe('The type of the service whose limits are written.'),
    region: line(1, 255).nullable().default(null).describe('The region of those limits.'),
    limits: line(1, 500)
      .nullable()
      .default(null)
      .describe('The keys of the numbers of the quota role that are its limits, separated by commas.'),
  }),
])
export type SystemSettings = z.infer<typeof systemSettings>

const secret = line(1, 4096).describe('The token or password with which this site authenticates there.')

export const connectSystem = endpoint({
  id: 'connectSystem',
  method: 'POST',
  path: '/api/connections/systems',
  access: 'operator',
  fresh: true,
  summary: 'Connect a service to the system that gives access to it; the connection is off until it is switched on',
  input: z.strictObject({ service: catalogueKey, name: line(1, 60), settings: systemSettings, secret }),
  answer: z.object({ id }),
  problems: ['service_not_found', 'service_retired', 'system_connected_already'],
  status: 201,
})

export const changeSystem = endpoint({
  id: 'changeSystem',
  method: 'PUT',
  path: '/api/connections/{connectionId}/system',
  access: 'operator',
  fresh: true,
  summary: 'Change what a system is connected with, or its secret; a connection that pauses is tried at once',
  input: z.strictObject({
    connectionId: id,
    settings: systemSettings,
    secret: secret.nullable().default(null).describe('Null to keep the one that it has.'),
  }),
  problems: ['connection_not_found', 'system_connected_already', 'system_is_another'],
})

export const setSystemMode = endpoint({
  id: 'setSystemMode',
  method: 'PUT',
  path: '/api/connections/{connectionId}/mode',
  access: 'operator',
  fresh: true,
  summary: 'Choose what a connection may do in its system while it is on: report, grant only, or everything',
  input: z.strictObject({ connectionId: id, mode: z.enum(connectionModes) }),
  problems: ['connection_not_found'],
})

export const previewSystem = endpoint({
  id: 'previewSystem',
  method: 'POST',
  path: '/api/connections/{connectionId}/preview',
  access: 'operator',
  summary: 'What would change in a connected system if its connection were on; nothing is changed',
  input: z.strictObject({ connectionId: id }),
  answer: z.object({
    accounts: z.int().describe('How many accounts should have access there.'),
    known: z.int().describe('How many of them have an entry there that this site made or adopted.'),
    missing: z.int().describe('How many would be made.'),
    ending: z.int().describe('How many entries of accounts without access would be switched off.'),
    strangers: z.int().describe('How many entries there are that this site did not make. They are left alone.'),
    names: z.array(z.string()).describe('The first 20 of those.'),
  }),
  problems: ['connection_not_found', 'connection_elsewhere', 'system_not_listed'],
})

/** Why a row of an adoption can't be. */
export const adoptionTroubles = [
  'account_unknown',
  'entry_unknown',
  'account_has_another',
  'entry_of_another',
  'given_twice',
  'not_a_row',
] as const

export const adoptEntries = endpoint({
  id: 'adoptEntries',
  method: 'POST',
  path: '/api/connections/{connectionId}/adopt',
  access: 'operator',
  fresh: true,
  long: { bytes: 1_000_000 },
  summary: 'Say which entries of a connected system belong to which accounts, as CSV; a dry run changes nothing',
  input: z.strictObject({
    connectionId: id,
    csv: z
      .string()
      .min(1, says('Cannot be empty.'))
      .max(800_000, says('Too long. Split it into several files.'))
      .describe(
        'Two columns: the id or the address of the account, and the id of its entry there. At most 5,000 rows.',
      ),
    dryRun: z.boolean().default(true),
  }),
  answer: z.object({
    rows: z.int(),
    adopted: z
      .int()
      .describe('How many are adopted now; in a dry run, how many would be. None if there is any trouble.'),
    known: z.int().describe('How many were known already.'),
    troubles: z
      .array(z.object({ row: z.int().describe('From 1.'), trouble: z.enum(adoptionTroubles) }))
      .describe('The first 100.'),
  }),
  problems: ['connection_not_found', 'connection_elsewhere', 'system_not_listed'],
})
