import { type Sql, sql } from '../db/sql'

/** A person as JSON. `account` is the alias of a row of accounts; `email` what to give as the address. */
const personAs = (account: Sql, email: Sql): Sql => sql`json_build_object(
  'id', ${account}.id, 'firstName', ${account}.first_name, 'lastName', ${account}.last_name, 'email', ${email})`

/** Without it. */
export const personOf = (account: Sql): Sql => personAs(account, sql`null`)
/** With the address where the caller (`actor`) is an admin or an operator. The endpoint has tied him to the organization. */
export const personForActor = (account: Sql): Sql =>
  personAs(account, sql`case when (select admin or operator from actor) then ${account}.email end`)

/** Matches first name, last name, both, or the address. */
export const matchesPerson = (account: Sql, pattern: string, withEmail: Sql): Sql => sql`(
  ${account}.first_name || ' ' || ${account}.last_name ilike ${pattern} or (${withEmail} and ${account}.email ilike ${pattern}))`
