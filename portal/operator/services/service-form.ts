import { randomId } from '@mantine/hooks'
import type { FieldError } from '../../../src/platform/errors'
import type { InputOf } from '../../../src/platform/http/endpoint'
import { formatList } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import type { Role, RoleKind, Service, saveService } from '../../../src/roles/services/schema'
import { currentValueHint } from '../../ui/current-value'
import { merge, same } from '../../ui/merge'
import { type NumberValue, numberToSend, spell } from '../../ui/read-number'

/** A number of a quota role, as typed. */
export interface LimitValues {
  /** Null until the server has made it from the name. It stays when the number is renamed. */
  key: string | null
  name: string
  value: NumberValue
  unlimited: boolean
  unit: string
}

/** The id identifies it in the form, because the key may still be typed. */
export interface RoleValues extends Omit<Role, 'version' | 'retired' | 'limits'> {
  limits: LimitValues[]
  /** It exists on the server: its key and kind are fixed. */
  known: boolean
}

export type ServiceValues = Pick<Service, 'key' | 'name' | 'description'> & {
  url: string
  s3Keys: NumberValue
  roles: RoleValues[]
}

export const emptyService: ServiceValues = { key: '', name: '', description: '', url: '', s3Keys: '', roles: [] }

export const emptyLimit: LimitValues = { key: null, name: '', value: '', unit: '', unlimited: false }

export const emptyRole = (kind: RoleKind): RoleValues => ({
  id: randomId(),
  key: '',
  kind,
  name: '',
  description: '',
  default: false,
  requestable: true,
  limits: [],
  known: false,
})

/** The form’s values for a service. A retired service comes back with all its roles. */
export const serviceValuesOf = ({ roles, retired, ...service }: Service): ServiceValues => ({
  key: service.key,
  name: service.name,
  description: service.description,
  url: service.url ?? '',
  s3Keys: service.s3Keys ?? '',
  roles: roles
    .filter((role) => retired || !role.retired)
    .map(({ version, retired, requestable, limits, ...role }) => ({
      ...role,
      requestable: requestable || retired,
      limits: limits.map(({ value, ...limit }) => ({ ...limit, value: value ?? '', unlimited: value === null })),
      known: true,
    })),
})

export const serviceInputOf = ({ roles, s3Keys, ...service }: ServiceValues): InputOf<typeof saveService> => ({
  ...service,
  s3Keys: s3Keys === '' ? null : numberToSend(s3Keys),
  roles: roles.map(({ id, known, limits, ...role }) => ({
    ...role,
    limits: limits.map(({ key, value, unlimited, ...limit }) => ({
      ...limit,
      ...(key !== null && { key }),
      value: unlimited ? null : numberToSend(value),
    })),
  })),
})

const factsOf = ({ name, description, url, s3Keys }: ServiceValues) => ({ name, description, url, s3Keys })

const factsOfRole = ({ name, description, default: isDefault, requestable, limits }: RoleValues) => ({
  name,
  description,
  default: isDefault,
  requestable,
  limits,
})

function inWords(role: RoleValues, field: keyof ReturnType<typeof factsOfRole>): string {
  const value = role[field]
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? t('selected') : t('not selected')
  const number = ({ name, value, unlimited, unit }: LimitValues) =>
    `${name} ${unlimited ? t('unlimited') : value} ${unit}`
  return formatList(value.map((limit) => number(limit).trim()))
}

/** The form’s values after others changed the service, and the current values of fields that both changed. */
export function mergeService(before: ServiceValues, entered: ServiceValues, now: ServiceValues) {
  const roleIn = ({ roles }: ServiceValues, roleId: string) => roles.find(({ id }) => id === roleId)
  const facts = merge(factsOf(before), factsOf(entered), factsOf(now))
  const fieldErrors: FieldError[] = facts.both.map((path) => ({ path, message: currentValueHint(spell(now[path])) }))
  const roles: RoleValues[] = []
  for (const role of now.roles) {
    const [was, mine] = [roleIn(before, role.id), roleIn(entered, role.id)]
    const at = `roles.${roles.length}`
    // A role retired here stays retired; one added or brought back there is kept.
    if (!mine) roles.push(...(was ? [] : [role]))
    else {
      const { values, both } = merge(was ? factsOfRole(was) : factsOfRole(role), factsOfRole(mine), factsOfRole(role))
      roles.push({ ...role, ...values })
      for (const name of both)
        fieldErrors.push({ path: `${at}.${name}`, message: currentValueHint(inWords(role, name)) })
    }
  }
  for (const mine of entered.roles.filter(({ id }) => !roleIn(now, id))) {
    const was = roleIn(before, mine.id)
    if (was && same(factsOfRole(was), factsOfRole(mine))) continue
    if (was) fieldErrors.push({ path: `roles.${roles.length}.name`, message: currentValueHint(t('retired')) })
    roles.push(mine)
  }
  return { values: { ...entered, ...facts.values, roles }, fieldErrors }
}
