import { identifier, listed, type Sql, type Statement, sql, text, toStatement } from '../sql'
import { cancelled, sqlStateOf } from '../sqlstate'
import { Batcher } from './batcher'

/** The types that an input column may have, and their TypeScript types. `jsonb` is passed as text. */
interface Types {
  uuid: string
  text: string | null
  int: number
  boolean: boolean
  bytea: Uint8Array
  jsonb: string
}

export type InputColumns = { id: 'uuid' } & Record<string, keyof Types>
export type InputRow<C extends InputColumns> = { [Name in keyof C]: Types[C[Name]] }

/** The values that a save provides for a row. */
export interface Saved {
  id: string
}

/** A save that is written once for any number of rows; see `bulk`. */
export interface BulkStatement<C extends InputColumns = InputColumns, S extends Saved = Saved> {
  single(row: InputRow<C>): Sql
  many(rows: InputRow<C>[]): Sql
  /** Type only: what the save returns for a row. */
  readonly saved?: S
}

/**
 * Declares a save of many rows. `save` writes its statement over the table `input`, which has one row per caller with
 * these columns. The statement returns a row with the same `id` for each row that it saved, and does nothing for the
 * others.
 */
export function bulk<C extends InputColumns, S extends Saved = Saved>(
  columns: C,
  save: (input: Sql) => Sql,
): BulkStatement<C, S> {
  return {
    single: (row) => save(singleInput(columns, row)),
    many: (rows) => save(manyInputs(columns, rows)),
  }
}

/** The common table expression `input` with one row. */
export function singleInput<C extends InputColumns>(columns: C, row: InputRow<C>): Sql {
  const values = Object.entries(columns).map(([name, type]) => sql`${row[name]}::${text(type)} as ${identifier(name)}`)
  return sql`input as not materialized (select ${listed(values)})`
}

/**
 * The same with several rows. A statement that waits for a lock makes all of its callers wait, so it fails after 50 ms
 * (SQLSTATE 55P03).
 */
function manyInputs<C extends InputColumns>(columns: C, rows: InputRow<C>[]): Sql {
  const names = Object.keys(columns)
  const lists = listed(names.map((name) => sql`${rows.map((row) => row[name])}::${text(columns[name]!)}[]`))
  return sql`
    input as materialized (
      select a.* from unnest(${lists}) a (${listed(names.map(identifier))})
      where set_config('lock_timeout', '50ms', true) is not null
    )`
}

type Input = InputRow<InputColumns>

/**
 * Runs saves of one `bulk` statement that arrive at the same moment as one statement, and so as one transaction with
 * one commit. No answer is sent before that commit.
 *
 * A batch of one runs with a single input. A row that a batch did not save runs again alone: together the rows may have
 * needed more than was available; alone, each gets what is left. A batch that PostgreSQL refuses, or that waits for a
 * lock for more than 50 ms, did nothing, and each row runs alone. Only a lost connection or a database in trouble fails
 * all of them. The trade-off: a row that a constraint refuses costs the others a second attempt. See ADR 10.
 */
export class WriteBatcher {
  private readonly batchers = new Map<BulkStatement, Batcher<Input, Saved | undefined>>()

  constructor(private readonly execute: (statement: Statement) => Promise<unknown[]>) {}

  /** The saved row, or undefined if its facts have changed. */
  save(statement: BulkStatement, input: Input): Promise<Saved | undefined> {
    let batcher = this.batchers.get(statement)
    if (!batcher) {
      batcher = new Batcher((batch) => this.run(statement, batch))
      this.batchers.set(statement, batcher)
    }
    return batcher.add(input)
  }

  private async run(statement: BulkStatement, batch: Input[]): Promise<(Saved | Promise<Saved | undefined>)[]> {
    const single = async (input: Input) => (await this.rows(statement.single(input)))[0]
    if (batch.length === 1) return batch.map(single)
    try {
      const saved = new Map((await this.rows(statement.many(batch))).map((row) => [row.id, row]))
      return batch.map((input) => saved.get(input.id) ?? single(input))
    } catch (error) {
      if (isAboutOneRow(error)) return batch.map(single)
      throw error
    }
  }

  private rows(statement: Sql): Promise<Saved[]> {
    return this.execute(toStatement(statement)) as Promise<Saved[]>
  }
}

/** Except after a lost connection or when the database as a whole is in trouble: SQLSTATE classes 08, 53, 57 and 58. */
function isAboutOneRow(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== undefined && (state === cancelled || !/^(08|53|57|58)/.test(state))
}
