import { type Sql, sql } from '../db/sql'

/** Whether an account is an operator still: the guard of what operators save, looked up by the statement that saves. */
export const isOperator = (accountId: string): Sql =>
  sql`exists (select from accounts where id = ${accountId} and operator and disabled_at is null)`
