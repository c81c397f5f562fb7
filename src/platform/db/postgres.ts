import pg from 'pg'
import { defaultConnections } from '../config'
import { Database, type Pool } from './database'
import { planning } from './planner-settings'

/** How long a statement of a request may take, in ms. */
const patience = 30_000

/**
 * What the connections are for. `requests`: plans are kept, and nothing takes long. `wholeTables`: what looks through
 * all there is plans as PostgreSQL does, and takes its time.
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
    ...(purpose === 'requests'
      ? {
          statement_timeout: patience,
          options: [...planning, 'timezone=UTC'].map((setting) => `-c ${setting}`).join(' '),
        }
      : {}),
  })
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  // The same of one that is in use: whoever uses it is told by its statement.
  pool.on('connect', (client) => client.on('error', () => {}))
  // A little later than PostgreSQL itself would end it: for when the network swallows what it says.
  return new Database(pool as unknown as Pool, 'postgres', purpose === 'requests' ? patience + 5000 : undefined)
}
