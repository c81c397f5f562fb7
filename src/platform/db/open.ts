import type { Config } from '../config'
import type { Database } from './database'
import { type ConnectionPurpose, openPostgres } from './postgres'

/** The database that the settings name. What it is for makes a difference to PostgreSQL only. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseConnections'>>,
  purpose?: ConnectionPurpose,
): Promise<Database> {
  if (config.databaseUrl) return openPostgres(config.databaseUrl, purpose, config.databaseConnections)
  // Not before it is needed: a server on PostgreSQL starts without what the embedded database is made of.
  const { openEmbedded } = await import('./embedded/embedded')
  return openEmbedded(config.dataDir)
}
