import { randomId } from '@mantine/hooks'
import type { InputOf } from '../../src/http/endpoint'
import type { RoleKind, Service, saveService } from '../../src/services/schema'
import { type NumberValue, numberToSend } from '../ui/read-number'

/** A number of a quota role while it is typed. */
export interface LimitValues {
  name: string
  value: NumberValue
  unlimited: boolean
  unit: string
}

export interface RoleValues {
  /** For the list on the screen; the key is still being typed. */
  id: string
  key: string
  kind: RoleKind
  name: string
  description: string
  default: boolean
  requestable: boolean
  limits: LimitValues[]
  /** Its key and kind are fixed. */
  known: boolean
}

export type ServiceValues = {
  key: string
  name: string
  description: string
  roles: RoleValues[]
}

export const emptyService: ServiceValues = { key: '', name: '', description: '', roles: [] }

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

/** A service as it is; one that is retired comes back with all its roles. */
export const valuesOf = ({ key, name, description, roles, retired }: Service): ServiceValues => ({
  key,
  name,
  description,
  roles: roles
    .filter((role) => retired || !role.retired)
    .map(({ retired, ...role }) => ({
      ...role,
      requestable: role.requestable || retired,
      limits: role.limits.map(({ value, ...limit }) => ({ ...limit, value: value ?? '', unlimited: value === null })),
      known: true,
    })),
})

export const inputOf = ({ roles, ...service }: ServiceValues): InputOf<typeof saveService> => ({
  ...service,
  roles: roles.map(({ id, known, limits, ...role }) => ({
    ...role,
    limits: limits.map(({ value, unlimited, ...limit }) => ({
      ...limit,
      value: unlimited ? null : numberToSend(value),
    })),
  })),
})
