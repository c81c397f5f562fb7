import { type PGlite, parse, protocol, type Results } from '@electric-sql/pglite'
import type { Statement } from '../sql'

const { serialize } = protocol

type Message = Parameters<typeof parse.parseResults>[0][number]

/** A statement that the database has parsed: the types of its parameters, and what its rows look like. */
interface Prepared {
  types: number[]
  rows: Message | undefined
}

/**
 * Statements by name, on PGlite. Its own `query` has each parsed, described and planned anew, in five trips through
 * the wasm; this takes one trip, and keeps the plan. What `pg` does by itself.
 */
export class PreparedStatements {
  private readonly prepared = new Map<string, Prepared>()

  constructor(private readonly lite: PGlite) {}

  run({ name, text, values }: Statement): Promise<Results> {
    return this.lite.runExclusive(async () => {
      const { types, rows } = this.prepared.get(name) ?? (await this.prepare(name, text))
      const written = values.map((value, index) => this.write(value, types[index]!))
      const answer = await this.send(serialize.bind({ statement: name, values: written }), serialize.execute({}))
      return parse.parseResults(rows ? [rows, ...answer] : answer, this.lite.parsers)[0]!
    })
  }

  private async prepare(name: string, text: string): Promise<Prepared> {
    const messages = await this.send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }))
    const prepared = {
      types: parse.parseDescribeStatementResults(messages),
      rows: messages.find((message) => message.name === 'rowDescription'),
    }
    this.prepared.set(name, prepared)
    return prepared
  }

  private write(value: unknown, type: number): string | null {
    if (value === null || value === undefined) return null
    const serializer = this.lite.serializers[type]
    return serializer ? serializer(value) : String(value)
  }

  /** In one trip. The last message ends the statement's transaction, also after an error. */
  private send(...messages: Uint8Array[]): Promise<Message[]> {
    return this.lite.execProtocolStream(Buffer.concat([...messages, serialize.sync()]), { syncToFs: true })
  }
}
