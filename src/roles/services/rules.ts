import { type FieldError, Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'
import { withKeys } from './limit-keys'
import type { Catalogue, CatalogueChange, CatalogueRole, CatalogueService, Role, Service } from './schema'

interface Existing {
  /** The id of an existing row; a new one gets its id when it is written. */
  id: string | undefined
}

/** What has to be written to bring the catalogue to the desired state. Positions are places in the file. */
export interface CataloguePlan {
  changes: CatalogueChange[]
  services: (Existing & Omit<Service, 'id' | 'roles'> & { position: number })[]
  /** Changed roles, in their state from now on. */
  roles: (Omit<Role, 'id' | 'version'> & Existing & { service: string; position: number })[]
}

/** Reports contradictions in the file: a duplicate key, or two defaults of one kind. */
export function checkCatalogue({ services }: Catalogue, placeOf = (index: number) => `services.${index}.`): void {
  const errors: FieldError[] = []
  const path = (index: number, ...parts: (string | number)[]) => placeOf(index) + parts.join('.')
  services.forEach((service, s) => {
    if (services.findIndex(({ key }) => key === service.key) !== s)
      errors.push({
        path: path(s, 'key'),
        message: t('Another service already has the key “{key}”.', { key: service.key }),
      })
    service.roles.forEach((role, r) => {
      const before = service.roles.slice(0, r)
      if (before.some(({ key }) => key === role.key))
        errors.push({
          path: path(s, 'roles', r, 'key'),
          message: t('Another role already has the key “{key}”.', { key: role.key }),
        })
      if (role.default && before.some((other) => other.default && other.kind === role.kind))
        errors.push({
          path: path(s, 'roles', r, 'default'),
          message:
            role.kind === 'access'
              ? t('Another access role above it is already the default.')
              : t('Another quota role above it is already the default.'),
        })
      role.limits.forEach(({ key }, l) => {
        if (key !== undefined && role.limits.slice(0, l).some((other) => other.key === key))
          errors.push({
            path: path(s, 'roles', r, 'limits', l, 'key'),
            message: t('Another number already has the key “{key}”.', { key }),
          })
      })
    })
  })
  if (errors.length > 0) throw new Problem('invalid_input', errors)
}

/** The differences, service by service and role by role. What the file leaves out is retired, never deleted. */
export function planCatalogue(current: Service[], wanted: Catalogue): CataloguePlan {
  const plan: CataloguePlan = { changes: [], services: [], roles: [] }
  wanted.services.forEach((service, position) => {
    planService(plan, current, service, position)
  })
  for (const service of current)
    if (!wanted.services.some(({ key }) => key === service.key)) planRetirement(plan, current, service)
  return plan
}

/** The same for a single service, which keeps its place; a new one, or one that was retired, comes last. */
export function planOneService(current: Service[], wanted: CatalogueService): CataloguePlan {
  const plan: CataloguePlan = { changes: [], services: [], roles: [] }
  const offered = current.filter(({ retired }) => !retired)
  const place = offered.findIndex(({ key }) => key === wanted.key)
  planService(plan, current, wanted, place < 0 ? offered.length : place)
  return plan
}

export function planRetiring(current: Service[], key: string): CataloguePlan {
  const service = current.find((one) => one.key === key)
  if (!service) throw new Problem('service_not_found')
  const plan: CataloguePlan = { changes: [], services: [], roles: [] }
  planRetirement(plan, current, service)
  // Later services move up to close the gap, so that positions match the file. This does not count as a change.
  if (!service.retired)
    for (const [position, other] of current.entries())
      if (position > current.indexOf(service) && !other.retired) plan.services.push(serviceAt(other, position - 1))
  return plan
}

const serviceAt = ({ roles, ...service }: Service, position: number) => ({ ...service, position })

function planService(plan: CataloguePlan, current: Service[], wanted: CatalogueService, position: number): void {
  const { key, name, description } = wanted
  const facts = { name, description, url: wanted.url || null, s3Keys: wanted.s3Keys ?? null, retired: false }
  const before = current.find((service) => service.key === key)
  const fields = before ? differing(before, facts) : []
  const moved = before && current.indexOf(before) !== position
  if (moved) fields.push('position')
  if (!before || fields.length > 0) {
    plan.services.push({ id: before?.id, key, ...facts, position })
    plan.changes.push({ what: before ? 'service_changed' : 'service_added', service: key, role: null, fields })
  }
  wanted.roles.forEach((role, place) => {
    planRole(plan, before, key, role, place)
  })
  if (!before) return
  for (const role of before.roles)
    if (!role.retired && !wanted.roles.some((one) => one.key === role.key)) retireRole(plan, before, role.key)
}

function planRole(
  plan: CataloguePlan,
  service: Service | undefined,
  key: string,
  inFile: CatalogueRole,
  position: number,
): void {
  const before = service?.roles.find((role) => role.key === inFile.key)
  if (before && before.kind !== inFile.kind) throw new Problem('role_kind_is_fixed')
  const wanted = { ...inFile, limits: withKeys(inFile.limits, before?.limits ?? []), retired: false }
  const fields = before ? differing(before, wanted) : []
  const moved = before && service?.roles.indexOf(before) !== position
  if (moved) fields.push('position')
  if (before && fields.length === 0) return
  plan.roles.push({ ...wanted, id: before?.id, service: key, position })
  plan.changes.push({ what: before ? 'role_changed' : 'role_added', service: key, role: wanted.key, fields })
}

function planRetirement(plan: CataloguePlan, current: Service[], service: Service): void {
  if (!service.retired) {
    plan.services.push({ ...serviceAt(service, current.indexOf(service)), retired: true })
    plan.changes.push({ what: 'service_retired', service: service.key, role: null, fields: [] })
  }
  for (const role of service.roles) if (!role.retired) retireRole(plan, service, role.key)
}

function retireRole(plan: CataloguePlan, service: Service, key: string): void {
  const { version: _, ...role } = service.roles.find((one) => one.key === key)!
  const position = service.roles.findIndex((one) => one.key === key)
  plan.roles.push({ ...role, default: false, requestable: false, retired: true, service: service.key, position })
  plan.changes.push({ what: 'role_retired', service: service.key, role: key, fields: [] })
}

/** The names of the fields in which `before` differs from the desired state. */
function differing(before: object, wanted: object): string[] {
  const was = before as Record<string, unknown>
  return Object.entries(wanted)
    .filter(([name, value]) => JSON.stringify(sorted(was[name])) !== JSON.stringify(sorted(value)))
    .map(([name]) => name)
}

/** Sorts the keys of objects: the database stores them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The catalogue as a file: without ids and retired entries. */
export function toCatalogue(services: Service[]): Catalogue {
  return {
    services: services
      .filter(({ retired }) => !retired)
      .map(({ key, name, description, url, s3Keys, roles }) => ({
        key,
        name,
        description,
        ...(url !== null && { url }),
        ...(s3Keys !== null && { s3Keys }),
        roles: roles
          .filter(({ retired }) => !retired)
          .map(({ id, version, retired, limits, ...role }) => ({
            ...role,
            limits: limits.map(({ key, name, value, unit }) => ({ key, name, value, unit })),
          })),
      })),
  }
}
