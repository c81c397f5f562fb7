import type { Connection, Pool } from '../../src/platform/db/database'

type Answer = ReturnType<Connection['query']>

interface Watch {
  /** Runs when a connection is requested. If it throws, the pool rejects with that error. */
  connecting?(): void
  /** Intercepts a statement; `run` executes it. */
  query?(text: string, run: () => Answer, statement: Parameters<Connection['query']>[0]): Answer
}

/** Wraps a pool so that a test can inspect, count or delay its statements. */
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
