import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

/** How long what was written may stay unread, in ms. */
const patience = 60_000

/**
 * A response that we write piece by piece, while its client reads. It has one end, whoever brings it: the client, its
 * connection, or we. `whenOver` is called once, and gives back whatever the response held: timers, places, listeners.
 */
export class RawResponse {
  private over = false
  private begun = false
  /** Runs while something that was written has not gone out. */
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
    // Behind another response on the same connection, a response has no socket and does not hear of its end.
    // There may be as many of them as were sent at once.
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

  /** From here on the framework has nothing to do with it. */
  begin(headers: OutgoingHttpHeaders): void {
    if (this.over) return
    const others = this.reply.getHeaders() as OutgoingHttpHeaders
    this.reply.hijack()
    this.begun = true
    this.response.writeHead(200, { ...others, ...headers })
  }

  /** Whether more may be written at once. A client that reads nothing for a minute is cut off. */
  write(text: string): boolean {
    if (this.over || this.response.writableEnded || this.response.destroyed) return false
    if (this.response.write(text)) return true
    if (this.unread) return false
    this.unread = setTimeout(() => this.cut(), patience).unref()
    this.response.once('drain', () => this.wasRead())
    return false
  }

  /** In bytes. */
  get unreadLength(): number {
    return this.response.writableLength
  }

  /** What was written has gone out, or it is over. */
  drained(): Promise<void> {
    if (!this.unread) return Promise.resolve()
    return new Promise((resolve) => {
      this.goOn = resolve
    })
  }

  /** All is written. */
  end(): void {
    if (this.finish() && this.begun && !this.response.writableEnded && !this.response.destroyed) this.response.end()
  }

  /** Breaks it off together with its connection, so that nobody takes what was sent for the whole. */
  cut(): void {
    this.finish()
    this.connection.destroy()
  }

  /** Whether it was not over yet. */
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
