import pg from 'pg'
import { defaultConnections } from '../config'
import { Database, type Pool } from './database'
import { planning } from './planner-settings'

/** How long a statement of a request may take, in ms. */
const statementTimeoutMs = 30_000

/**
 * What the connections are for. `requests`: plans are kept, and no statement may take long. `wholeTables`: statements
 * that scan everything use PostgreSQL's own planning and have no time limit.
 */
export type ConnectionPurpose = 'requests' | 'wholeTables'

export function openPostgres(
  url: string,
  purpose: ConnectionPurpose = 'requests',
  connections = defaultConnections,
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'guildhall',
    ...(purpose === 'requests' && { statement_timeout: statementTimeoutMs }),
    // Times inside JSON are written in the zone of the connection.
    options: ['timezone=UTC', ...(purpose === 'requests' ? planning : [])].map((setting) => `-c ${setting}`).join(' '),
  })
  // A connection that breaks while idle is replaced at the next use. Without a listener it would end the process.
  pool.on('error', () => {})
  // The same for a connection in use: its statement reports the error to the caller.
  pool.on('connect', (client) => client.on('error', () => {}))
  // A little later than PostgreSQL's own timeout, in case the network loses its answer.
  return new Database(
    pool as unknown as Pool,
    'postgres',
    purpose === 'requests' ? statementTimeoutMs + 5000 : undefined,
  )
}
