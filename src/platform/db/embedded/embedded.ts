import { join } from 'node:path'
import type { PGlite, Results } from '@electric-sql/pglite'
import { makeDataFolder } from '../../data-folder'
import { type Connection, Database, type Pool } from '../database'
import type { Statement } from '../sql'
import { createWhereAbsent } from './create'
import { openDurably } from './durable'
import { lockDirectory } from './lock'
import { PreparedStatements } from './prepared'

/**
 * PostgreSQL inside this process (PGlite). It has one connection, so callers queue for it. ADR 4 lists what it does not
 * guarantee.
 */
export async function openEmbedded(directory: string): Promise<Database> {
  makeDataFolder(directory)
  const unlock = await lockDirectory(directory)
  try {
    const files = join(directory, 'pglite')
    await createWhereAbsent(files)
    return databaseOn(await openDurably(files), unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

export function databaseOn(lite: PGlite, whenClosed: () => Promise<void> = async () => {}): Database {
  return new Database(poolOf(lite, new PreparedStatements(lite), whenClosed), 'embedded')
}

const counted = ({ rows, affectedRows }: Results) => ({ rows, rowCount: affectedRows || rows.length })

function poolOf(lite: PGlite, prepared: PreparedStatements, whenClosed: () => Promise<void>): Pool {
  let turn = Promise.resolve()
  return {
    async connect(): Promise<Connection> {
      const mine = turn
      let done!: () => void
      turn = new Promise((resolve) => {
        done = resolve
      })
      await mine
      return {
        async query(statement: string | Statement, values?: unknown[]) {
          if (typeof statement !== 'string') return counted(await prepared.run(statement))
          const command = statement.trimStart().split(/\s/, 1)[0]!.toUpperCase()
          return { ...counted(await lite.query(statement, values)), command }
        },
        release: () => done(),
      }
    },
    async end() {
      await turn
      await lite.close()
      await whenClosed()
    },
  }
}
