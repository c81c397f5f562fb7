import { ReadBatcher } from './batching/reads'
import { type BulkStatement, type InputColumns, type InputRow, type Saved, WriteBatcher } from './batching/writes'
import { noting, notingConnection } from './raised'
import { type Sql, type Statement, sql, toStatement } from './sql'
import { sqlStateOf } from './sqlstate'

/** What a pooled connection does: the part of `pg` that Kysely and we need, so that PGlite can do it too. */
export interface Connection {
  query(
    statement: string | (Statement & { query_timeout?: number }),
    values?: unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null; command?: string }>
  release(error?: Error | boolean): void
}

export interface Pool {
  connect(): Promise<Connection>
  end(): Promise<void>
}

/**
 * The database, as stores see it. Every call is one statement and one round trip, and so one transaction:
 * a save is written as a single statement that does everything or nothing.
 */
export class Database {
  private readonly readBatcher = new ReadBatcher({
    rows: (statement) => this.withConnection((connection) => this.execute(connection, statement)),
    typesOf: (statement) => this.withConnection((connection) => this.typesOf(connection, statement)),
  })
  private readonly writeBatcher = new WriteBatcher((statement) =>
    this.withConnection((connection) => this.execute(connection, statement)),
  )

  private pendingPing: Promise<void> | undefined
  private notePing = () => {}

  constructor(
    readonly pool: Pool,
    readonly kind: 'postgres' | 'embedded',
    /** How long to wait for an answer, in ms; for ever where none is given. */
    private readonly queryTimeout?: number,
  ) {}

  /** A connection for more than one statement. What goes wrong with it is known as the database's. */
  async connect(): Promise<Connection> {
    return notingConnection(await noting(this.pool.connect()))
  }

  async rows<Row>(statement: Sql): Promise<Row[]> {
    return this.withConnection((connection) => this.execute(connection, toStatement(statement))) as Promise<Row[]>
  }

  /**
   * The one row that a statement always gives, and which changes nothing. It may be asked for together with others'; what
   * has been committed when it is asked for, it sees.
   */
  async loadOne<Row>(statement: Sql): Promise<Row> {
    return this.must((await this.readBatcher.load(statement)) as Row | undefined)
  }

  /** What a save gives for this row, or undefined. It may be saved together with others, by one statement. */
  async saveBatched<C extends InputColumns, S extends Saved>(
    save: BulkStatement<C, S>,
    row: InputRow<C>,
  ): Promise<S | undefined> {
    return this.writeBatcher.save(save, row) as Promise<S | undefined>
  }

  /** The first row, or undefined. */
  async first<Row>(statement: Sql): Promise<Row | undefined> {
    return (await this.rows<Row>(statement))[0]
  }

  /** The one row that a statement always gives. */
  async only<Row>(statement: Sql): Promise<Row> {
    return this.must(await this.first<Row>(statement))
  }

  private must<Row>(row: Row | undefined): Row {
    if (!row) throw new Error('a statement that always gives a row gave none')
    return row
  }

  /**
   * Comes back as soon as the database has answered anything to anybody of this process, and fails where it does not
   * answer: it is asked, but however long the queue is, whoever is answered meanwhile has shown that it is there.
   * Those who want to know at the same moment ask once.
   */
  ping(): Promise<void> {
    this.pendingPing ??= new Promise<void>((resolve, reject) => {
      this.notePing = resolve
      this.rows(sql`select 1`).then(() => resolve(), reject)
    }).finally(() => {
      this.pendingPing = undefined
    })
    return this.pendingPing
  }

  private async execute(connection: Connection, statement: Statement): Promise<unknown[]> {
    const { rows } = await connection.query({ ...statement, query_timeout: this.queryTimeout })
    this.notePing()
    return rows
  }

  /** PostgreSQL knows them of a statement that was prepared on the connection. */
  private async typesOf(connection: Connection, statement: Statement): Promise<string[] | undefined> {
    await this.execute(connection, statement)
    const types = toStatement(sql`
      select parameter_types::text[] as types from pg_prepared_statements where name = ${statement.name}`)
    return ((await this.execute(connection, types)) as { types: string[] }[])[0]?.types
  }

  private async withConnection<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection = await this.connect()
    let failure: Error | undefined
    try {
      return await work(connection)
    } catch (error) {
      failure = error as Error
      throw error
    } finally {
      connection.release(failure && isBroken(failure) ? failure : undefined)
    }
  }
}

/** Errors with a SQLSTATE are PostgreSQL's answers; anything else means that the connection is gone. */
function isBroken(error: Error): boolean {
  const state = sqlStateOf(error)
  return state === undefined || state.startsWith('57P')
}
