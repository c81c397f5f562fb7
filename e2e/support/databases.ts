import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringUpToDate } from '../../src/cli/up-to-date'
import { openDatabase } from '../../src/platform/db/open'
import { startPostgres, statement } from '../../tests/support/postgres'

/** Starts one PostgreSQL for all workers, and migrates one database of each kind; every site gets a copy. */
// biome-ignore lint/style/noDefaultExport: Playwright requires it.
export default async function setUp(): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-e2e-template-'))
  await statement(postgres.url('postgres'), 'create database template_guildhall')
  const prepare = async (databaseUrl: string | undefined) => {
    const db = await openDatabase({ databaseUrl, dataDir })
    await bringUpToDate(db)
    await db.pool.end()
  }
  await Promise.all([prepare(undefined), prepare(postgres.url('template_guildhall'))])
  process.env.TEST_POSTGRES = postgres.url('')
  process.env.TEST_DATA_DIR = dataDir
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
