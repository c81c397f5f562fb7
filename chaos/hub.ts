import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { freePort } from '../tests/support/postgres'
import { receiverAddress } from '../tests/support/receiver'
import { wait } from './writing'

export interface State {
  version: number
  held: {
    organizationId: string | null
    access: { key: string; until: string | null }
    quota: { key: string; until: string | null }
  } | null
}

interface Faults {
  /** The part of requests that is refused with 500. */
  refused: number
  /** The part that is applied, and whose answer is lost. */
  lost: number
  /** How long each takes, in ms. */
  slow: number
}

/**
 * A connected system that does what docs/integrating.md asks of one: it verifies signatures, with a library that is not
 * ours, and keeps the newest version per account. Everything else about it can be made to fail.
 */
export class Hub {
  secret = ''
  faults: Faults = { refused: 0, lost: 0, slow: 0 }
  readonly states = new Map<string, State>()
  private readonly arrived = new Map<string, number>()
  readonly counted = { applied: 0, refused: 0, lost: 0, again: 0, old: 0 }
  /** Ids of messages that came with two contents, or whose version came under two ids; and signatures that are wrong. */
  readonly wrong: string[] = []
  private readonly contents = new Map<string, string>()
  private server: Server | undefined

  private constructor(private readonly port: number) {}

  static async open(): Promise<Hub> {
    const hub = new Hub(await freePort())
    await hub.comeBack()
    return hub
  }

  get url(): string {
    return `http://${receiverAddress}:${this.port}/hook`
  }

  /** When the newest version of an account came first, in ms. */
  arrivedAt(accountId: string): number {
    return this.arrived.get(accountId)!
  }

  async comeBack(): Promise<void> {
    this.server = createServer((request, response) => {
      this.receive(request, response).catch(() => response.destroy())
    }).listen(this.port, receiverAddress)
    await once(this.server, 'listening')
  }

  /** From now on connections are refused. */
  async leave(): Promise<void> {
    const { server } = this
    if (!server?.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const came = performance.now()
    let text = ''
    for await (const part of request) text += part
    if (this.faults.slow > 0) await wait(this.faults.slow)
    const chance = Math.random()
    if (chance < this.faults.refused) {
      this.counted.refused++
      response.writeHead(500).end()
      return
    }
    this.apply(request.headers as Record<string, string>, text, came)
    if (chance < this.faults.refused + this.faults.lost) {
      this.counted.lost++
      response.destroy()
    } else response.writeHead(204).end()
  }

  private apply(headers: Record<string, string>, text: string, came: number): void {
    try {
      new Webhook(this.secret).verify(text, headers)
    } catch (error) {
      this.wrong.push(`${headers['webhook-id']}: ${error}`)
      return
    }
    const { accountId, epoch, version, held } = JSON.parse(text).data
    if (accountId === undefined) return
    this.counted.applied++
    this.compare(`${epoch}.${version}`, `${headers['webhook-id']} ${text}`)
    const known = this.states.get(accountId)
    if (known && known.version > version) this.counted.old++
    if (known && known.version >= version) return
    this.arrived.set(accountId, came)
    this.states.set(accountId, { version, held })
  }

  private compare(version: string, content: string): void {
    const digest = createHash('sha256').update(content).digest('base64')
    const before = this.contents.get(version)
    if (before !== undefined) this.counted.again++
    if (before !== undefined && before !== digest) this.wrong.push(`version ${version} has two contents`)
    this.contents.set(version, digest)
  }
}
