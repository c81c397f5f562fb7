import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { sql } from '../../platform/db/sql'
import type { InputOf } from '../../platform/http/endpoint'
import { grantRole } from '../role-assignments/schema'
import {
  type Catalogue,
  type CatalogueLimit,
  catalogue,
  exportCatalogue,
  importCatalogue,
  listServices,
  retireService,
  saveService,
} from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const published = () =>
  JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8')) as InputOf<typeof importCatalogue>
const countEvents = async () => (await site.db.only<{ n: number }>(sql`select count(*)::int as n from events`)).n
const import_ = (wanted: InputOf<typeof importCatalogue>) => operator.call(importCatalogue, wanted)
const exported = () => operator.call(exportCatalogue, {})
/** The catalogue without the keys of numbers, as files from before numbers had keys. */
const keyless = ({ services }: Catalogue): Catalogue => ({
  services: services.map((service) => ({
    ...service,
    roles: service.roles.map((role) => ({ ...role, limits: role.limits.map(({ key, ...limit }) => limit) })),
  })),
})
const roleOf = async (key: string) =>
  (await operator.call(listServices, {})).services.flatMap(({ roles }) => roles).find((role) => role.key === key)!

describe('importing the catalogue', () => {
  test('as CopPhil publishes it, and then its export, which changes nothing and writes no event', async () => {
    const would = await import_({ ...published(), dryRun: true })
    expect((await operator.call(listServices, {})).services).toEqual([])
    const { changes } = await import_(published())
    expect(changes).toEqual(would.changes)
    expect(changes.filter(({ what }) => what === 'service_added').map(({ service }) => service)).toEqual([
      'eodata',
      'jupyter',
      'cloud',
    ])
    expect(keyless(await exported())).toEqual(catalogue.parse(published()))
    const before = await countEvents()
    expect(await import_(await exported())).toMatchObject({ changes: [] })
    expect(await import_(published())).toMatchObject({ changes: [] })
    expect(await countEvents()).toBe(before)
  })

  test('changes roles, and keeps what they were for the time before', async () => {
    await import_(published())
    const { id, limits } = await roleOf('jupyter-low')
    const wanted = await exported()
    const jupyter = wanted.services.find(({ key }) => key === 'jupyter')!
    jupyter.roles.find(({ key }) => key === 'jupyter-low')!.limits[0]!.value = 3
    expect((await import_(wanted)).changes).toEqual([
      { what: 'role_changed', service: 'jupyter', role: 'jupyter-low', fields: ['limits'] },
    ])
    const versions = await site.db.rows<{ limits: unknown; ended: boolean }>(
      sql`select limits, valid_until is not null as ended from role_versions where role_id = ${id} order by valid_from`,
    )
    expect(versions).toEqual([
      { limits, ended: true },
      { limits: [{ ...limits[0], value: 3 }, ...limits.slice(1)], ended: false },
    ])
  })

  test('retires what it leaves out: holders keep it, no one else gets it, and accounts no longer see it', async () => {
    await import_(published())
    const { id: organizationId } = await acceptedOrganization(site)
    const { id: roleId } = await roleOf('eodata-high')
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A partner.' })
    const wanted = await exported()
    wanted.services[0]!.roles = wanted.services[0]!.roles.filter(({ key }) => key !== 'eodata-high')
    await import_(wanted)
    expect(await roleOf('eodata-high')).toMatchObject({ id: roleId, retired: true, requestable: false })
    const shown = (await (await site.person()).call(listServices, {})).services.flatMap(({ roles }) => roles)
    expect(shown.filter(({ retired }) => retired)).toEqual([])
    const { id: other } = await acceptedOrganization(site)
    expect(await asSeen(operator).try(grantRole, { organizationId: other, roleId, reason: 'No.' })).toMatchObject({
      status: 409,
      code: 'role_retired',
    })
    await import_(published())
    expect(await roleOf('eodata-high')).toMatchObject({ id: roleId, retired: false, requestable: true })
  })

  test.each<[string, (file: Catalogue) => unknown, string, string]>([
    [
      'the same role twice',
      ({ services }) => services[1]!.roles.push(services[1]!.roles[0]!),
      'services.1.roles.3.key',
      'Another role already has the key “jupyter”.',
    ],
    [
      'two defaults of one kind',
      ({ services }) => Object.assign(services[0]!.roles[3]!, { default: true }),
      'services.0.roles.3.default',
      'Another quota role above it is already the default.',
    ],
    [
      'numbers of an access role',
      ({ services }) => services[1]!.roles[0]!.limits.push({ name: 'CPU', value: 1, unit: 'core' }),
      'services.1.roles.0.limits',
      'Only quota roles can have numbers.',
    ],
    [
      'a number below nothing',
      ({ services }) => Object.assign(services[1]!.roles[1]!.limits[0]!, { value: -1 }),
      'services.1.roles.1.limits.0.value',
      'Must not be negative.',
    ],
    [
      'a number that is text',
      ({ services }) => Object.assign(services[1]!.roles[1]!.limits[0]!, { value: '' }),
      'services.1.roles.1.limits.0.value',
      'Must be a number.',
    ],
    [
      'another kind of role',
      ({ services }) => Object.assign(services[1]!.roles[0]!, { kind: 'admin' }),
      'services.1.roles.0.kind',
      '',
    ],
    [
      'a key with capitals',
      ({ services }) => Object.assign(services[2]!, { key: 'Cloud' }),
      'services.2.key',
      'Use up to 63 lowercase letters, digits and dashes. Don’t start with a dash.',
    ],
    [
      'a misspelt field',
      ({ services }) => Object.assign(services[0]!.roles[0]!, { defualt: true }),
      'services.0.roles.0.defualt',
      'Unknown field.',
    ],
  ])('with one wrong place, %s, is refused with the place, and nothing is changed', async (_, spoil, path, message) => {
    await import_(published())
    const [before, events] = [await operator.call(listServices, {}), await countEvents()]
    const file = await exported()
    // Valid on its own: only its wrong place prevents the import.
    file.services[0]!.name = 'Another name'
    spoil(file)
    const { status, code, problem } = await operator.try(importCatalogue, file)
    expect({ status, code }).toEqual({ status: 400, code: 'invalid_input' })
    expect(problem.errors).toContainEqual({ path, message: message || expect.any(String) })
    expect([await operator.call(listServices, {}), await countEvents()]).toEqual([before, events])
  })

  test('takes a number without a unit, and one that is unlimited', async () => {
    await import_(published())
    const file = published()
    const limits = [
      { name: 'Instances', value: 10 },
      { name: 'Transfer', value: null, unit: 'TB/month' },
    ]
    Object.assign(file.services[1]!.roles![1]!, { limits })
    await import_(file)
    const wanted = [
      { key: 'instances', name: 'Instances', value: 10, unit: '' },
      { key: 'transfer', ...limits[1] },
    ]
    expect((await roleOf('jupyter-low')).limits).toEqual(wanted)
    expect((await import_(await exported())).changes).toEqual([])
    expect((await import_(file)).changes).toEqual([])
  })

  test('keeps the keys of numbers where the file gives none, and knows a renamed number by the key that it gives', async () => {
    await import_(published())
    const file = await exported()
    const [cpu] = file.services[1]!.roles[1]!.limits
    expect(cpu).toMatchObject({ key: 'cpu', name: 'CPU' })
    cpu!.name = 'Processors'
    expect((await import_(file)).changes).toMatchObject([{ role: 'jupyter-low', fields: ['limits'] }])
    expect((await roleOf('jupyter-low')).limits[0]).toMatchObject({ key: 'cpu', name: 'Processors' })
    expect((await import_(keyless(file))).changes).toEqual([])
    expect((await import_(published())).changes).toMatchObject([{ role: 'jupyter-low', fields: ['limits'] }])
    Object.assign(cpu!, { name: 'CPU time', key: undefined })
    await import_(file)
    expect((await roleOf('jupyter-low')).limits[0]).toMatchObject({ key: 'cpu-time', name: 'CPU time' })
  })

  test('takes as many services and roles as there may be; long bodies are read of operators only', async () => {
    const services = Array.from({ length: 500 }, (_, s) => ({
      key: `s-${s}`,
      name: `Service ${s}`,
      roles: Array.from({ length: 100 }, (_, r) => ({ key: `r-${r}`, kind: 'access' as const, name: `Role ${r}` })),
    }))
    const { changes } = await import_({ services, dryRun: true })
    expect(changes.filter(({ what }) => what === 'role_added')).toHaveLength(50_000)
    const person = await site.person()
    expect(await person.try(importCatalogue, { services, dryRun: true })).toMatchObject({ status: 403 })
    expect(await site.anonymous.try(importCatalogue, { services, dryRun: true })).toMatchObject({ status: 401 })
    // The request is refused before the body is parsed, so an unreadable body is not reported either.
    const unreadable = '{'.repeat(100_000)
    const { method, path } = importCatalogue
    expect(await person.raw(method, path, unreadable)).toMatchObject({ status: 403 })
    expect(await site.anonymous.raw(method, path, unreadable)).toMatchObject({ status: 401 })
    expect(await operator.try(saveService, { key: 'x', name: 'n'.repeat(100_000) })).toMatchObject({ status: 413 })
  })

  test('does not turn an access role into a quota role', async () => {
    await import_(published())
    const file = await exported()
    file.services[0]!.name = 'Another name'
    Object.assign(file.services[1]!.roles[0]!, { kind: 'quota' })
    const before = await operator.call(listServices, {})
    expect(await operator.try(importCatalogue, file)).toMatchObject({ status: 409, code: 'role_kind_is_fixed' })
    expect(await operator.call(listServices, {})).toEqual(before)
  })
})

describe('one service', () => {
  const notes = { key: 'notes', name: 'Notes', roles: [{ key: 'writer', kind: 'access' as const, name: 'Writer' }] }

  test('is added, changed and retired on its own', async () => {
    const { changes } = await operator.call(saveService, notes)
    expect(changes.map(({ what }) => what)).toEqual(['service_added', 'role_added'])
    expect(await operator.call(saveService, notes)).toMatchObject({ changes: [] })
    const { changes: renamed } = await operator.call(saveService, { ...notes, name: 'Field notes' })
    expect(renamed).toEqual([{ what: 'service_changed', service: 'notes', role: null, fields: ['name'] }])
    await operator.call(retireService, { key: 'notes' })
    const before = await countEvents()
    await operator.call(retireService, { key: 'notes' })
    expect(await countEvents()).toBe(before)
    expect((await exported()).services.map(({ key }) => key)).not.toContain('notes')
  })

  test('may have a URL and give S3 keys; a change that leaves them out removes them', async () => {
    const journal = { ...notes, key: 'journal' }
    await operator.call(saveService, journal)
    const { changes } = await operator.call(saveService, {
      ...journal,
      url: '  HTTPS://Notes.Example/Open?a=b ',
      s3Keys: 5,
    })
    expect(changes).toEqual([{ what: 'service_changed', service: 'journal', role: null, fields: ['url', 's3Keys'] }])
    const saved = async () => (await operator.call(listServices, {})).services.find(({ key }) => key === 'journal')
    expect(await saved()).toMatchObject({ url: 'https://notes.example/Open?a=b', s3Keys: 5 })
    const { details } = await site.db.only<{ details: { services: object[] } }>(
      sql`select details from events where kind = 'catalogue_changed' order by position desc limit 1`,
    )
    expect(details.services).toMatchObject([{ key: 'journal', url: 'https://notes.example/Open?a=b', s3Keys: 5 }])
    await operator.call(retireService, { key: 'journal' })
    expect(await saved()).toMatchObject({ retired: true, url: 'https://notes.example/Open?a=b', s3Keys: 5 })
    await operator.call(saveService, { ...journal, url: 'https://notes.example', s3Keys: 1 })
    expect((await exported()).services.at(-1)).toMatchObject({ url: 'https://notes.example', s3Keys: 1 })
    await operator.call(saveService, { ...journal, url: ' ', s3Keys: null })
    expect(await saved()).toMatchObject({ url: null, s3Keys: null })
    expect(Object.keys((await exported()).services.at(-1)!)).toEqual(['key', 'name', 'description', 'roles'])
    await operator.call(saveService, { ...journal, url: 'https://notes.example', s3Keys: 1 })
    await operator.call(saveService, journal)
    expect(await saved()).toMatchObject({ url: null, s3Keys: null })
  })

  test.each([
    [{ url: 'javascript:alert(1)' }, 'Enter a valid URL (https://…).'],
    [{ url: 'ftp://files.example' }, 'Enter a valid URL (https://…).'],
    [{ url: 'https://ana:secret@notes.example' }, 'A URL cannot contain a user name or password.'],
    [{ url: `https://notes.example/${'n'.repeat(2000)}` }, 'At most 2,000 characters.'],
    [{ s3Keys: 0 }, 'At least 1.'],
    [{ s3Keys: 101 }, 'At most 100.'],
    [{ s3Keys: 1.5 }, 'Must be a whole number.'],
  ])('with %j is refused', async (wrong, message) => {
    const { status, problem } = await operator.try(saveService, { ...notes, ...wrong })
    expect({ status, errors: problem.errors }).toEqual({
      status: 400,
      errors: [{ path: Object.keys(wrong)[0], message }],
    })
  })

  test('that there is not cannot be retired', async () => {
    expect(await operator.try(retireService, { key: 'nothing' })).toMatchObject({
      status: 404,
      code: 'service_not_found',
    })
  })

  test('with a wrong role is refused with the place in the form', async () => {
    const { problem } = await operator.try(saveService, { ...notes, roles: [...notes.roles, ...notes.roles] })
    expect(problem.errors).toEqual([{ path: 'roles.1.key', message: 'Another role already has the key “writer”.' }])
  })

  test('changed after another was retired keeps its place', async () => {
    const services = ['m', 'z', 'b'].map((key) => ({ key, name: key }))
    await import_({ services })
    await operator.call(retireService, { key: 'm' })
    await operator.call(saveService, { key: 'b', name: 'New' })
    expect((await exported()).services.map(({ key }) => key)).toEqual(['z', 'b'])
  })
})

const histories = 25
test(`after any import the export is what was wanted, whatever was there before (${histories} random histories)`, async () => {
  const keys = ['a', 'b', 'c', 'd']
  const text = fc.constantFrom('One', 'Two', 'Ein Name – mit “Zeichen”')
  const limit = fc.record({
    name: text,
    value: fc.constantFrom(0, 1, 0.5, 1e15, null),
    unit: fc.constantFrom('MB/s', '1/min', ''),
  })
  const role = (service: string, key: string) => {
    // The kind is fixed for each key; the first of a kind may be a default.
    const kind = key < 'c' ? ('access' as const) : ('quota' as const)
    return fc.record({
      key: fc.constant(key),
      kind: fc.constant(kind),
      name: text,
      description: fc.constantFrom('', `Of ${service}.`),
      default: key === 'a' || key === 'c' ? fc.boolean() : fc.constant(false),
      requestable: fc.boolean(),
      limits: kind === 'quota' ? fc.array(limit, { maxLength: 3 }) : fc.constant<CatalogueLimit[]>([]),
    })
  }
  const service = (key: string) =>
    fc.record(
      {
        key: fc.constant(key),
        name: text,
        description: fc.constantFrom('', 'What it is.\nIn two lines.'),
        url: fc.constantFrom('https://a.example', 'http://10.0.0.1:8080/hub?next=%2F#top'),
        s3Keys: fc.constantFrom(1, 100),
        roles: fc.shuffledSubarray(keys).chain((chosen) => fc.tuple(...chosen.map((one) => role(key, one)))),
      },
      { requiredKeys: ['key', 'name', 'description', 'roles'] },
    )
  const wantedFile: fc.Arbitrary<Catalogue> = fc
    .shuffledSubarray(keys)
    .chain((chosen) => fc.tuple(...chosen.map(service)))
    .map((services) => ({ services }))
  const step = fc.tuple(wantedFile, fc.option(fc.constantFrom(...keys)))

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      for (const [wanted, retired] of steps) {
        await import_(wanted)
        const now = await exported()
        expect(keyless(now)).toEqual(keyless(wanted))
        expect(await import_(now)).toMatchObject({ changes: [] })
        expect(await import_(wanted)).toMatchObject({ changes: [] })
        if (!retired || (await operator.try(retireService, { key: retired })).code) continue
        expect(await exported()).toEqual({ services: now.services.filter(({ key }) => key !== retired) })
      }
    }),
    { numRuns: histories },
  )
})
