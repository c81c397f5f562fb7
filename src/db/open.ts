import type { Config } from '../config'
import type { Database } from './database'
import { openEmbedded } from './embedded'
import { openPostgres, type Purpose } from './postgres'

/** The database that the settings name. What it is for makes a difference to PostgreSQL only. */
export function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseConnections'>>,
  purpose?: Purpose,
): Promise<Database> | Database {
  return config.databaseUrl
    ? openPostgres(config.databaseUrl, purpose, config.databaseConnections)
    : openEmbedded(config.dataDir)
}
