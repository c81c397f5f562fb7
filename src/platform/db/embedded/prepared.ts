import { type PGlite, parse, protocol, type Results } from '@electric-sql/pglite'
import type { Statement } from '../sql'

const { serialize } = protocol

type Message = Parameters<typeof parse.parseResults>[0][number]

/** A parsed statement: the types of its parameters, and the columns of its rows. */
interface Prepared {
  types: number[]
  rows: Message | undefined
}

/**
 * Named prepared statements on PGlite. PGlite's own `query` parses, describes and plans each statement again, in five
 * calls into the wasm. This takes one call and keeps the plan, as `pg` does automatically.
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

  /** In one call. The last message ends the statement's transaction, also after an error. */
  private send(...messages: Uint8Array[]): Promise<Message[]> {
    return this.lite.execProtocolStream(Buffer.concat([...messages, serialize.sync()]), { syncToFs: true })
  }
}
