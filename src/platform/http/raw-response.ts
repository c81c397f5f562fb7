import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

/** How long written data may remain unread, in ms. */
const unreadTimeoutMs = 60_000

/**
 * A response that we write piece by piece while its client reads. It ends exactly once, whether the client, its
 * connection or we end it. `whenOver` runs once and releases what the response held: timers, slots, listeners.
 */
export class RawResponse {
  private over = false
  private begun = false
  /** Runs while written data has not been sent. */
  private unread: NodeJS.Timeout | undefined
  private goOn: (() => void) | undefined
  private readonly response: ServerResponse
  private readonly reply: FastifyReply
  private readonly connection: Socket
  private readonly whenOver: (() => void)[] = []

  constructor(reply: FastifyReply) {
    this.reply = reply
    this.response = reply.raw
    this.connection = reply.request.raw.socket
    const gone = () => this.finish()
    this.response.on('error', gone)
    this.response.once('close', gone)
    // With pipelining, a response behind another one on the same connection has no socket and is not notified of its
    // end. There may be as many of them as were pipelined.
    this.connection.setMaxListeners(0)
    this.connection.once('close', gone)
    this.onceOver(() => this.connection.off('close', gone))
    if (this.connection.destroyed) this.finish()
  }

  get isOver(): boolean {
    return this.over
  }

  onceOver(work: () => void): void {
    if (this.over) work()
    else this.whenOver.push(work)
  }

  /** From here on the framework no longer handles the response. */
  begin(headers: OutgoingHttpHeaders): void {
    if (this.over) return
    const others = this.reply.getHeaders() as OutgoingHttpHeaders
    this.reply.hijack()
    this.begun = true
    this.response.writeHead(200, { ...others, ...headers })
  }

  /** Whether more may be written at once. A client that reads nothing for a minute is disconnected. */
  write(text: string): boolean {
    if (this.over || this.response.writableEnded || this.response.destroyed) return false
    if (this.response.write(text)) return true
    if (this.unread) return false
    this.unread = setTimeout(() => this.cut(), unreadTimeoutMs).unref()
    this.response.once('drain', () => this.wasRead())
    return false
  }

  /** In bytes. */
  get unreadLength(): number {
    return this.response.writableLength
  }

  /** Resolves when the written data has been sent, or the response is over. */
  drained(): Promise<void> {
    if (!this.unread) return Promise.resolve()
    return new Promise((resolve) => {
      this.goOn = resolve
    })
  }

  /** Ends the response: everything is written. */
  end(): void {
    if (this.finish() && this.begun && !this.response.writableEnded && !this.response.destroyed) this.response.end()
  }

  /** Destroys the connection, so that a client does not take a partial response for a complete one. */
  cut(): void {
    this.finish()
    this.connection.destroy()
  }

  /** Returns whether it was still running. */
  private finish(): boolean {
    if (this.over) return false
    this.over = true
    this.wasRead()
    for (const work of this.whenOver.splice(0)) work()
    return true
  }

  private wasRead(): void {
    clearTimeout(this.unread)
    this.unread = undefined
    this.goOn?.()
  }
}
