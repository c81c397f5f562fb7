import pg from 'pg'
import { Database, type Pool } from './database'
import { planning } from './planning'

/** Connections per server process. PostgreSQL allows 100 in all by default. */
const connections = 10

/** `settings` are the planner's: those of `planning.ts` for requests, none for what looks through whole tables. */
export function openPostgres(url: string, settings = planning): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: 30_000,
    application_name: 'guildhall',
    options: settings.map((setting) => `-c ${setting}`).join(' '),
  })
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  // The same of one that is in use: whoever uses it is told by its statement.
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Database(pool as unknown as Pool, 'postgres')
}
