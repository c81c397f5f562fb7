import { expect, test } from 'vitest'
import { mergeService, type RoleValues, type ServiceValues } from './service-form'

const role = (id: string, more: Partial<RoleValues> = {}): RoleValues => ({
  id,
  key: id,
  kind: 'quota',
  name: id,
  description: '',
  default: false,
  requestable: true,
  limits: [],
  known: true,
  ...more,
})
const service = (roles: RoleValues[], more: Partial<ServiceValues> = {}): ServiceValues => ({
  key: 'tiles',
  name: 'Tiles',
  description: '',
  url: '',
  s3Keys: '',
  roles,
  ...more,
})
const tiles = (value: number) => [{ key: 'tiles', name: 'Tiles', value, unit: '1/s', unlimited: false }]

test('a role that someone else added is in the form, before what was added here', () => {
  const added = role('mine', { known: false })
  const { values, fieldErrors } = mergeService(
    service([role('low')]),
    service([role('low'), added]),
    service([role('low'), role('high')]),
  )
  expect(values.roles).toEqual([role('low'), role('high'), added])
  expect(fieldErrors).toEqual([])
})

test('a role that was retired here stays retired, one that was retired there goes, unless it was changed here', () => {
  const before = service([role('here'), role('there'), role('both')])
  const entered = service([role('there'), role('both', { name: 'Both' })])
  const { values, fieldErrors } = mergeService(before, entered, service([role('here')]))
  expect(values.roles).toEqual([role('both', { name: 'Both' })])
  expect(fieldErrors).toEqual([{ path: 'roles.0.name', message: 'Current value: retired' }])
})

test('fields of the service and of its roles are merged one by one, with a hint where both changed them', () => {
  const before = service([role('low', { limits: tiles(5) })])
  const entered = service([role('low', { limits: tiles(6), requestable: false })], { name: 'My tiles', s3Keys: 3 })
  const now = service([role('low', { limits: tiles(7), description: 'Few.' })], {
    name: 'Tiles!',
    description: 'Maps.',
    url: 'https://tiles.example',
    s3Keys: 5,
  })
  expect(mergeService(before, entered, now)).toEqual({
    values: service([role('low', { limits: tiles(6), requestable: false, description: 'Few.' })], {
      name: 'My tiles',
      description: 'Maps.',
      url: 'https://tiles.example',
      s3Keys: 3,
    }),
    fieldErrors: [
      { path: 'name', message: 'Current value: Tiles!' },
      { path: 's3Keys', message: 'Current value: 5' },
      { path: 'roles.0.limits', message: 'Current value: Tiles 7 1/s' },
    ],
  })
})
