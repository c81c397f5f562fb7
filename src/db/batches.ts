import { type Sql, type Statement, toStatement, writeSql } from './sql'

/** How many go together at most: nobody waits until more than these have been looked up. */
const most = 16

/** How long those who come later wait for a batch that is on its way, in ms, before they go without waiting for it. */
const patience = 10

/** What the database itself is asked for. */
export interface Asking {
  rows(statement: Statement): Promise<unknown[]>
  /** The types of its parameters, by name; undefined where that cannot be known. */
  typesOf(statement: Statement): Promise<string[] | undefined>
}

interface Asked {
  values: unknown[]
  resolve(row: unknown): void
  reject(error: unknown): void
}

/**
 * Reads of one row that are asked for at the same moment, with the same text and each with its own values, go to the
 * database as one statement. Getting a statement ready, sending it and cleaning up after it is most of what a read
 * costs, and is paid once for all of them. Where nobody else asks, a read goes by itself, at once. See ADR 8.
 */
export class Batches {
  private readonly queues = new Map<string, Queue>()

  constructor(private readonly asking: Asking) {}

  first(piece: Sql): Promise<unknown> {
    const { values, ...statement } = toStatement(piece)
    let queue = this.queues.get(statement.name)
    if (!queue) {
      queue = new Queue(this.asking, piece, statement)
      this.queues.set(statement.name, queue)
    }
    return queue.add(values)
  }
}

/** Those who ask the same. */
class Queue {
  private readonly waiting: Asked[] = []
  private onTheirWay = 0
  private leaving = false
  private tired: NodeJS.Timeout | undefined
  private together: Promise<Omit<Statement, 'values'> | undefined> | undefined

  constructor(
    private readonly asking: Asking,
    private readonly piece: Sql,
    private readonly alone: Omit<Statement, 'values'>,
  ) {}

  add(values: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ values, resolve, reject })
      this.schedule()
    })
  }

  /** The next batch goes when the one before is back, or when it is full; and it never waits long. */
  private schedule(): void {
    if (this.waiting.length === 0 || this.leaving) return
    if (this.onTheirWay > 0 && this.waiting.length < most) {
      this.tired ??= setTimeout(() => this.leave(), patience)
      return
    }
    this.leaving = true
    // Not before everything that has arrived was read: who comes in the same moment goes along.
    setImmediate(() => this.leave())
  }

  private async leave(): Promise<void> {
    clearTimeout(this.tired)
    this.tired = undefined
    this.leaving = false
    const batch = this.waiting.splice(0, most)
    this.onTheirWay++
    this.schedule()
    await this.ask(batch)
    this.onTheirWay--
    this.schedule()
  }

  private async ask(batch: Asked[]): Promise<void> {
    const together = batch.length > 1 && (await this.statementForMany(batch[0]!.values))
    await (together ? this.askTogether(together, batch) : this.askAlone(batch))
  }

  private async askAlone(batch: Asked[]): Promise<void> {
    await Promise.all(
      batch.map(({ values, resolve, reject }) =>
        this.asking.rows({ ...this.alone, values }).then(([row]) => resolve(row), reject),
      ),
    )
  }

  private async askTogether(together: Omit<Statement, 'values'>, batch: Asked[]): Promise<void> {
    try {
      const values = batch[0]!.values.map((_, parameter) => batch.map((asked) => asked.values[parameter]))
      const rows = await this.asking.rows({ ...together, values })
      if (rows.length !== batch.length) throw new Error(`${batch.length} asked together, and got ${rows.length} rows`)
      batch.forEach(({ resolve }, position) => {
        resolve(rows[position])
      })
    } catch (error) {
      // What one asked for may be impossible; the others have nothing to do with that.
      if (isAboutValues(error)) await this.askAlone(batch)
      else for (const { reject } of batch) reject(error)
    }
  }

  /** The same statement for each row of a table of values. None where that cannot be written. */
  private statementForMany(values: unknown[]): Promise<Omit<Statement, 'values'> | undefined> {
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

function forMany(piece: Sql, name: string, types: string[]): Omit<Statement, 'values'> {
  const columns = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  const names = types.map((_, index) => `p${index + 1}`).join(', ')
  return {
    name: `many ${name}`,
    text: `
      select answer.* from unnest(${columns}) with ordinality as asked (${names}, position)
      cross join lateral (${writeSql(piece, (number) => `asked.p${number}`)}) answer order by asked.position`,
  }
}

/** SQLSTATE 22: a value cannot be what the statement takes it for. */
const isAboutValues = (error: unknown): boolean => String((error as { code?: unknown }).code).startsWith('22')
