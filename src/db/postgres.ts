import pg from 'pg'
import { Database, type Pool } from './database'

/** Connections per server process. PostgreSQL allows 100 in all by default. */
const connections = 10

export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: 30_000,
    application_name: 'guildhall',
  })
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  return new Database(pool as unknown as Pool, 'postgres')
}
