import { type Sql, type Statement, toStatement, writeSql } from '../sql'
import { cancelled, sqlStateOf } from '../sqlstate'
import { Batcher } from './batcher'

/** What a batch needs from the database. */
export interface QueryExecutor {
  rows(statement: Statement): Promise<unknown[]>
  /** The types of a statement's parameters, by name; undefined if they cannot be determined. */
  typesOf(statement: Statement): Promise<string[] | undefined>
}

type Text = Omit<Statement, 'values'>
type Values = unknown[]

/**
 * Runs single-row reads that have the same text and arrive at the same moment as one statement: the text is evaluated
 * once for each row of a table of their values. Preparing a statement, sending it and cleaning up after it is most of
 * the cost of a small read, and is paid once per batch.
 *
 * Each text has its own `Batcher`, so different reads never wait for each other. A batch of one runs the text as it is.
 * If PostgreSQL cannot read a value, or cancels the batch for taking too long, each read of the batch runs alone. A
 * read with a list among its values always runs alone. The trade-off: a batched statement needs the types of its
 * parameters, which takes one extra query per text, and each connection keeps two plans of it. See ADR 8.
 */
export class ReadBatcher {
  private readonly batchers = new Map<string, Batcher<Values, unknown>>()

  constructor(private readonly executor: QueryExecutor) {}

  load(piece: Sql): Promise<unknown> {
    const { values, ...statement } = toStatement(piece)
    let batcher = this.batchers.get(statement.name)
    if (!batcher) {
      const query = new BatchedQuery(this.executor, piece, statement)
      batcher = new Batcher((batch) => query.rows(batch))
      this.batchers.set(statement.name, batcher)
    }
    return batcher.add(values)
  }
}

/** All reads with one text. */
class BatchedQuery {
  private bulk: Promise<Text | undefined> | undefined

  constructor(
    private readonly executor: QueryExecutor,
    private readonly piece: Sql,
    private readonly single: Text,
  ) {}

  async rows(batch: Values[]): Promise<unknown[]> {
    const bulk = batch.length > 1 && (await this.bulkStatement(batch[0]!))
    return bulk ? this.runBulk(bulk, batch) : this.runEach(batch)
  }

  private runEach(batch: Values[]): Promise<unknown>[] {
    return batch.map(async (values) => (await this.executor.rows({ ...this.single, values }))[0])
  }

  private async runBulk(bulk: Text, batch: Values[]): Promise<unknown[]> {
    try {
      const values = batch[0]!.map((_, parameter) => batch.map((input) => input[parameter]))
      const rows = await this.executor.rows({ ...bulk, values })
      if (rows.length !== batch.length) throw new Error(`${batch.length} reads in one batch gave ${rows.length} rows`)
      return rows
    } catch (error) {
      // The values of one read must not fail the others.
      if (isAboutValues(error)) return this.runEach(batch)
      throw error
    }
  }

  /** The same statement for each row of a table of values; undefined if it cannot be written. */
  private bulkStatement(values: Values): Promise<Text | undefined> {
    this.bulk ??= this.executor.typesOf({ ...this.single, values }).then(
      (types) =>
        types?.length && !types.some(isList) ? toBulkStatement(this.piece, this.single.name, types) : undefined,
      () => {
        this.bulk = undefined
        return undefined
      },
    )
    return this.bulk
  }
}

/** A list of lists cannot be a column: PostgreSQL would read it as one long list. */
const isList = (type: string): boolean => type.endsWith('[]')

function toBulkStatement(piece: Sql, name: string, types: string[]): Text {
  const columns = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  const names = types.map((_, index) => `p${index + 1}`).join(', ')
  return {
    name: `many ${name}`,
    text: `
      select answer.* from unnest(${columns}) with ordinality as input (${names}, position)
      cross join lateral (${writeSql(piece, (number) => `input.p${number}`)}) answer order by input.position`,
  }
}

/** SQLSTATE class 22: a value does not fit the statement. Or one read takes too long. */
function isAboutValues(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== undefined && (state === cancelled || state.startsWith('22'))
}
