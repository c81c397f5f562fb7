import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { bringUpToDate } from '../../src/cli/up-to-date'
import { databaseOn } from '../../src/platform/db/embedded/embedded'
import { openPostgres } from '../../src/platform/db/postgres'
import { startPostgres, statement } from './postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the tests' own PostgreSQL, without a database. */
    postgres: string
    /** Name of its migrated database, for copying. */
    template: string
    /** Dumps of the embedded database, for loading: migrated, and empty. */
    embeddedDump: string
    emptyDump: string
  }
}

/** Starts one PostgreSQL for all tests, and migrates one database of each kind; every test file gets a copy. */
// biome-ignore lint/style/noDefaultExport: Vitest requires it.
export default async function setUp(project: TestProject): Promise<undefined | (() => Promise<void>)> {
  const chosen = project.vitest.projects.map(({ name }) => name)
  if (chosen.every((name) => ['tidy', 'unit'].includes(name))) return undefined
  const postgres = await startPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-tests-'))

  await statement(postgres.url('postgres'), 'create database template_guildhall')
  const template = openPostgres(postgres.url('template_guildhall'))
  await bringUpToDate(template)
  await template.pool.end()

  const [embeddedDump, emptyDump] = [join(folder, 'embedded.tar'), join(folder, 'empty.tar')]
  if (chosen.includes('embedded') || process.env.TEST_DATABASE === 'embedded') {
    const lite = await PGlite.create()
    const dump = async (file: string) =>
      writeFileSync(file, Buffer.from(await (await lite.dumpDataDir('none')).arrayBuffer()))
    await dump(emptyDump)
    await bringUpToDate(databaseOn(lite))
    await dump(embeddedDump)
    await lite.close()
  }

  project.provide('postgres', postgres.url(''))
  project.provide('template', 'template_guildhall')
  project.provide('embeddedDump', embeddedDump)
  project.provide('emptyDump', emptyDump)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
