import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { troubleOf } from './outbound-trouble'
import type { Target } from './target'

/** What is sent. */
export interface Sending {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  /** How much of the answer is read, in bytes, if not as much as usual. */
  longestAnswer?: number
}

export interface Received {
  status: number
  /** With names in lower case. */
  headers: Record<string, string | string[] | undefined>
  text: string
  /** Whether there was more than was read. */
  truncated: boolean
}

/** In bytes. Answers are read by people, in the list of attempts, and small ones by programs. */
export const maxAnswer = 16_384

/**
 * Sends one request over this connection, and reads one answer. A 3xx is an answer. A client of its own for each request:
 * in a pool, a later request would use a connection whose addresses were judged earlier. Nor does it know of proxies.
 */
export async function exchange(
  socket: Socket,
  { origin, path }: Target,
  { method = 'GET', headers, body, longestAnswer = maxAnswer }: Sending,
  signal: AbortSignal,
): Promise<Received> {
  // Takes 150 ms and 20 MB to load, which a site without connections does not spend.
  const { Client } = await import('undici')
  const unused = [socket]
  const client = new Client(origin, {
    // Undici connects once more if a connection ends early. There is only this one. It does not take one at once.
    connect: (_, done) => {
      const given = unused.pop()
      queueMicrotask(() => (given ? done(null, given) : done(usedUp(), null)))
    },
    allowH2: false,
    maxHeaderSize: maxAnswer,
    // Each byte would begin them again; the signal is the one time limit.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  try {
    const answer = await client
      .request({
        method,
        path,
        headers: { 'user-agent': 'Guildhall', ...headers },
        body: body ?? null,
        signal,
        reset: true,
      })
      .catch((error) => Promise.reject(troubleOf(error, usualFor(error))))
    return { status: answer.statusCode, headers: answer.headers, ...(await readText(answer.body, longestAnswer)) }
  } finally {
    // Before the client's own end, which would read on.
    socket.destroy()
    // Not waited for: it has nothing left to send, and the deadline is not its own.
    client.destroy().catch(() => undefined)
  }
}

const usedUp = () => Object.assign(new Error('the connection is used up'), { code: 'ECONNRESET' })

/** Before there was any answer: the connection ended, or what came is not HTTP. */
const usualFor = ({ code = '' }: NodeJS.ErrnoException) =>
  /^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(code) ? 'closed' : 'broken_answer'

async function readText(
  body: Dispatcher.ResponseData['body'],
  longest: number,
): Promise<{ text: string; truncated: boolean }> {
  body.on('error', () => undefined)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, longest - size))
      size += chunk.length
      if (size > longest) break
    }
  } catch (error) {
    throw troubleOf(error, 'broken_answer')
  }
  const truncated = size > longest
  // What was cut may end within a character, which is left out.
  return { text: new TextDecoder().decode(Buffer.concat(chunks), { stream: truncated }), truncated }
}
