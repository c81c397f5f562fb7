import { sql } from '../../platform/db/sql'

/** After an end was applied, the service is looked at this soon, once more later, and then daily like everything else. */
export const soon = sql`interval '30 seconds'`
export const later = sql`interval '10 minutes'`
export const daily = sql`interval '1 day'`

/** When to look again if the service could not be looked at. */
export const afterFailure = sql`interval '10 minutes'`
