import { createHash } from 'node:crypto'

/** A piece of SQL, separate from its values. Pieces nest; values never become text. */
export class Sql {
  constructor(
    readonly strings: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/**
 * Tagged template: `` sql`select * from accounts where id = ${id}` ``. A nested `Sql` is spliced in, anything else is a
 * parameter.
 */
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

/**
 * The text of each statement is built only once. The sequence of its templates leads to the cached text, and only the
 * values are collected again. Text outside a template is created by `text`, which caches it.
 */
export function toStatement(piece: Sql): Statement {
  const values: unknown[] = []
  const end = collect(piece, written, values)
  end.statement ??= write(piece)
  return { ...end.statement, values }
}

/** A step along a statement's templates: the next template, or a parameter. */
class Step {
  readonly next = new Map<readonly string[] | 'parameter', Step>()
  statement: { name: string; text: string } | undefined

  to(what: readonly string[] | 'parameter'): Step {
    const known = this.next.get(what)
    if (known) return known
    const step = new Step()
    this.next.set(what, step)
    return step
  }
}

const written = new Step()

function collect(piece: Sql, from: Step, values: unknown[]): Step {
  let step = from.to(piece.strings)
  for (const value of piece.values) {
    if (value instanceof Sql) step = collect(value, step, values)
    else {
      values.push(value)
      step = step.to('parameter')
    }
  }
  return step
}

function write(piece: Sql): { name: string; text: string } {
  const text = writeSql(piece, (number) => `$${number}`)
  return { name: `g${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`, text }
}

/** Writes the text of a statement. `parameter` returns the placeholder of each parameter, numbered from 1. */
export function writeSql(piece: Sql, parameter: (number: number) => string): string {
  let parameters = 0
  const textOf = ({ strings, values }: Sql): string =>
    values.reduce<string>(
      (text, value, index) =>
        text + (value instanceof Sql ? textOf(value) : parameter(++parameters)) + strings[index + 1]!,
      strings[0]!,
    )
  return textOf(piece)
}

const texts = new Map<string, Sql>()

/** Our own text as a piece: a name, a number of rows. Use only few distinct texts, since they are cached forever. */
export function text(words: string): Sql {
  const known = texts.get(words)
  if (known) return known
  const piece = new Sql([words], [])
  texts.set(words, piece)
  return piece
}

/** Flattens a piece without parameters into one text, so that it is not assembled again for each statement. */
export const fixed = (piece: Sql): Sql =>
  text(
    writeSql(piece, () => {
      throw new Error('a piece that is fixed has no parameters')
    }),
  )

/** A name from our own source, quoted so that PostgreSQL keeps its capitals. */
export const identifier = (name: string): Sql => text(`"${name}"`)

/** `expression as "name"` for each, as in a select list. */
export const named = (columns: Record<string, Sql>): Sql =>
  listed(Object.entries(columns).map(([name, column]) => sql`${column} as ${identifier(name)}`))

/** A JSON object of these properties. */
export const object = (properties: Record<string, Sql>): Sql =>
  sql`json_build_object(${listed(Object.entries(properties).map(([name, value]) => sql`${text(`'${name}'`)}, ${value}`))})`

/** Separated by commas. */
export const listed = (pieces: Sql[]): Sql => pieces.reduce((all, piece) => sql`${all}, ${piece}`)

/** One row as JSON, or null. */
export const one = (query: Sql): Sql => sql`(select row_to_json(r) from (${query}) r)`
/** All rows as a JSON array, in the query's order. */
export const many = (query: Sql): Sql => sql`(select coalesce(json_agg(row_to_json(r)), '[]') from (${query}) r)`
