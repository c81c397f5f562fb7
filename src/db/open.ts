import type { Config } from '../config'
import type { Database } from './database'
import { openEmbedded } from './embedded'
import { openPostgres } from './postgres'

/** The database that the settings name. */
export function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  settings?: string[],
): Promise<Database> | Database {
  return config.databaseUrl ? openPostgres(config.databaseUrl, settings) : openEmbedded(config.dataDir)
}
