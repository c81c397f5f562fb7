import { fixed, identifier, named, object, Sql, sql } from './sql'

/** How rows are built: an expression per property, or nested expressions for an object. */
export type Expressions<Row> = {
  [Name in keyof Row]-?: Sql | (Row[Name] extends object ? Expressions<Row[Name]> : never)
}

/** The columns of a list. */
export interface Columns {
  /** The select list. A column of a nested property is named by its path, like `account.id`. */
  selected: Sql
  /**
   * The selected columns as JSON, column by column. Row by row would cost PostgreSQL twice as much: it would look up
   * how to write each value, and write its name, again for each row.
   */
  collected: Sql
}

/** Built once per list, since its text is always the same. */
export const columns = <Row>(expressions: Expressions<Row>): Columns => ({
  selected: fixed(named(flat(expressions))),
  collected: fixed(collected(expressions)),
})

/** Rows as they come from the database: for each column its values, one per row; null if there are no rows. */
export interface Collected<Row> {
  columns: { [Name in keyof Row]: unknown }
}

/** An expression, or a nested object of them. */
type Tree = Sql | { [name: string]: Tree }

function flat(columns: Tree, path: string[] = []): Record<string, Sql> {
  if (columns instanceof Sql) return { [path.join('.')]: columns }
  return Object.assign({}, ...Object.entries(columns).map(([name, column]) => flat(column, [...path, name])))
}

function collected(columns: Tree, path: string[] = []): Sql {
  if (columns instanceof Sql) return sql`json_agg(${identifier(path.join('.'))})`
  return object(
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, collected(column, [...path, name])])),
  )
}

/** Restores the rows. */
export function rowsOf<Row extends { id: string }>({ columns }: Collected<Row>): Row[] {
  const ids = (columns.id ?? []) as string[]
  return ids.map((_, index) => rowAt(columns, index) as Row)
}

function rowAt(columns: Record<string, unknown>, index: number): unknown {
  const row: Record<string, unknown> = {}
  for (const name in columns) {
    const column = columns[name]
    row[name] = Array.isArray(column) ? column[index] : rowAt(column as Record<string, unknown>, index)
  }
  return row
}
