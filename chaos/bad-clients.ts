import { connect, type Socket } from 'node:net'
import { signIn } from '../src/identity/authentication/schema'
import { getOpenApi } from '../src/platform/http/schema'
import type { ChaosSite } from './site'
import { type Answer, wait, writeDuring } from './writing'

/** Clients on bad connections: they send half a request, or hang up in the middle of the answer. */
export async function badClients(site: ChaosSite, seconds: number): Promise<Answer[]> {
  const port = Number(new URL(site.server.url).port)
  const hanging: Socket[] = []
  const answers = await writeDuring(site, 4, async () => {
    const until = Date.now() + seconds * 1000
    while (Date.now() < until) {
      for (let count = 0; count < 10; count++) hanging.push(half(port), gone(port))
      await wait(100)
    }
  })
  for (const socket of hanging) socket.destroy()
  return answers
}

const request = `POST ${signIn.path} HTTP/1.1\r\nHost: guildhall.test\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"email":`

/** Announces 500 bytes and sends nine. */
function half(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(request))
  return socket.on('error', () => {})
}

function gone(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`GET ${getOpenApi.path} HTTP/1.1\r\nHost: guildhall.test\r\n\r\n`)
    socket.once('data', () => socket.destroy())
  })
  return socket.on('error', () => {})
}
