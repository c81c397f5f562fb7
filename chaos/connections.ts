import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { v7 as uuid } from 'uuid'
import { residentMemory } from '../bench/process'
import { listAccounts, registerAccount } from '../src/identity/accounts/schema'
import { signIn, signOut } from '../src/identity/authentication/schema'
import { makeResetLink, resetPassword } from '../src/identity/passwords/schema'
import { exportOrganizationEvents, streamEvents } from '../src/messaging/events/schema'
import { hashToken } from '../src/platform/access/token'
import { openPostgres } from '../src/platform/db/postgres'
import { sql } from '../src/platform/db/sql'
import { callOf } from '../src/platform/http/client'
import type { Endpoint, InputOf } from '../src/platform/http/endpoint'
import { getOpenApi } from '../src/platform/http/schema'
import { deriveKeys } from '../src/platform/keys'
import { Browser } from '../tests/support/browser'
import { cookieFor } from '../tests/support/cookie'
import { isHealthy } from '../tests/support/server'
import { testBaseUrl, testSecret } from '../tests/support/site'
import { until } from '../tests/support/until'
import type { ChaosSite } from './site'
import { wait } from './writing'

/** On SIGUSR2 the server counts its timers and connections, including those that do not keep the process alive. */
const probe = `
import { createHook } from 'node:async_hooks'
const alive = new Map()
createHook({
  init(id, type) { if (type === 'Timeout' || type === 'TCPWRAP') alive.set(id, type) },
  destroy(id) { alive.delete(id) },
}).enable()
process.on('SIGUSR2', () => {
  const counts = { Timeout: 0, TCPWRAP: 0 }
  for (const type of alive.values()) counts[type]++
  console.log('alive ' + JSON.stringify(counts))
})`
export const probed = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(probe)}` }

interface Alive {
  Timeout: number
  TCPWRAP: number
}

export interface Endured {
  connections: number
  signOuts: number
  /** Whether the same server process still runs at the end. */
  up: boolean
  /** Mean memory in MiB during the second and the last quarter of the run. */
  memory: [early: number, late: number]
  /** The server's timers and connections before, and after all clients have disconnected. */
  left: { before: Alive; after: Alive }
}

/** Hostile connections, as only attack programs make them, while sessions end. */
export async function badConnections(site: ChaosSite, seconds: number, signOuts: number): Promise<Endured> {
  const port = Number(new URL(site.server.url).port)
  const sessions = await insertSessions(site, signOuts)
  const ben = await registered(site)
  // Opens as many connections of our own as there will be afterwards, because keep-alive holds each for a while.
  await Promise.all([1, 2].map(() => site.admin().call(listAccounts, {})))
  const before = await alive(site)
  const open = new Set<Socket>()
  const seen: Endured = { connections: 0, signOuts: 0, up: false, memory: [0, 0], left: { before, after: before } }
  /** Sends `text`, optionally reads the answer, and disconnects after `stay` ms. */
  const say = (text: string | Buffer, { stay = 0, reading = true, slowly = '' } = {}) =>
    new Promise<void>((resolve) => {
      seen.connections++
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(text)
        if (!reading) socket.pause()
      })
      open.add(socket)
      const piece = slowly ? setInterval(() => socket.write(slowly), 20) : undefined
      const leave = setTimeout(() => socket.destroy(), stay || 3000)
      socket.on('data', () => {})
      socket.on('error', () => {})
      socket.on('close', () => {
        clearInterval(piece)
        clearTimeout(leave)
        open.delete(socket)
        resolve()
      })
    })
  const get = <E extends Endpoint>(endpoint: E, input: InputOf<E>, cookie: string) =>
    `GET ${callOf(endpoint, input).path} HTTP/1.1\r\nHost: guildhall.test\r\nCookie: ${cookie}\r\n\r\n`
  const post = ({ path }: Endpoint, body: string, cookie = '') =>
    `POST ${path} HTTP/1.1\r\nHost: guildhall.test\r\nOrigin: ${testBaseUrl}\r\n${cookie && `Cookie: ${cookie}\r\n`}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  const admin = site.admin().cookie
  const { organizationId } = site
  const ended = () => sessions[seen.signOuts++ % sessions.length]!
  const deeds: (() => Promise<unknown>)[] = [
    // Two streams on one connection; the second stream's session ends.
    async () => {
      const [first, second] = [sessions.at(-1 - (seen.connections % 5))!, ended()]
      const streams = say(get(streamEvents, {}, first) + get(streamEvents, {}, second), { stay: 1500 })
      await wait(30 * Math.random())
      await say(post(signOut, '{}', second))
      await streams
    },
    // Disconnects during authentication, or in the middle of an answer.
    () => say(get(streamEvents, {}, sessions.at(-6)!), { stay: 1 + 20 * Math.random() }),
    () => say(get(getOpenApi, {}, '').repeat(20), { stay: 1 + 20 * Math.random() }),
    // Never reads the answer.
    () => say(get(streamEvents, {}, admin), { stay: 2000, reading: false }),
    () => say(get(exportOrganizationEvents, { organizationId }, admin), { stay: 2000, reading: false }),
    () => say(get(getOpenApi, {}, '').repeat(50), { stay: 2000, reading: false }),
    // Slowly sends a megabyte of headers, and half a body.
    () => say('GET / HTTP/1.1\r\n', { stay: 3000, slowly: `X-${'a'.repeat(1000)}: b\r\n` }),
    () => say(post(signIn, '{"email":').replace(/Length: \d+/, 'Length: 900'), { stay: 3000, slowly: ' ' }),
    // Invalid or ambiguous requests.
    () => say(randomBytes(300)),
    () => say('GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    ...['{"email":1,"email":2}', '{"email":1,"em\\u0061il":2}', '{"__proto__":{"a":1}}', '{"a":'.repeat(5000)].map(
      (body) => () => say(post(signIn, body)),
    ),
  ]
  const memory: [at: number, size: number][] = []
  const began = Date.now()
  const passed = () => (Date.now() - began) / 1000 / seconds
  const looking = setInterval(() => {
    if (!site.server.hasEnded()) memory.push([passed(), residentMemory(site.server.pid)])
  }, 500)
  const doing = Array.from({ length: 24 }, async (_, lane) => {
    for (let turn = lane; passed() < 1; turn++) {
      await deeds[turn % deeds.length]!()
      await wait(20)
    }
  })
  const signing = (async () => {
    while (seen.signOuts < signOuts && !site.server.hasEnded()) {
      await say(post(signOut, '{}', ended()))
      await wait(Math.max(0, began + (seen.signOuts / signOuts) * seconds * 1000 - Date.now()))
    }
  })()
  const resetting = (async () => {
    while (passed() < 1) {
      await resetAndSignIn(site, ben).catch(() => undefined)
      await wait(1000)
    }
  })()
  await Promise.all([...doing, signing, resetting])
  clearInterval(looking)
  for (const socket of open) socket.destroy()
  seen.memory = [mean(memory, 0.25, 0.5), mean(memory, 0.75, 1)]
  seen.up = !site.server.hasEnded() && (await isHealthy(site.server.url))
  if (seen.up)
    seen.left.after = await until(async () => {
      const now = await alive(site)
      seen.left.after = now
      return now.Timeout <= before.Timeout && now.TCPWRAP <= before.TCPWRAP && now
    }).catch(() => seen.left.after)
  return seen
}

/** Resets a password and signs in with it within the same 10 ms. Either may be refused; nothing else may happen. */
async function resetAndSignIn(
  site: ChaosSite,
  { id, email, password }: typeof account & { id: string },
): Promise<void> {
  const { link } = await site.admin().call(makeResetLink, { accountId: id, email, reason: 'Chaos.' })
  const browser = new Browser(site.server)
  await Promise.all([
    browser.try(resetPassword, { token: link.split('#')[1]!, password }),
    browser.try(signIn, { email, password }),
  ])
}

function mean(memory: [at: number, size: number][], from: number, to: number): number {
  const sizes = memory.flatMap(([at, size]) => (at >= from && at < to ? [size] : []))
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}

const account = { email: 'ben@example.org', password: 'correct horse battery staple' }

async function registered(site: ChaosSite) {
  const { email } = account
  await new Browser(site.server).call(registerAccount, {
    ...account,
    firstName: 'Ben',
    lastName: 'Cruz',
    country: 'PH',
  })
  const { items } = await site.admin().call(listAccounts, { q: email })
  return { ...account, id: items[0]!.id }
}

async function alive({ server }: ChaosSite): Promise<Alive> {
  const heartbeats = () => server.output().split('alive ').slice(1)
  const count = heartbeats().length
  process.kill(server.pid, 'SIGUSR2')
  const line = await until(async () => heartbeats()[count])
  return JSON.parse(line.split('\n')[0]!) as Alive
}

/** Inserts sessions for 20 accounts and returns their cookies. */
async function insertSessions(site: ChaosSite, many: number): Promise<string[]> {
  const db = openPostgres(site.databaseUrl!)
  const tokens = Array.from({ length: many + 10 }, () => randomUUID())
  const [accounts, ids] = [Array.from({ length: 20 }, () => uuid()), tokens.map(() => uuid())]
  await db.rows(sql`
    insert into accounts (id, email, first_name, last_name, country)
    select id, id || '@example.org', 'Ana', 'Cruz', 'PH' from unnest(${accounts}::uuid[]) id`)
  await db.rows(sql`
    insert into sessions (id, account_id, token, expires_at)
    select s.id, (${accounts}::uuid[])[1 + s.n % 20], s.token, now() + interval '1 day'
    from unnest(${ids}::uuid[], ${tokens.map(hashToken)}::text[]) with ordinality s (id, token, n)`)
  await db.pool.end()
  const keys = deriveKeys(testSecret)
  return tokens.map((token) => cookieFor(token, keys, testBaseUrl))
}
