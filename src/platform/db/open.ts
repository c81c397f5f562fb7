import type { Config } from '../config'
import type { Database } from './database'
import { type ConnectionPurpose, openPostgres } from './postgres'

/** Opens the database that the settings name. The purpose matters on PostgreSQL only. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseConnections'>>,
  purpose?: ConnectionPurpose,
): Promise<Database> {
  if (config.databaseUrl) return openPostgres(config.databaseUrl, purpose, config.databaseConnections)
  // Loaded on demand: a server on PostgreSQL starts without the embedded database's code.
  const { openEmbedded } = await import('./embedded/embedded')
  return openEmbedded(config.dataDir)
}
