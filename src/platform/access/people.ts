import { matches } from '../db/search'
import { object, type Sql, sql } from '../db/sql'

/** A person. `account` is the alias of a row of accounts; `email` is the address to show. */
const personAs = (account: Sql, email: Sql) => ({
  id: sql`${account}.id`,
  firstName: sql`${account}.first_name`,
  lastName: sql`${account}.last_name`,
  email,
})

/** As JSON, without the address. */
export const personOf = (account: Sql): Sql => object(personAs(account, sql`null`))
/**
 * Includes the address if the caller (`actor`) is an admin or an operator. The endpoint has tied them to the
 * organization.
 */
export const personColumns = (account: Sql) =>
  personAs(account, sql`case when (select admin or operator from actor) then ${account}.email end`)
/** The same as JSON. */
export const personForActor = (account: Sql): Sql => object(personColumns(account))

/** First and last name as one, or the only one. */
export const fullNameSql = (account: Sql): Sql => sql`trim(${account}.first_name || ' ' || ${account}.last_name)`

/** The text to search a person by: the name and, for callers who may see it, the address. */
export const searchedPerson = (account: Sql): Sql => sql`${account}.searched`
export const matchesPerson = (account: Sql, q: string, withEmail: Sql): Sql =>
  matches(sql`case when ${withEmail} then ${searchedPerson(account)} else ${account}.name_searched end`, q)
