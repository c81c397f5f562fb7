import { type Server as HttpServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '../errors'
import type { ProblemCode } from '../problems'
import { moreTime } from './connections'

type Headers = Record<string, string>

/** A connection with Node's internal properties. */
type Served = Socket & { server: HttpServer; _httpMessage?: ServerResponse }

/** How long a refused client has to read the reason, in ms. */
const toRead = 2000

/** Connections with unreadable data pending, and the response that is sent first. */
const answering = new WeakMap<Socket, ServerResponse>()

const codes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
}

/** Unreadable data is refused like any other bad request. The rest of the connection cannot be read either. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, safe: Headers): void {
  const code = codes[error.code ?? ''] ?? 'malformed_request'
  if (code === 'request_too_slow' && moreTime(socket, () => refuse(code, socket, safe))) return
  refuse(code, socket, safe)
}

function refuse(code: ProblemCode, socket: Socket, safe: Headers): void {
  if (socket.writableEnded) return
  const { _httpMessage: begun } = socket as Served
  // The client is gone.
  if (!socket.writable) return void socket.destroy()
  // The error is not about the complete request in progress: that one gets its own answer first.
  if (begun?.req.complete) return void afterwards(begun, socket, () => refuse(code, socket, safe))
  // In the middle of another answer, the client would take it for a part of that answer.
  if (begun?.headersSent) return void socket.destroy()
  const { status, headers, body } = written(code, safe)
  const lines = Object.entries({ ...headers, date: new Date().toUTCString() }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  setTimeout(() => socket.destroy(), toRead).unref()
}

/** Waits for the answer in progress. Then the next pipelined request, if any, becomes the one in progress. */
function afterwards(begun: ServerResponse, socket: Socket, refuseNow: () => void): void {
  // More unreadable data arrived.
  if (answering.get(socket) === begun) return
  if (!answering.has(socket)) {
    // As long as a request may take. An event stream would never end.
    const late = setTimeout(() => socket.destroy(), (socket as Served).server.requestTimeout).unref()
    socket.once('close', () => clearTimeout(late))
  }
  answering.set(socket, begun)
  begun.once('finish', refuseNow)
}

/** Node itself handles `Expect: 100-continue`, the only supported expectation. */
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
