import { ReadBatcher } from './batching/reads'
import { type BulkStatement, type InputColumns, type InputRow, type Saved, WriteBatcher } from './batching/writes'
import { noting, notingConnection } from './error-origin'
import { type Sql, type Statement, sql, toStatement } from './sql'
import { sqlStateOf } from './sqlstate'

/** A pooled connection: the part of `pg` that Kysely and we need, so that PGlite can provide it too. */
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

/** The statements of one transaction. */
export interface Transaction {
  rows<Row>(statement: Sql): Promise<Row[]>
}

/**
 * The database, as stores see it. Every call is one statement and one round trip, and therefore one transaction: a save
 * is written as a single statement that does everything or nothing.
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
    /** How long to wait for an answer, in ms; without a value, forever. */
    private readonly queryTimeout?: number,
  ) {}

  /** A connection for more than one statement. Its errors are marked as the database's. */
  async connect(): Promise<Connection> {
    return notingConnection(await noting(this.pool.connect()))
  }

  async rows<Row>(statement: Sql): Promise<Row[]> {
    return this.withConnection((connection) => this.execute(connection, toStatement(statement))) as Promise<Row[]>
  }

  /**
   * The one row of a statement that always returns one and changes nothing. It may run in a batch with other reads. It
   * sees everything committed before the call.
   */
  async loadBatched<Row>(statement: Sql): Promise<Row> {
    return this.must((await this.readBatcher.load(statement)) as Row | undefined)
  }

  /** The row that a save returns, or undefined. It may run in a batch with other saves, as one statement. */
  async saveBatched<C extends InputColumns, S extends Saved>(
    save: BulkStatement<C, S>,
    row: InputRow<C>,
  ): Promise<S | undefined> {
    return this.writeBatcher.save(save, row) as Promise<S | undefined>
  }

  /**
   * Several statements as one transaction: for the few saves that have to read after they have locked, and so cannot be
   * one statement (ADR 5).
   */
  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.withConnection(async (connection) => {
      await connection.query('begin')
      try {
        const result = await work({
          rows: async <Row>(statement: Sql) => (await this.execute(connection, toStatement(statement))) as Row[],
        })
        await connection.query('commit')
        return result
      } catch (error) {
        await connection.query('rollback').catch(() => undefined)
        throw error
      }
    })
  }

  /** The first row, or undefined. */
  async first<Row>(statement: Sql): Promise<Row | undefined> {
    return (await this.rows<Row>(statement))[0]
  }

  /** The one row of a statement that always returns one. */
  async only<Row>(statement: Sql): Promise<Row> {
    return this.must(await this.first<Row>(statement))
  }

  private must<Row>(row: Row | undefined): Row {
    if (!row) throw new Error('a statement that always gives a row gave none')
    return row
  }

  /**
   * Resolves as soon as the database has answered any call of this process, and fails if it does not answer. It sends a
   * query of its own, but however long the queue is, any other answer in that time also shows that the database is up.
   * Concurrent calls share one query.
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

  /** PostgreSQL knows them once a statement is prepared on the connection. */
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

/** Errors with a SQLSTATE are PostgreSQL's answers. Any other error means that the connection is gone. */
function isBroken(error: Error): boolean {
  const state = sqlStateOf(error)
  return state === undefined || state.startsWith('57P')
}
