// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks stops being one for some screen readers.
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import classes from './data-table.module.css'

export interface Column<Row> {
  header: string
  align?: 'right' | 'center'
  /** Leaves room for an e-mail address of usual length on one line. */
  wide?: boolean
  cell: (row: Row) => ReactNode
}

/** Tables with at most this many columns fit narrower places. */
const few = 4

/** A table whose rows become cards in narrow places; the explicit roles keep it a table for screen readers. */
export function DataTable<Row extends { id: string }>(props: {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  /** The buttons of a row, in a last column whose header is for screen readers only. */
  actions?: ((row: Row) => ReactNode) | false
  stale?: boolean
}) {
  const { rows, actions } = props
  const columns: (Column<Row> & { quiet?: true })[] = [...props.columns]
  if (actions) columns.push({ header: t('Actions'), quiet: true, align: 'right', cell: actions })
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
