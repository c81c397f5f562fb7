import type { Connection, Pool } from '../../src/platform/db/database'

type Answer = ReturnType<Connection['query']>

interface Watch {
  /** A connection is wanted. What it throws is the pool's answer. */
  connecting?(): void
  /** A statement, and what runs it. */
  query?(text: string, run: () => Answer, statement: Parameters<Connection['query']>[0]): Answer
}

/** A pool that passes everything on to this one, past a test that looks at it, counts it, or holds it back. */
export function watchedPool(pool: Pool, { connecting, query = (_, run) => run() }: Watch): Pool {
  return {
    async connect() {
      connecting?.()
      const connection = await pool.connect()
      return {
        query: (statement, values) => {
          const text = typeof statement === 'string' ? statement : statement.text
          return query(text, () => connection.query(statement, values), statement)
        },
        release: (error) => connection.release(error),
      }
    },
    end: () => pool.end(),
  }
}

/** A database that cannot be reached. */
export const gone = () => Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
