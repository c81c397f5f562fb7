import { type Server as HttpServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '../errors'
import type { ProblemCode } from '../problems'
import { moreTime } from './connections'

type Headers = Record<string, string>

/** A connection as Node keeps it. */
type Served = Socket & { server: HttpServer; _httpMessage?: ServerResponse }

/** How long whoever is refused may take to read why, in ms. */
const toRead = 2000

/** Connections with more than what cannot be read, and what is answered first. */
const answering = new WeakMap<Socket, ServerResponse>()

const codes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
}

/** What cannot be read as a request is refused as any other is. The rest of the connection cannot be read either. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, safe: Headers): void {
  const code = codes[error.code ?? ''] ?? 'malformed_request'
  if (code === 'request_too_slow' && moreTime(socket, () => refuse(code, socket, safe))) return
  refuse(code, socket, safe)
}

function refuse(code: ProblemCode, socket: Socket, safe: Headers): void {
  if (socket.writableEnded) return
  const { _httpMessage: begun } = socket as Served
  // Nobody is there.
  if (!socket.writable) return void socket.destroy()
  // It is not about a request that has come as a whole: that is worked on, and it is told what became of it.
  if (begun?.req.complete) return void afterwards(begun, socket, () => refuse(code, socket, safe))
  // In the middle of another answer it would be taken for a part of that.
  if (begun?.headersSent) return void socket.destroy()
  const { status, headers, body } = written(code, safe)
  const lines = Object.entries({ ...headers, date: new Date().toUTCString() }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  setTimeout(() => socket.destroy(), toRead).unref()
}

/** Once it is answered, the next one that waits is what is begun, if there is any. */
function afterwards(begun: ServerResponse, socket: Socket, refuseNow: () => void): void {
  // More came of what cannot be read.
  if (answering.get(socket) === begun) return
  if (!answering.has(socket)) {
    // As long as a request may take. A stream of news would never end.
    const late = setTimeout(() => socket.destroy(), (socket as Served).server.requestTimeout).unref()
    socket.once('close', () => clearTimeout(late))
  }
  answering.set(socket, begun)
  begun.once('finish', refuseNow)
}

/** Of what may be expected, 100-continue is met by Node itself. */
export function refuseExpectation(_: IncomingMessage, response: ServerResponse, safe: Headers): void {
  const { status, headers, body } = written('expectation_failed', safe)
  response.writeHead(status, headers).end(body)
}

function written(code: ProblemCode, safe: Headers) {
  const problem = new Problem(code)
  const body = JSON.stringify(problem.toDocument())
  const headers = {
    ...safe,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }
  return { status: problem.status, headers, body }
}
