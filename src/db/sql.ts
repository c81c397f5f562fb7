import { createHash } from 'node:crypto'

/** A piece of SQL with its values apart. Pieces nest; values never become text. */
export class Sql {
  constructor(
    readonly strings: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/** Tagged template: `` sql`select * from accounts where id = ${id}` ``. A nested `Sql` is spliced in, anything else is a parameter. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  return new Sql(strings, values)
}

/** No SQL at all: for a condition that does not apply. */
export const nothing = new Sql([''], [])

/** A statement as both drivers take it. Its name makes PostgreSQL keep the plan. */
export interface Statement {
  name: string
  text: string
  values: unknown[]
}

export function toStatement(piece: Sql): Statement {
  const values: unknown[] = []
  const text = write(piece, values)
  return { name: nameOf(text), text, values }
}

function write(piece: Sql, values: unknown[]): string {
  let text = piece.strings[0]!
  piece.values.forEach((value, index) => {
    if (value instanceof Sql) text += write(value, values)
    else text += `$${values.push(value)}`
    text += piece.strings[index + 1]!
  })
  return text
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `g${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}

/** One row as JSON, or null. */
export const one = (query: Sql): Sql => sql`(select row_to_json(r) from (${query}) r)`
/** All rows as a JSON array, in the query's order. */
export const many = (query: Sql): Sql => sql`(select coalesce(json_agg(row_to_json(r)), '[]') from (${query}) r)`
