import { fillChangeSignalRules } from '../connections/ledger/signals'
import { fillNotificationRules } from '../messaging/notifications/store'
import type { Database } from '../platform/db/database'
import { migrate, readMigrations } from '../platform/db/migrate'
import { limitsInDatabase } from '../platform/limits/policies'
import { fillLimits } from '../platform/limits/store'
import { migrationsFolder } from './folders'

/**
 * Brings a database up to date: its schema, and the tables that its own functions apply. Returns the applied
 * migrations.
 */
export const bringUpToDate = (db: Database): Promise<string[]> =>
  migrate(db, readMigrations(migrationsFolder), [
    fillLimits(limitsInDatabase),
    fillNotificationRules(),
    fillChangeSignalRules(),
  ])
