import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, readMigrations } from '../src/platform/db/migrate'
import { openDatabase } from '../src/platform/db/open'
import { brokenInvariants } from '../tests/support/invariants'
import { startPostgres, statement } from '../tests/support/postgres'
import { program } from '../tests/support/program'
import { isHealthy, launchServer, startServer } from '../tests/support/server'
import { type Kind, settingsFor } from './site'
import { wait } from './writing'

export interface Starts {
  /** Starts killed before the first answer. */
  killed: number
  /** Next starts that answered, with every migration applied once. */
  recovered: number
  broken: string[]
}

/** Migrations already applied: none, or those of an older version. */
export const states = { 'the first start': 0, 'a migration': 4 } as const

/** Kills a start at a random moment, and starts again. */
export async function killedStarts(kind: Kind, rounds: number, known: number): Promise<Starts> {
  const postgres = kind === 'postgres' ? await startPostgres([]) : undefined
  const seen: Starts = { killed: 0, recovered: 0, broken: [] }
  const all = readMigrations('migrations')
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-chaos-'))
    const databaseUrl = postgres?.url(`start_${round}`)
    if (postgres) await statement(postgres.url('postgres'), `create database start_${round}`)
    if (known > 0) {
      const db = await openDatabase({ databaseUrl, dataDir }, 'wholeTables')
      await migrate(db, all.slice(0, known))
      await db.pool.end()
    }
    const settings = settingsFor(databaseUrl, dataDir)
    const first = await launchServer(await program(), settings)
    // Between the beginning and about the time of the first answer.
    await wait(Math.random() * (kind === 'postgres' ? 900 : known > 0 ? 2000 : 4000))
    if (!(await isHealthy(first.url))) seen.killed++
    await first.kill()
    await (await startServer(await program(), settings)).stop()
    const db = await openDatabase({ databaseUrl, dataDir }, 'wholeTables')
    if ((await migrate(db, all)).length === 0) seen.recovered++
    seen.broken.push(...(await brokenInvariants(db)))
    await db.pool.end()
    rmSync(dataDir, { recursive: true, force: true })
  }
  await postgres?.stop()
  return seen
}
