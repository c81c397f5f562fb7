import { execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface PostgresServer {
  /** Address of a database of this server. */
  url(database: string): string
  readonly pid: number
  /** Whether its process has ended. */
  hasEnded(): boolean
  /** Ends it by a signal, as an operator or a crash would; `resume` restarts it on the same data. */
  end(signal: NodeJS.Signals): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

/** The folder of Debian's PostgreSQL programs, or `PG_BIN`. */
export function programs(): string {
  if (process.env.PG_BIN) return process.env.PG_BIN
  const root = '/usr/lib/postgresql'
  const version = existsSync(root) ? readdirSync(root).sort().at(-1) : undefined
  if (!version) throw new Error('The tests need PostgreSQL: run “npm test”, or point PG_BIN to the folder with initdb.')
  return join(root, version, 'bin')
}

/**
 * Starts a PostgreSQL for the tests, in a temporary folder and on a free port. It touches no other. `standbyOf` makes
 * it a standby of another one.
 */
export async function startPostgres(
  settings: string[] = ['-c', 'fsync=off', '-c', 'synchronous_commit=off'],
  { parent = tmpdir(), standbyOf }: { parent?: string; standbyOf?: PostgresServer } = {},
): Promise<PostgresServer> {
  const bin = programs()
  const directory = mkdtempSync(join(parent, 'guildhall-postgres-'))
  const asRoot = process.getuid?.() === 0
  // PostgreSQL refuses to run as root; Debian's package creates a user for it.
  const owner = asRoot ? { uid: id('-u'), gid: id('-g') } : {}
  if (asRoot) chownSync(directory, owner.uid!, owner.gid!)
  const data = join(directory, 'data')
  const [program, ...rest] = standbyOf
    ? ['pg_basebackup', '-d', standbyOf.url(''), '-D', data, '-R', '-c', 'fast']
    : ['initdb', '-D', data, '-U', 'guildhall', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(bin, program!), rest, { stdio: 'ignore', cwd: directory, ...owner })
  const port = await freePort()
  const arguments_ = [
    '-D',
    data,
    '-k',
    directory,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=200',
    ...['-c', 'log_min_messages=error', '-c', 'log_min_error_statement=panic', '-c', 'log_line_prefix=%d '],
    ...settings,
  ]
  const url = (database: string) => `postgres://guildhall@127.0.0.1:${port}/${database}`
  const run = async () => {
    const log = openSync(join(directory, 'log'), 'a')
    const server = spawn(join(bin, 'postgres'), arguments_, {
      stdio: ['ignore', 'ignore', log],
      cwd: directory,
      ...owner,
    })
    closeSync(log)
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    await untilItAnswers(url('postgres'), () => server.exitCode !== null)
    const end = (signal: NodeJS.Signals) => {
      server.kill(signal)
      return ended
    }
    return { pid: server.pid!, end, hasEnded: () => server.exitCode !== null || server.signalCode !== null }
  }
  let running = await run()
  return {
    url,
    get pid() {
      return running.pid
    },
    hasEnded: () => running.hasEnded(),
    end: (signal) => running.end(signal),
    async resume() {
      // After a kill its child processes take a moment to exit, and until then it does not start.
      const deadline = Date.now() + 20_000
      for (;;) {
        const started = await run().catch((error) => {
          if (Date.now() > deadline) throw error
        })
        if (started) {
          running = started
          return
        }
      }
    },
    async stop() {
      await running.end('SIGINT')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const id = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

/**
 * A port that no process listens on, below the range of ephemeral ports: otherwise one of many outgoing connections
 * could take it before the server listens on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    server.once('error', () => resolve(false))
  })

export async function untilItAnswers(url: string, hasEnded = () => false): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      await statement(url, 'select 1')
      return
    } catch (error) {
      if (hasEnded() || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** That server's log entries about deadlocks in this database: which process waited for which, with which statement. */
export async function loggedDeadlocks(url: string): Promise<string[]> {
  const [logged] = await statement<{ database: string; log: string }>(
    url,
    `select current_database() as database, pg_read_file(current_setting('data_directory') || '/../log') as log`,
  )
  const { database, log } = logged!
  return log.match(new RegExp(`^${database} (ERROR:  deadlock|DETAIL:  Process).*(\n\t.*)*`, 'gm')) ?? []
}

/** Runs one statement on a connection of its own, and returns the rows. */
export async function statement<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url)
  // If the server is killed, the statement itself rejects.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
