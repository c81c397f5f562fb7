import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Connection, Database, type Pool } from './database'
import { lockDirectory } from './lock'
import type { Statement } from './sql'

/**
 * PostgreSQL inside this process (PGlite). It has one connection, so callers take turns. What it does not
 * promise is in ADR 4.
 */
export async function openEmbedded(directory: string): Promise<Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(directory)
  try {
    const lite = await PGlite.create(join(directory, 'pglite'))
    return databaseOn(lite, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

export function databaseOn(lite: PGlite, whenClosed: () => Promise<void> = async () => {}): Database {
  return new Database(poolOf(lite, whenClosed), 'embedded')
}

function poolOf(lite: PGlite, whenClosed: () => Promise<void>): Pool {
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
          const [text, parameters] =
            typeof statement === 'string' ? [statement, values] : [statement.text, statement.values]
          const { rows, affectedRows } = await lite.query(text, parameters)
          return {
            rows,
            rowCount: affectedRows || rows.length,
            command: text.trimStart().split(/\s/, 1)[0]!.toUpperCase(),
          }
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
