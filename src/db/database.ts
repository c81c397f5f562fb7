import { type Sql, type Statement, toStatement } from './sql'

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
  constructor(
    readonly pool: Pool,
    readonly kind: 'postgres' | 'embedded',
    /** How long to wait for an answer, in ms; for ever where none is given. */
    private readonly patience?: number,
  ) {}

  async rows<Row>(statement: Sql): Promise<Row[]> {
    const connection = await this.pool.connect()
    let failure: Error | undefined
    try {
      return (await connection.query({ ...toStatement(statement), query_timeout: this.patience })).rows as Row[]
    } catch (error) {
      failure = error as Error
      throw error
    } finally {
      connection.release(failure && isBroken(failure) ? failure : undefined)
    }
  }

  /** The first row, or undefined. */
  async first<Row>(statement: Sql): Promise<Row | undefined> {
    return (await this.rows<Row>(statement))[0]
  }

  /** The one row that a statement always gives. */
  async only<Row>(statement: Sql): Promise<Row> {
    const row = await this.first<Row>(statement)
    if (!row) throw new Error('a statement that always gives a row gave none')
    return row
  }
}

/** Errors with a five-character SQLSTATE are PostgreSQL's answers; anything else means that the connection is gone. */
function isBroken(error: Error & { code?: string }): boolean {
  return !/^[0-9A-Z]{5}$/.test(error.code ?? '') || error.code!.startsWith('57P')
}
