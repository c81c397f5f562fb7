import { object, type Sql, sql } from '../db/sql'

/** A person. `account` is the alias of a row of accounts; `email` what to give as the address. */
const personAs = (account: Sql, email: Sql) => ({
  id: sql`${account}.id`,
  firstName: sql`${account}.first_name`,
  lastName: sql`${account}.last_name`,
  email,
})

/** As JSON, without the address. */
export const personOf = (account: Sql): Sql => object(personAs(account, sql`null`))
/** With the address where the caller (`actor`) is an admin or an operator. The endpoint has tied him to the organization. */
export const personColumns = (account: Sql) =>
  personAs(account, sql`case when (select admin or operator from actor) then ${account}.email end`)
/** The same as JSON. */
export const personForActor = (account: Sql): Sql => object(personColumns(account))

/** First and last name as one, or the one that there is. */
export const fullName = (account: Sql): Sql => sql`trim(${account}.first_name || ' ' || ${account}.last_name)`

/** Matches first name, last name, both, or the address. */
export const matchesPerson = (account: Sql, pattern: string, withEmail: Sql): Sql => sql`(
  ${fullName(account)} ilike ${pattern} or (${withEmail} and ${account}.email ilike ${pattern}))`
