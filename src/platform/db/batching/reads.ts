import { type Sql, type Statement, toStatement, writeSql } from '../sql'
import { cancelled, sqlStateOf } from '../sqlstate'
import { Gathering } from './batcher'

/** What the database itself is asked for. */
export interface Asking {
  rows(statement: Statement): Promise<unknown[]>
  /** The types of its parameters, by name; undefined where that cannot be known. */
  typesOf(statement: Statement): Promise<string[] | undefined>
}

type Text = Omit<Statement, 'values'>
type Values = unknown[]

/**
 * Reads of one row that are asked for at the same moment, with the same text and each with its own values, go to the
 * database as one statement. Getting a statement ready, sending it and cleaning up after it is most of what a read
 * costs, and is paid once for all of them. See ADR 8.
 */
export class Batches {
  private readonly queues = new Map<string, Gathering<Values, unknown>>()

  constructor(private readonly asking: Asking) {}

  first(piece: Sql): Promise<unknown> {
    const { values, ...statement } = toStatement(piece)
    let queue = this.queues.get(statement.name)
    if (!queue) {
      const asked = new AskedAlike(this.asking, piece, statement)
      queue = new Gathering((batch) => asked.rows(batch))
      this.queues.set(statement.name, queue)
    }
    return queue.add(values)
  }
}

/** What is asked with one text. */
class AskedAlike {
  private together: Promise<Text | undefined> | undefined

  constructor(
    private readonly asking: Asking,
    private readonly piece: Sql,
    private readonly alone: Text,
  ) {}

  async rows(batch: Values[]): Promise<unknown[]> {
    const together = batch.length > 1 && (await this.statementForMany(batch[0]!))
    return together ? this.askTogether(together, batch) : this.askAlone(batch)
  }

  private askAlone(batch: Values[]): Promise<unknown>[] {
    return batch.map(async (values) => (await this.asking.rows({ ...this.alone, values }))[0])
  }

  private async askTogether(together: Text, batch: Values[]): Promise<unknown[]> {
    try {
      const values = batch[0]!.map((_, parameter) => batch.map((asked) => asked[parameter]))
      const rows = await this.asking.rows({ ...together, values })
      if (rows.length !== batch.length) throw new Error(`${batch.length} asked together, and got ${rows.length} rows`)
      return rows
    } catch (error) {
      // What one asked for may be impossible; the others have nothing to do with that.
      if (isAboutValues(error)) return this.askAlone(batch)
      throw error
    }
  }

  /** The same statement for each row of a table of values. None where that cannot be written. */
  private statementForMany(values: Values): Promise<Text | undefined> {
    this.together ??= this.asking.typesOf({ ...this.alone, values }).then(
      (types) => (types?.length && !types.some(isList) ? forMany(this.piece, this.alone.name, types) : undefined),
      () => {
        this.together = undefined
        return undefined
      },
    )
    return this.together
  }
}

/** A list of lists cannot be a column: PostgreSQL would take it for one long list. */
const isList = (type: string): boolean => type.endsWith('[]')

function forMany(piece: Sql, name: string, types: string[]): Text {
  const columns = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  const names = types.map((_, index) => `p${index + 1}`).join(', ')
  return {
    name: `many ${name}`,
    text: `
      select answer.* from unnest(${columns}) with ordinality as asked (${names}, position)
      cross join lateral (${writeSql(piece, (number) => `asked.p${number}`)}) answer order by asked.position`,
  }
}

/** SQLSTATE 22: a value cannot be what the statement takes it for. Or what one asked for takes too long. */
function isAboutValues(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== undefined && (state === cancelled || state.startsWith('22'))
}
