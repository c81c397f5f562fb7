import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Identity } from './certificate'

// Servers that requests to services go to in tests. None leaves this machine.

/** The one address that tests allow, and the one that they do not. */
export const [allowedHost, forbiddenHost] = ['127.0.0.2', '127.0.0.1']

export interface Receiver {
  port: number
  /** How many connections there have been. */
  connections(): number
  /** When all connections are closed, as the receiver sees it. */
  idle(): Promise<void>
  close(): Promise<void>
}

async function listening(server: Server, host: string, port: number): Promise<Receiver> {
  const open = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    idle: async () => {
      for (const socket of open) await new Promise((resolve) => socket.once('close', resolve))
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export const httpReceiver = (answer: RequestListener, host = allowedHost, port = 0): Promise<Receiver> =>
  listening(createHttpServer(answer), host, port)

export const httpsReceiver = (identity: Identity, answer: RequestListener): Promise<Receiver> =>
  listening(createHttpsServer(identity, answer), allowedHost, 0)

/** One that speaks as it likes, and remembers all that came, of all connections together. */
export async function plainReceiver(
  onConnection: (socket: Socket) => void,
  host = allowedHost,
): Promise<Receiver & { received(): string }> {
  let received = ''
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      received += data
    })
    onConnection(socket)
  })
  return { ...(await listening(server, host!, 0)), received: () => received }
}

/** How long a receiver does nothing before it answers after all: a request without a deadline has an answer then. */
const aWhile = 2_000

/** Answers with a byte now and then, and is done after a while. */
export const dripping: RequestListener = (_, response) => {
  response.writeHead(200)
  const drip = setInterval(() => response.write('.'), 25)
  setTimeout(() => {
    clearInterval(drip)
    response.end()
  }, aWhile)
}

/** Answers after a while only. */
export const hanging: RequestListener = (_, response) => {
  setTimeout(() => response.end('at last'), aWhile)
}

/** As the system connects, but what would leave the machine ends at this port of the forbidden address, and is noted. */
export function watchedDial(port: number) {
  const dialled: string[] = []
  return {
    dialled,
    dial: ({ host, port: asked }: { host: string; port: number }): Socket => {
      dialled.push(host)
      const inside = host === allowedHost
      return connect({ host: inside ? host : forbiddenHost, port: inside ? asked : port, autoSelectFamily: false })
    },
  }
}
