import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, statement } from '../tests/support/postgres'

/** One of several equivalent targets: its address, and the port of its health check. */
export interface Target {
  url: string
  checkPort: number
}

export interface Balancer {
  /** The address that clients use. */
  web: string
  /** The port that leads servers to the current primary. */
  databasePort: number
  close(): Promise<void>
}

const portOf = (url: string) => new URL(url).port

/**
 * HAProxy in front of the servers, and between them and PostgreSQL, configured as in docs/operating.md. The servers
 * start after it, because its address is their database address; so their ports are chosen in advance.
 */
export async function startBalancer(databases: Target[], serverPorts: number[]): Promise<Balancer> {
  const directory = mkdtempSync(join(tmpdir(), 'guildhall-haproxy-'))
  const [web, databasePort] = [await freePort(), await freePort()]
  writeFileSync(
    join(directory, 'haproxy.cfg'),
    `
defaults
  timeout connect 2s
  timeout client 60s
  timeout server 60s

listen guildhall
  mode http
  bind 127.0.0.1:${web}
  option httpchk GET /api/health
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1
${serverPorts.map((port, index) => `  server guildhall${index} 127.0.0.1:${port} check`).join('\n')}

listen postgres
  mode tcp
  bind 127.0.0.1:${databasePort}
  option httpchk GET /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${databases.map(({ url, checkPort }, index) => `  server postgres${index} 127.0.0.1:${portOf(url)} check port ${checkPort}`).join('\n')}
`,
  )
  const proxy = spawn(process.env.HAPROXY ?? '/usr/sbin/haproxy', ['-db', '-q', '-f', join(directory, 'haproxy.cfg')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => proxy.once('exit', () => resolve()))
  return {
    web: `http://127.0.0.1:${web}`,
    databasePort,
    async close() {
      proxy.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Reports over HTTP whether this PostgreSQL is the primary, as Patroni's REST API does. */
export async function answerPrimary(url: string): Promise<{ port: number; close(): void }> {
  const server: Server = createServer((_, response) => {
    isPrimary(url).then(
      (primary) => response.writeHead(primary ? 200 : 503).end(),
      () => response.writeHead(503).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}

/** Whether the balancer has found the primary. Until its first health checks, it connects to each database in turn. */
export const leadsToPrimary = async (url: string): Promise<boolean> =>
  (await Promise.all(Array.from({ length: 4 }, () => isPrimary(url)))).every(Boolean)

async function isPrimary(url: string): Promise<boolean> {
  try {
    const [row] = await statement<{ standby: boolean }>(url, 'select pg_is_in_recovery() as standby')
    return !row!.standby
  } catch {
    // The first failed health check of the standby also cuts the connections to it.
    return false
  }
}
