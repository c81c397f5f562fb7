import pg from 'pg'
import type { Connection } from './database'
import { type Statement, sql, toStatement } from './sql'

/** What `pg` tells a query of what comes from the server. Its types have none of it. */
interface Query extends pg.Submittable {
  name: string
  text: string
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Wire): void
  handleReadyForQuery(connection: Wire): void
}

/** A connection's wire, and the names of the statements that were sent to be parsed and are not yet. */
type Wire = pg.Connection & { submittedNamedStatements: Record<string, string> }

type Callback = (error: Error | null | undefined, rows?: unknown[][]) => void

/** A transaction that has to wait for somebody's lock longer than this fails, with SQLSTATE 55P03. */
const inHaste = toStatement(sql`select set_config('lock_timeout', '50ms', true)`)

/** Statements that are sent at once and are one transaction; the rows of each. It waits for locks 50 ms at most. */
export function inOneTrip(connection: Connection, statements: Statement[], patience?: number): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const trip = new OneTrip([inHaste, ...statements], patience, (error, rows) =>
      error ? reject(error) : resolve(rows!.slice(1)),
    )
    void connection.query(trip as unknown as Statement)
  })
}

/**
 * For `pg` this is one query. Between statements that are sent without a Sync there is no commit, so all of them are one
 * transaction, which ends with the Sync after the last: by a commit, or after an error by taking everything back
 * (https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
 */
class OneTrip implements pg.Submittable {
  private readonly queries: Query[]
  private readonly rows: unknown[][] = []
  private position = 0

  constructor(
    statements: Statement[],
    readonly query_timeout: number | undefined,
    public callback: Callback,
  ) {
    const collect = (error: Error | undefined, result: { rows: unknown[] }) => {
      if (error) this.callback(error)
      else this.rows.push(result.rows)
    }
    this.queries = statements.map(({ name, text, values }) =>
      // With the name apart, since `pg` copies an object of all three property by property.
      Object.assign(new pg.Query(text, values, collect) as unknown as Query, { name }),
    )
  }

  /** By these two `pg` keeps in mind what was parsed on the connection. */
  get name(): string | undefined {
    return this.queries[this.position]?.name
  }

  get text(): string | undefined {
    return this.queries[this.position]?.text
  }

  submit(connection: pg.Connection): void {
    const withoutSync = Object.create(connection, { sync: { value: () => {} } }) as pg.Connection
    connection.stream.cork()
    for (const query of this.queries) query.submit(withoutSync)
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription(message: unknown): void {
    this.queries[this.position]!.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.queries[this.position]!.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: Wire): void {
    this.queries[this.position]!.handleCommandComplete(message, connection)
    this.position++
  }

  /** Only now is it committed. */
  handleReadyForQuery(connection: Wire): void {
    for (const query of this.queries) query.handleReadyForQuery(connection)
    this.callback(null, this.rows)
  }

  /** Whatever came after the one that failed, the server has not looked at. */
  handleError(error: Error, connection: Wire): void {
    for (const { name } of this.queries.slice(this.position)) delete connection.submittedNamedStatements[name]
    this.callback(error)
  }
}
