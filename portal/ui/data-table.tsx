// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks stops being one for some screen readers.
import type { ReactNode } from 'react'
import classes from './data-table.module.css'

export interface Column<Row> {
  header: string
  /** The header is for the ear only, where the eye sees what the column is. */
  quiet?: boolean
  align?: 'right' | 'center'
  /** Room for an address of usual length on one line. */
  wide?: boolean
  cell: (row: Row) => ReactNode
}

/** So many columns find room where others don't. */
const few = 4

/**
 * Rows under headers; in a narrow place each row becomes a card, and the roles that are spelled out keep it a table.
 */
export function DataTable<Row extends { id: string }>(props: {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  stale?: boolean
}) {
  const { columns, rows } = props
  return (
    <div className={classes.list} data-few={columns.length <= few || undefined}>
      <div className={classes.frame} data-stale={props.stale || undefined}>
        <table className={classes.table} role="table" aria-label={props.label}>
          <thead>
            <tr role="row">
              {columns.map((column) => (
                <th key={column.header} scope="col" role="columnheader" data-align={column.align}>
                  <span className={column.quiet ? classes.quiet : undefined}>{column.header}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} role="row">
                {columns.map((column) => (
                  <td
                    key={column.header}
                    role="cell"
                    data-align={column.align}
                    data-wide={column.wide || undefined}
                    data-label={column.quiet ? undefined : column.header}
                  >
                    <div className={classes.value}>{column.cell(row)}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
