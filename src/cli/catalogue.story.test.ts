import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sharedSite } from '../../tests/support/shared-site'
import { sql } from '../platform/db/sql'
import { exportFile, importFile, lineOf } from './catalogue'

const site = sharedSite()
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-catalogue-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
})

const published = 'examples/copphil-catalogue.json'
const countEvents = async () => (await site.db.only<{ n: number }>(sql`select count(*)::int as n from events`)).n

function fileOf(text: string): string {
  const path = join(folder, 'catalogue.json')
  writeFileSync(path, text)
  return path
}
const linesOf = async (path: string, dryRun = false) => (await importFile(site.db, path, dryRun)).map(lineOf)
/** What the command says instead of importing. */
const refusal = (path: string) =>
  importFile(site.db, path, false).then(
    () => undefined,
    (error: Error) => `${error.constructor.name}: ${error.message}`,
  )

beforeEach(async () => {
  await importFile(site.db, published, false)
})

test('CopPhil’s catalogue imports, its export is no change, and neither is importing it again', async () => {
  const before = await countEvents()
  const path = fileOf(await exportFile(site.db))
  expect(await linesOf(path)).toEqual([])
  expect(await linesOf(published)).toEqual([])
  expect(await countEvents()).toBe(before)
})

test('a dry run says what would change, and changes nothing', async () => {
  const catalogue = JSON.parse(await exportFile(site.db))
  catalogue.services[0].roles[2].limits[0].value = 500
  catalogue.services.push({ key: 'notes', name: 'Notes' })
  catalogue.services[1].roles.pop()
  const path = fileOf(JSON.stringify(catalogue))
  const expected = ['change role eodata/eodata-low: limits', 'retire role jupyter/jupyter-high', 'add service notes']
  const before = [await exportFile(site.db), await countEvents()]
  expect(await linesOf(path, true)).toEqual(expected)
  expect([await exportFile(site.db), await countEvents()]).toEqual(before)
  expect(await linesOf(path)).toEqual(expected)
  expect(await linesOf(path)).toEqual([])
})

describe('a wrong file changes nothing, and what is said names the place:', () => {
  type Catalogue = { services: { key: string; name?: string; roles: Record<string, unknown>[] }[] }

  test.each<[string, (catalogue: Catalogue) => unknown, string]>([
    [
      'a missing name',
      ({ services }) => delete services[1]!.name,
      'service 2 (jupyter), name: This field is required.',
    ],
    [
      'a field that is not known',
      ({ services }) => Object.assign(services[0]!.roles[0]!, { defualt: true }),
      'service 1 (eodata), role 1 (copphil-registered), defualt: Unknown field.',
    ],
    [
      'a wrong kind',
      ({ services }) => Object.assign(services[2]!.roles[0]!, { kind: 'admin' }),
      'service 3 (cloud), role 1 (cloud-member), kind: Must be one of: access, quota.',
    ],
    [
      'a number as text',
      ({ services }) => Object.assign(services[0]!.roles[2]!, { limits: [{ name: 'CPU', value: '2', unit: 'cores' }] }),
      'service 1 (eodata), role 3 (eodata-low), number 1 (CPU), value: Must be a number.',
    ],
    [
      'the same service twice',
      ({ services }) => services.push(services[0]!),
      'service 4 (eodata), key: Another service already has the key “eodata”.',
    ],
    [
      'two defaults',
      ({ services }) => Object.assign(services[0]!.roles[3]!, { default: true }),
      'service 1 (eodata), role 4 (eodata-medium), default: Another quota role above it is already the default.',
    ],
  ])('%s', async (_, spoil, line) => {
    const before = [await exportFile(site.db), await countEvents()]
    const catalogue = JSON.parse(await exportFile(site.db))
    catalogue.services[0].description = 'A correct change.'
    spoil(catalogue)
    const path = fileOf(JSON.stringify(catalogue))
    expect(await refusal(path)).toContain(`CommandError: ${path} was not imported; nothing was changed.\n  ${line}`)
    expect([await exportFile(site.db), await countEvents()]).toEqual(before)
  })

  test('a role of the other kind', async () => {
    const catalogue = JSON.parse(await exportFile(site.db))
    catalogue.services[1].roles[0].kind = 'quota'
    const before = await exportFile(site.db)
    expect(await refusal(fileOf(JSON.stringify(catalogue)))).toContain('An access role cannot become a quota role')
    expect(await exportFile(site.db)).toBe(before)
  })

  test('UTF-16 and Latin-1 are refused by name, and a mark that it is UTF-8 does not matter', async () => {
    const text = await exportFile(site.db)
    const path = fileOf('')
    writeFileSync(path, Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(await refusal(path)).toBe(`CommandError: ${path} was not imported. This file is UTF-16. Save it as UTF-8.`)
    writeFileSync(path, Buffer.from(text.replace('EO data', 'EO datà'), 'latin1'))
    expect(await refusal(path)).toContain('This file is not UTF-8; it may be Latin-1 or Windows-1252.')
    expect(await linesOf(fileOf(`\ufeff${text}`))).toEqual([])
  })

  test('a field that is there twice', async () => {
    const before = await exportFile(site.db)
    const text = before.replace(/}\s*$/, ', "services": [] }')
    const path = fileOf(text)
    expect(await refusal(path)).toBe(
      `CommandError: ${path} was not imported. This file has an error at services: Specified more than once.`,
    )
    expect(await exportFile(site.db)).toBe(before)
  })

  test('no JSON, no file, no catalogue', async () => {
    expect(await refusal(fileOf('{"services": ['))).toMatch(
      /^CommandError: .*catalogue\.json was not imported\. This file is not JSON: /,
    )
    expect(await refusal(folder)).toBe(`CommandError: ${folder} is a directory. Specify a file.`)
    expect(await refusal(join(folder, 'nothing.json'))).toMatch(/^CommandError: .*nothing\.json cannot be read: /)
    expect(await refusal(fileOf('[]'))).toContain('  the file: Must be of type object.')
  })
})
