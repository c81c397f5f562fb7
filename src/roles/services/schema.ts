import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, optionalWebAddress, paragraph, seenVersion } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'

const endpoint = endpointsOf('Services')

export const roleKinds = ['access', 'quota'] as const
export type RoleKind = (typeof roleKinds)[number]

const mostServices = 500
const mostRoles = 100
/** The maximum size of a catalogue: the maximum numbers of services and roles, at 400 bytes for each role. */
export const catalogueBytes: number = mostServices * mostRoles * 400

/** A name in files and for programs. It never changes. */
export const catalogueKey = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    says('Use up to 63 lowercase letters, digits and dashes. Don’t start with a dash.'),
  )

/** A number of a quota role: `20 MB/s`, `6 TB/month`, `10` of what its name says, or unlimited. */
const catalogueLimit = z.strictObject({
  key: catalogueKey
    .optional()
    .describe('Its name for programs, unique in the role. Left out, the number of the same name keeps its key.'),
  name: line(1, 80),
  value: z
    .number(says('Must be a number.'))
    .min(0, says('Must not be negative.'))
    .max(1e15, says('At most 10^15.'))
    .nullable()
    .describe('null for unlimited.'),
  unit: line(0, 20).default('').describe('May be empty if the name says it: Instances 10.'),
})
export type CatalogueLimit = z.infer<typeof catalogueLimit>

/** A role in the form of the catalogue's file. */
const catalogueRole = z
  .strictObject({
    key: catalogueKey,
    kind: z.enum(roleKinds),
    name: line(1, 120),
    description: paragraph(0, 2000).default(''),
    default: z
      .boolean()
      .default(false)
      .describe('Every account holds it, with or without an organization. At most one of each kind.'),
    requestable: z
      .boolean()
      .default(true)
      .describe('Organizations can request it; operators can grant it in any case.'),
    limits: z.array(catalogueLimit).max(20, says('At most 20 numbers.')).default([]).describe('Of quota roles only.'),
  })
  .refine(({ kind, limits }) => kind === 'quota' || limits.length === 0, {
    path: ['limits'],
    ...says('Only quota roles can have numbers.'),
  })
export type CatalogueRole = z.infer<typeof catalogueRole>

const serviceForm = {
  name: line(1, 120),
  description: paragraph(0, 2000).default(''),
  url: optionalWebAddress(2000)
    .nullish()
    .describe('Where people open it: a URL with http or https. Left out, null or empty, there is no such page.'),
  s3Keys: z
    .int(says('Must be a whole number.'))
    .min(1, says('At least 1.'))
    .max(100, says('At most 100.'))
    .nullish()
    .describe('How many S3 keys each person who may use it can have. Left out or null, it gives none.'),
  roles: z
    .array(catalogueRole)
    .max(mostRoles, says('At most {number} roles.', { number: String(mostRoles) }))
    .default([]),
}

/** A service in the form of the catalogue's file, with its roles. */
export const catalogueService = z.strictObject({ key: catalogueKey, ...serviceForm })
export type CatalogueService = z.infer<typeof catalogueService>

/** The whole catalogue, as `guildhall catalogue` imports and exports it. What it leaves out is retired. */
export const catalogue = z.strictObject({
  services: z
    .array(catalogueService)
    .max(mostServices, says('At most {number} services.', { number: String(mostServices) })),
})
export type Catalogue = z.infer<typeof catalogue>

export const roleVersion = z
  .int(says('Must be a whole number.'))
  .min(1, says('At least 1.'))
  .max(2_000_000_000, says('Not a valid version.'))

/** A number of a quota role in answers. */
export const limit = z.object({
  key: z.string().describe('Its name for programs: it stays when the number is renamed.'),
  name: z.string(),
  value: z.number().nullable().describe('null for unlimited.'),
  unit: z.string(),
})
export type Limit = z.infer<typeof limit>

export const role = z.object({
  id,
  version: roleVersion.describe(
    'Counts changes of the role. A decision sends the version last read, for optimistic concurrency.',
  ),
  key: z.string(),
  kind: z.enum(roleKinds),
  name: z.string(),
  description: z.string(),
  default: z.boolean(),
  requestable: z.boolean(),
  retired: z.boolean().describe('It can no longer be granted; existing holders keep it.'),
  limits: z.array(limit),
})
export type Role = z.infer<typeof role>

/**
 * A role in the form of events: with the names that it and its service had at the time, so that readers need no lookup.
 */
export interface NamedRole {
  serviceId: string
  kind: RoleKind
  roleId: string
  service: { key: string; name: string }
  role: { key: string; name: string }
}

export const service = z.object({
  id,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  url: z.string().nullable().describe('Where people open it; null if there is no such page.'),
  s3Keys: z.int().nullable().describe('How many S3 keys each person who may use it can have; null if it gives none.'),
  retired: z.boolean(),
  roles: z.array(role),
})
export type Service = z.infer<typeof service>

/** One difference between the current catalogue and the desired one. */
export const catalogueChange = z.object({
  what: z.enum(['service_added', 'service_changed', 'service_retired', 'role_added', 'role_changed', 'role_retired']),
  service: z.string().describe('The service’s key.'),
  role: z.string().nullable().describe('The role’s key, if the change concerns a role.'),
  fields: z.array(z.string()).describe('The names of the changed fields.'),
})
export type CatalogueChange = z.infer<typeof catalogueChange>

const ofSeen = 'The version of the catalogue that was seen; in another one nothing happens. Left out, any will do.'
const optionalVersion = seenVersion.optional().describe(ofSeen)
/** `optionalVersion` in a query string, where every value is text. */
const seenInQuery = z
  .string()
  .regex(/^\d{1,10}$/, says('Must be a whole number.'))
  .transform(Number)
  .pipe(seenVersion)
  .optional()
  .describe(ofSeen)

export const listServices = endpoint({
  id: 'listServices',
  method: 'GET',
  path: '/api/services',
  access: 'account',
  summary: 'The catalogue: services with their access roles and quota roles; operators also get retired ones',
  answer: z.object({
    version: z.int().describe('The catalogue’s version: it counts changes.'),
    services: z.array(service),
  }),
})

export const saveService = endpoint({
  id: 'saveService',
  method: 'PUT',
  path: '/api/services/{key}',
  access: 'operator',
  summary: 'Add a service or change it, with all its roles; roles left out are retired',
  input: z.strictObject({ key: catalogueKey, version: optionalVersion, ...serviceForm }),
  answer: z.object({ changes: z.array(catalogueChange) }),
  problems: ['role_kind_is_fixed', 'changed_meanwhile'],
})

export const retireService = endpoint({
  id: 'retireService',
  method: 'DELETE',
  path: '/api/services/{key}',
  access: 'operator',
  summary: 'Retire a service with its roles; existing holders keep theirs',
  input: z.strictObject({ key: catalogueKey, version: seenInQuery }),
  problems: ['service_not_found', 'changed_meanwhile'],
})

export const importCatalogue = endpoint({
  id: 'importCatalogue',
  method: 'POST',
  path: '/api/catalogue',
  access: 'operator',
  summary: 'Make the catalogue match the file, all or nothing; or only report what would change',
  input: z.strictObject({ ...catalogue.shape, version: optionalVersion, dryRun: z.boolean().default(false) }),
  answer: z.object({
    version: z.int().describe('The version of the catalogue to which the changes apply.'),
    changes: z.array(catalogueChange),
  }),
  problems: ['role_kind_is_fixed', 'changed_meanwhile'],
  long: { bytes: catalogueBytes, list: { name: 'services', most: mostServices } },
})

export const exportCatalogue = endpoint({
  id: 'exportCatalogue',
  method: 'GET',
  path: '/api/catalogue',
  access: 'operator',
  summary: 'The catalogue as a file; importing it changes nothing',
  answer: catalogue,
})
