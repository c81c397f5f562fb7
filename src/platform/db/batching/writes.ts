import { identifier, listed, type Sql, type Statement, sql, text, toStatement } from '../sql'
import { cancelled, sqlStateOf } from '../sqlstate'
import { Gathering } from './batcher'

/** The types that the columns of a save may have, and what they are here; JSON is its text. */
interface Types {
  uuid: string
  text: string | null
  int: number
  boolean: boolean
  bytea: Uint8Array
  jsonb: string
}

export type Columns = { id: 'uuid' } & Record<string, keyof Types>
export type RowOf<C extends Columns> = { [Name in keyof C]: Types[C[Name]] }

/** What is given for a row. */
export interface Saved {
  id: string
}

/**
 * A save that is written for any number of rows. `write` makes its statement of the common table expression `asked`, which
 * has a row for each of those who save; it gives a row with the same `id` for each whom it saved, and does nothing for the others.
 */
export class Save<C extends Columns = Columns, S extends Saved = Saved> {
  /** Only a type: what it gives for a row. */
  declare readonly saved: S

  constructor(
    private readonly columns: C,
    private readonly write: (asked: Sql) => Sql,
  ) {}

  alone(row: RowOf<C>): Sql {
    return this.write(askedAlone(this.columns, row))
  }

  /** Whoever waits for a lock makes others wait, so none is waited for longer than 50 ms: then it fails with SQLSTATE 55P03. */
  together(rows: RowOf<C>[]): Sql {
    const names = Object.keys(this.columns)
    const lists = listed(names.map((name) => sql`${rows.map((row) => row[name])}::${text(this.columns[name]!)}[]`))
    return this.write(sql`
      asked as materialized (
        select a.* from unnest(${lists}) a (${listed(names.map(identifier))})
        where set_config('lock_timeout', '50ms', true) is not null
      )`)
  }
}

/** The common table expression `asked` with one row, for a statement that is written for many. */
export function askedAlone<C extends Columns>(columns: C, row: RowOf<C>): Sql {
  const values = Object.entries(columns).map(([name, type]) => sql`${row[name]}::${text(type)} as ${identifier(name)}`)
  return sql`asked as not materialized (select ${listed(values)})`
}

type Asked = RowOf<Columns>

/** Rows of one save that are asked for at the same moment go to the database as one statement. See ADR 10. */
export class Saves {
  private readonly gatherings = new Map<Save, Gathering<Asked, Saved | undefined>>()

  constructor(private readonly ask: (statement: Statement) => Promise<unknown[]>) {}

  /** The row that was saved, or undefined where its facts have changed. */
  row(save: Save, asked: Asked): Promise<Saved | undefined> {
    let gathering = this.gatherings.get(save)
    if (!gathering) {
      gathering = new Gathering((batch) => this.save(save, batch))
      this.gatherings.set(save, gathering)
    }
    return gathering.add(asked)
  }

  private async save(save: Save, batch: Asked[]): Promise<(Saved | Promise<Saved | undefined>)[]> {
    const alone = async (asked: Asked) => (await this.rows(save.alone(asked)))[0]
    if (batch.length === 1) return batch.map(alone)
    try {
      const saved = new Map((await this.rows(save.together(batch))).map((row) => [row.id, row]))
      // Together they may have asked for more than there is; alone, each gets what is left.
      return batch.map((asked) => saved.get(asked.id) ?? alone(asked))
    } catch (error) {
      // Nothing was done. One of them may be impossible, or have to wait; the others have nothing to do with that.
      if (isAboutOne(error)) return batch.map(alone)
      throw error
    }
  }

  private rows(statement: Sql): Promise<Saved[]> {
    return this.ask(toStatement(statement)) as Promise<Saved[]>
  }
}

/** Not where the connection is lost, or the database as a whole is in trouble: SQLSTATEs 08, 53, 57 and 58. */
function isAboutOne(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== undefined && (state === cancelled || !/^(08|53|57|58)/.test(state))
}
