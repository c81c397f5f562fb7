import { type PGlite, parse, protocol, type Results } from '@electric-sql/pglite'
import type { Statement } from './sql'

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

  async run(statement: Statement): Promise<Results> {
    return (await this.runTogether([statement]))[0]!
  }

  /** In one trip, and so in one transaction. */
  runTogether(statements: Statement[]): Promise<Results[]> {
    return this.lite.runExclusive(async () => {
      const prepared: Prepared[] = []
      for (const { name, text } of statements)
        prepared.push(this.prepared.get(name) ?? (await this.prepare(name, text)))
      const messages = await this.send(
        ...statements.flatMap(({ name, values }, position) => {
          const written = values.map((value, index) => this.write(value, prepared[position]!.types[index]!))
          return [serialize.bind({ statement: name, values: written }), serialize.execute({})]
        }),
      )
      const answers = answersIn(messages)
      return prepared.map(({ rows }, position) => this.read(rows, answers[position]!))
    })
  }

  private read(rows: Message | undefined, answer: Message[]): Results {
    return parse.parseResults(rows ? [rows, ...answer] : answer, this.lite.parsers)[0]!
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

/** The messages of each statement: up to the one that says that it is done. */
function answersIn(messages: Message[]): Message[][] {
  const answers: Message[][] = [[]]
  for (const message of messages) {
    answers.at(-1)!.push(message)
    if (message.name === 'commandComplete') answers.push([])
  }
  return answers
}
