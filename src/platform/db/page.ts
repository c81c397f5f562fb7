import { validate as isUuid } from 'uuid'
import { invalidInput, Problem } from '../errors'
import { readMoment } from '../input/moments'
import { t } from '../messages/t'
import { type Collected, type Columns, rowsOf } from './select-list'
import { nothing, type Sql, sql, text } from './sql'

/** Encodes the start of the next page, for callers to pass back. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

const notACursor = () =>
  invalidInput('cursor', t('Not a valid cursor for this list. Use the `next` value of the previous page.'))

/** Decodes a cursor, if it is one at all. The page of each list checks whether its parts fit the list. */
function readCursor(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string'))
      return value as Cursor
  } catch {}
  throw notACursor()
}

/** The order of a list: a column that leads an index, its type in the cursor, and the id that breaks ties. */
export interface Order {
  key: Sql
  type: 'timestamptz' | 'text'
  id: Sql
  direction: 'asc' | 'desc'
}

/** By time, the newest first. */
export const newestFirst = (key: Sql, id: Sql): Order => ({ key, type: 'timestamptz', id, direction: 'desc' })

interface Page {
  /** The condition that starts the page after its cursor. */
  where: Sql
  order: Sql
  /** One row more than requested, which shows whether there is a next page. */
  orderAndLimit: Sql
  /** Selects these columns from `from`, which ends with the order. */
  of(columns: Columns, from: Sql): Sql
}

/** A page as it comes from the database. */
export interface LoadedPage<Row> extends Collected<Row> {
  /** The sort key of the last requested row. */
  lastKey: string | null
}

export function pageAfter(order: Order, cursor: string | undefined, limit: number): Page {
  const { key, id } = order
  const direction = order.direction === 'asc' ? sql`asc` : sql`desc`
  const ordered = sql`order by ${key} ${direction}, ${id} ${direction}`
  return {
    where: cursor ? condition(order, readCursor(cursor)) : nothing,
    order: ordered,
    orderAndLimit: sql`${ordered} ${limitTo(limit + 1)}`,
    of: ({ selected, collected }, from) => sql`(
      select json_build_object('columns', ${collected}, 'lastKey', (array_agg("key"))[${number(limit)}])
      from (select ${selected}, ${key} as "key" ${from}) page)`,
  }
}

/**
 * Not a parameter: for an unknown limit PostgreSQL assumes a tenth of the table, finds that expensive, and plans the
 * statement again for each request.
 */
export const limitTo = (rows: number): Sql => sql`limit ${number(rows)}`

function number(rows: number): Sql {
  if (!Number.isSafeInteger(rows)) throw new Error('not a number of rows')
  return text(String(rows))
}

function condition({ key, id, type, direction }: Order, [afterKey, afterId]: Cursor): Sql {
  const after = type === 'timestamptz' ? readMoment(afterKey) : { value: afterKey }
  if ('problem' in after || after.value.includes('\u0000') || !isUuid(afterId)) throw notACursor()
  const value = type === 'timestamptz' ? sql`${after.value}::timestamptz` : sql`${after.value}::text`
  return direction === 'asc'
    ? sql`and (${key}, ${id}) > (${value}, ${afterId}::uuid)`
    : sql`and (${key}, ${id}) < (${value}, ${afterId}::uuid)`
}

/** For the list of events, which is ordered by one number: the position where a page ended. */
export function readPosition(cursor: string | undefined): string | undefined {
  if (!cursor) return undefined
  const [, position] = readCursor(cursor)
  if (!/^\d{1,18}$/.test(position)) throw notACursor()
  return position
}

/** The rows of a page without the extra one, and the cursor of the next page if the extra row exists. */
export function toPage<Row extends { id: string }>(page: LoadedPage<Row>, limit: number) {
  const rows = rowsOf(page)
  const items = rows.slice(0, limit)
  const next = rows.length > limit ? writeCursor([page.lastKey!, items.at(-1)!.id]) : null
  return { items, next }
}

/** The page of a list of an organization. An operator may name one that does not exist. */
export function toPageWithin<Row extends { id: string }>(exists: boolean, page: LoadedPage<Row>, limit: number) {
  if (!exists) throw new Problem('organization_not_found')
  return toPage(page, limit)
}

/** Where a page ended: the sort key and the id of its last row. Opaque to callers. */
export type Cursor = [key: string, id: string]
