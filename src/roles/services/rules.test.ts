import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CataloguePlan, checkCatalogue, planCatalogue, planOneService, planRetiring, toCatalogue } from './rules'
import type { Catalogue, CatalogueRole, CatalogueService, Role, Service } from './schema'

const role = (given: Partial<CatalogueRole> & { key: string }): CatalogueRole => ({
  kind: 'access',
  name: 'A role',
  description: '',
  default: false,
  requestable: true,
  limits: [],
  ...given,
})
const service = (key: string, roles: CatalogueRole[] = []): CatalogueService => ({
  key,
  name: `Service ${key}`,
  description: '',
  roles,
})
const file = (...services: CatalogueService[]): Catalogue => ({ services })

interface Stored extends Omit<Service, 'roles'> {
  position: number
  roles: (Role & { position: number })[]
}

/** The catalogue after a plan, as the store reads it: retired entries come last, then by position and key. */
function applied(current: Service[], plan: CataloguePlan): Service[] {
  const stored = current as Stored[]
  const services = new Map(stored.map((one) => [one.key, { ...one, roles: [...one.roles] }]))
  for (const { id, ...wanted } of plan.services) {
    const before = services.get(wanted.key)
    expect(id).toBe(before?.id)
    services.set(wanted.key, { id: `id of ${wanted.key}`, roles: [], ...before, ...wanted })
  }
  for (const { id, service: key, ...wanted } of plan.roles) {
    const roles = services.get(key)!.roles
    const before = roles.find((one) => one.key === wanted.key)
    expect(id).toBe(before?.id)
    roles.splice(before ? roles.indexOf(before) : roles.length, before ? 1 : 0, {
      ...wanted,
      version: (before?.version ?? 0) + 1,
      id: `id of ${key}/${wanted.key}`,
    })
  }
  const inOrder = <Item extends { retired: boolean; position: number; key: string }>(items: Item[]) =>
    items.sort((a, b) => Number(a.retired) - Number(b.retired) || a.position - b.position || (a.key < b.key ? -1 : 1))
  return inOrder([...services.values()].map((one) => ({ ...one, roles: inOrder(one.roles) })))
}

const from = (...services: CatalogueService[]) => applied([], planCatalogue([], file(...services)))
/** `change role eodata/low: limits`, in short. */
const inShort = ({ changes }: CataloguePlan) =>
  changes.map(({ what, service: of, role: key, fields }) => [what, key ? `${of}/${key}` : of, ...fields].join(' '))

describe('a plan', () => {
  const reader = role({ key: 'reader' })
  const small = role({ key: 'small', kind: 'quota', limits: [{ key: 'maps', name: 'Maps', value: 5, unit: 'map' }] })
  const maps = service('maps', [reader, small])

  test.each<[string, CatalogueService[], CatalogueService[], string[]]>([
    ['of the first file', [], [maps], ['service_added maps', 'role_added maps/reader', 'role_added maps/small']],
    ['of the same file', [maps], [maps], []],
    ['of another name', [maps], [{ ...maps, name: 'Maps' }], ['service_changed maps name']],
    [
      'of a URL and S3 keys',
      [maps],
      [{ ...maps, url: 'https://maps.example', s3Keys: 5 }],
      ['service_changed maps url s3Keys'],
    ],
    ['without the S3 keys that there were', [{ ...maps, s3Keys: 5 }], [maps], ['service_changed maps s3Keys']],
    ['of an empty URL and no S3 keys', [maps], [{ ...maps, url: '', s3Keys: null }], []],
    [
      'of other numbers',
      [maps],
      [service('maps', [reader, { ...small, limits: [{ name: 'Maps', value: 6, unit: 'map' }] }])],
      ['role_changed maps/small limits'],
    ],
    [
      'of two changed fields',
      [maps],
      [service('maps', [{ ...reader, requestable: false, default: true }, small])],
      ['role_changed maps/reader default requestable'],
    ],
    [
      'of numbers without their keys',
      [maps],
      [service('maps', [reader, { ...small, limits: [{ name: 'Maps', value: 5, unit: 'map' }] }])],
      [],
    ],
    [
      'of another name of a number',
      [maps],
      [service('maps', [reader, { ...small, limits: [{ key: 'maps', name: 'Tiles', value: 5, unit: 'map' }] }])],
      ['role_changed maps/small limits'],
    ],
    ['without a role', [maps], [service('maps', [reader])], ['role_retired maps/small']],
    [
      'without the first role',
      [maps],
      [service('maps', [small])],
      ['role_changed maps/small position', 'role_retired maps/reader'],
    ],
    ['without a service', [maps, service('notes')], [maps], ['service_retired notes']],
    ['of nothing', [maps], [], ['service_retired maps', 'role_retired maps/reader', 'role_retired maps/small']],
    [
      'in another order',
      [maps, service('notes')],
      [service('notes'), maps],
      ['service_changed notes position', 'service_changed maps position'],
    ],
  ])('%s', (_, before, wanted, expected) => {
    expect(inShort(planCatalogue(from(...before), file(...wanted)))).toEqual(expected)
  })

  test('brings back what was retired, as what it was', () => {
    const retired = applied(from(maps), planCatalogue(from(maps), file()))
    const plan = planCatalogue(retired, file(maps))
    expect(inShort(plan)).toEqual([
      'service_changed maps retired',
      'role_changed maps/reader requestable retired',
      'role_changed maps/small requestable retired',
    ])
    expect(plan.roles.map(({ id }) => id)).toEqual(['id of maps/reader', 'id of maps/small'])
  })

  test('retires once', () => {
    const retired = applied(from(maps), planRetiring(from(maps), 'maps'))
    expect(planRetiring(retired, 'maps').changes).toEqual([])
    expect(() => planRetiring(retired, 'notes')).toThrow(expect.objectContaining({ code: 'service_not_found' }))
  })

  test('does not turn an access role into a quota role, a retired one neither', () => {
    const turned = file(service('maps', [{ ...reader, kind: 'quota' }, small]))
    const refused = expect.objectContaining({ code: 'role_kind_is_fixed' })
    expect(() => planCatalogue(from(maps), turned)).toThrow(refused)
    expect(() => planCatalogue(applied(from(maps), planRetiring(from(maps), 'maps')), turned)).toThrow(refused)
  })

  test('of one service leaves the others where they are', () => {
    const all = from(service('a'), service('b'), service('c'))
    const keys = (services: Service[]) => toCatalogue(services).services.map(({ key }) => key)
    const changed = applied(all, planOneService(all, { ...service('b'), name: 'New' }))
    expect(keys(changed)).toEqual(['a', 'b', 'c'])
    expect(keys(applied(all, planOneService(all, service('0'))))).toEqual(['a', 'b', 'c', '0'])
  })

  test('of a change after a service was retired keeps the order of the others', () => {
    const all = from(service('m'), service('z'), service('b'))
    const without = applied(all, planRetiring(all, 'm'))
    const changed = applied(without, planOneService(without, { ...service('b'), name: 'New' }))
    expect(toCatalogue(changed).services.map(({ key }) => key)).toEqual(['z', 'b'])
  })
})

describe('a file that contradicts itself is refused with the place', () => {
  const quota = (key: string) => role({ key, kind: 'quota', default: true })
  test.each<[string, CatalogueService[], { path: string; message: string }[]]>([
    [
      'the same service twice',
      [service('a'), service('b'), service('a')],
      [{ path: 'services.2.key', message: 'Another service already has the key “a”.' }],
    ],
    [
      'the same role twice',
      [service('a'), service('b', [role({ key: 'x' }), role({ key: 'x', kind: 'quota' })])],
      [{ path: 'services.1.roles.1.key', message: 'Another role already has the key “x”.' }],
    ],
    [
      'two defaults of one kind',
      [service('a', [role({ key: 'x', default: true }), quota('y'), quota('z')])],
      [{ path: 'services.0.roles.2.default', message: 'Another quota role above it is already the default.' }],
    ],
    [
      'the same number twice',
      [
        service('a', [
          { ...quota('y'), limits: ['n', 'm', 'n'].map((key) => ({ key, name: key, value: 1, unit: '' })) },
        ]),
      ],
      [{ path: 'services.0.roles.0.limits.2.key', message: 'Another number already has the key “n”.' }],
    ],
    [
      'several at once',
      [service('a'), service('a', [quota('y'), quota('y')])],
      [
        { path: 'services.1.key', message: 'Another service already has the key “a”.' },
        { path: 'services.1.roles.1.key', message: 'Another role already has the key “y”.' },
        { path: 'services.1.roles.1.default', message: 'Another quota role above it is already the default.' },
      ],
    ],
  ])('%s', (_, services, errors) => {
    expect(() => checkCatalogue(file(...services))).toThrow(expect.objectContaining({ code: 'invalid_input', errors }))
  })

  test('the same role on two services, and a default of each kind, are none', () => {
    const roles = [role({ key: 'x', default: true }), quota('y')]
    expect(() => checkCatalogue(file(service('a', roles), service('b', roles)))).not.toThrow()
  })
})

test('whatever was before, after a plan the catalogue is what was wanted, and planning it again changes nothing', () => {
  const keys = ['a', 'b', 'c', 'd']
  const roles = fc
    .shuffledSubarray(keys)
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((key) =>
          fc
            .record({ requestable: fc.boolean(), name: fc.constantFrom('One', 'Two') })
            .map((given) => role({ key, kind: key < 'c' ? 'access' : 'quota', ...given })),
        ),
      ),
    )
  const optional = fc.record({ url: fc.webUrl(), s3Keys: fc.integer({ min: 1, max: 100 }) }, { requiredKeys: [] })
  const aService = (key: string) =>
    fc.tuple(roles, optional).map(([own, more]) => ({ ...service(key, own as CatalogueRole[]), ...more }))
  const wantedFile = fc.shuffledSubarray(keys).chain((chosen) => fc.tuple(...chosen.map(aService)))
  const step = fc.oneof(
    wantedFile.map((services) => ({ import: services as CatalogueService[] })),
    fc.constantFrom(...keys).chain((key) => aService(key).map((save) => ({ save }))),
    fc.constantFrom(...keys).map((retire) => ({ retire })),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let current: Service[] = []
      for (const one of steps) {
        const before = toCatalogue(current).services
        let expected: CatalogueService[]
        let plan: CataloguePlan
        if ('import' in one) {
          expected = one.import
          plan = planCatalogue(current, file(...expected))
        } else if ('save' in one) {
          const known = before.some(({ key }) => key === one.save.key)
          expected = known ? before.map((old) => (old.key === one.save.key ? one.save : old)) : [...before, one.save]
          plan = planOneService(current, one.save)
        } else {
          expected = before.filter(({ key }) => key !== one.retire)
          plan = current.some(({ key }) => key === one.retire)
            ? planRetiring(current, one.retire)
            : planCatalogue(current, toCatalogue(current))
        }
        current = applied(current, plan)
        expect(toCatalogue(current)).toMatchObject(file(...expected))
        const optionalOf = ({ url, s3Keys }: CatalogueService) => ({ url, s3Keys })
        expect(toCatalogue(current).services.map(optionalOf)).toEqual(expected.map(optionalOf))
        expect(planCatalogue(current, toCatalogue(current))).toEqual({ changes: [], services: [], roles: [] })
      }
    }),
    { numRuns: 500 },
  )
})
