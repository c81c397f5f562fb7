import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details } from '../../../tests/support/organizations'
import { openSite, type Person, type Site } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { gone, watchedPool } from '../../../tests/support/watched-pool'
import { endpoints } from '../../contract'
import { signOut } from '../../identity/authentication/schema'
import { getMe } from '../../membership/me/schema'
import { createOrganization } from '../../membership/organizations/schema'
import { exportOrganizationEvents, streamEvents } from '../../messaging/events/schema'
import { type Connection, Database } from '../db/database'
import { sql } from '../db/sql'
import { callOf, inQuery } from './client'

// How many resources of a server one client can hold, and how they are released.

let site: Site
/** Statements that contain this text are held back until they are released. */
let holding: string | undefined
const held: (() => void)[] = []
let away = false

beforeAll(async () => {
  const watch = {
    connecting() {
      if (away) throw gone()
    },
    async query(text: string, run: () => ReturnType<Connection['query']>) {
      const answer = await run()
      if (holding && text.includes(holding)) await new Promise<void>((letGo) => held.push(letGo))
      return answer
    },
  }
  site = await openSite({
    heartbeat: 2000,
    database: (db) => new Database(watchedPool(db.pool, watch), db.kind),
  })
})
afterAll(() => site.close())

const opened: AbortController[] = []
afterEach(() => {
  letGo()
  for (const controller of opened.splice(0)) controller.abort()
})

function letGo(): void {
  holding = undefined
  for (const go of held.splice(0)) go()
}

/** Opens a stream and returns its status. It stays open until the test ends or closes it. */
async function open(person: Person): Promise<{ status: number; leave(): void }> {
  const controller = new AbortController()
  opened.push(controller)
  const { status } = await fetch(site.url + streamEvents.path, {
    headers: { cookie: person.cookie },
    signal: controller.signal,
  })
  return { status, leave: () => controller.abort() }
}

const streamAccessQuery = 'from site, sessions s join accounts a'

describe('live streams', () => {
  test('are limited to ten per session; closing one makes room for another', async () => {
    const person = await site.person()
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(person)))
    expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await open(person)).status).toBe(429)
    expect((await open(await site.person())).status).toBe(200)
    streams[0]!.leave()
    await until(async () => (await open(person)).status === 200)
  })

  test('of clients who leave while they are let in take no place', async () => {
    const person = await site.person()
    holding = streamAccessQuery
    const leaving = Array.from({ length: 10 }, () => {
      const controller = new AbortController()
      const asked = fetch(site.url + streamEvents.path, {
        headers: { cookie: person.cookie },
        signal: controller.signal,
      })
      return { controller, gone: asked.catch(() => 'gone') }
    })
    await until(async () => held.length > 0)
    for (const { controller, gone } of leaving) {
      controller.abort()
      expect(await gone).toBe('gone')
    }
    letGo()
    await until(async () => (await open(person)).status === 200)
    const streams = await Promise.all(Array.from({ length: 9 }, () => open(person)))
    expect(streams.map(({ status }) => status)).toEqual(Array(9).fill(200))
  })

  // With a single connection, a statement that is held back blocks all others.
  if (process.env.TEST_DATABASE === 'postgres')
    test('do not begin for a session that ends while it is looked up', async () => {
      const person = await site.person()
      holding = streamAccessQuery
      const asked = open(person)
      await until(async () => held.length > 0)
      await person.call(signOut, {})
      letGo()
      expect((await asked).status).toBe(401)
    })
})

describe('pipelined on one connection', () => {
  /** A connection on which these requests are sent at once. */
  function pipelined(people: Person[], path: string): { socket: Socket; text(): string } {
    let text = ''
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => {
      for (const { cookie } of people)
        socket.write(`GET ${path} HTTP/1.1\r\nHost: guildhall.test\r\nCookie: ${cookie}\r\n\r\n`)
    })
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    return { socket: socket.on('error', () => {}), text: () => text }
  }

  test('two streams disturb no one when the second one’s session ends: the first goes on', async () => {
    const [first, second] = [await site.person(), await site.person()]
    const { socket, text } = pipelined([first, second], streamEvents.path)
    await until(async () => text().includes('retry: 1000'))
    await second.call(signOut, {})
    await first.call(createOrganization, details())
    await until(async () => text().includes('organization_created'))
    // Both get the next heartbeat after two seconds.
    await until(async () => /\r\n:\n\n/.test(text()))
    expect((await fetch(`${site.url}/api/health`)).status).toBe(200)
    socket.destroy()
  })

  test('streams that wait behind others give their places back with the connection', async () => {
    const person = await site.person()
    const { socket, text } = pipelined(Array(10).fill(person), streamEvents.path)
    await until(async () => text().includes('retry: 1000'))
    await until(async () => (await open(person)).status === 429)
    socket.destroy()
    await until(async () => (await open(person)).status === 200)
    // All ten slots were released at once, not only that of the stream that was written to.
    for (let n = 1; n < 10; n++) expect((await open(person)).status).toBe(200)
  })

  test('exports that wait behind others give theirs back too', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const path = callOf(exportOrganizationEvents, { organizationId: id }).path
    const { socket, text } = pipelined([admin, admin, admin], streamEvents.path)
    await until(async () => text().includes('retry: 1000'))
    for (let n = 0; n < 3; n++)
      socket.write(`GET ${path} HTTP/1.1\r\nHost: guildhall.test\r\nCookie: ${admin.cookie}\r\n\r\n`)
    socket.end()
    const download = () => fetch(site.url + path, { headers: { cookie: admin.cookie } })
    socket.destroy()
    await until(async () => (await download()).status === 200)
  })
})

test('an account has at most a hundred requests in flight, and others are served in the meantime', async () => {
  const person = await site.person()
  const other = await site.person()
  await person.call(getMe, {})
  holding = 'actor as materialized'
  const asked = Array.from({ length: 101 }, () => person.try(getMe, {}))
  const first = Promise.race(asked)
  await expect(first).resolves.toMatchObject({ status: 429 })
  const refused = await first
  expect(refused).toMatchObject({ status: 429, code: 'too_many_at_once' })
  expect(refused.headers.get('retry-after')).toBe('2')
  const others = other.try(getMe, {})
  letGo()
  expect((await others).status).toBe(200)
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(100)
  expect((await person.try(getMe, {})).status).toBe(200)
})

if (process.env.TEST_DATABASE === 'postgres') {
  test('health is answered while everything else waits for the database, and says no when it is gone', async () => {
    const health = async () => (await fetch(`${site.url}/api/health`)).status
    holding = 'select 1'
    const asked = health()
    await until(async () => held.length > 0)
    // This connection got no response, but another one did.
    await site.db.rows(sql`select 2`)
    await expect(asked).resolves.toBe(200)
    letGo()
    away = true
    expect(await health()).toBe(503)
    away = false
    expect(await health()).toBe(200)
  })
}

describe('what is said twice, or in the wrong place, is refused', () => {
  const byBody = endpoints.filter((endpoint) => !inQuery(endpoint))
  const pathOf = (path: string) => path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000')

  test.each(byBody.map((endpoint) => [endpoint.id, endpoint] as const))('by %s', async (_, { method, path }) => {
    for (const [query, body] of [
      ['?a=1', '{}'],
      ['?__proto__=1', '{}'],
      ['', '{"a":1,"a":2}'],
      ['', '{"a":1,"\\u0061":2}'],
      ['', '{"a":{"b":1,"b":2}}'],
      ['', '{"__proto__":1}'],
      ['', '{"constructor":{"prototype":1}}'],
      ['', '{"a":[{"__proto__":1}]}'],
    ])
      expect(await site.anonymous.raw(method, pathOf(path) + query, body)).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
  })

  const byQuery = endpoints.filter((endpoint) => inQuery(endpoint) && !endpoint.lenient)
  test.each(byQuery.map((endpoint) => [endpoint.id, endpoint] as const))(
    'by %s',
    async (_, { method, path, input }) => {
      const fields = Object.keys(input.shape).filter((name) => !path.includes(`{${name}}`))
      for (const name of [...fields, '__proto__', 'constructor', 'toString']) {
        const query = `?${name}=a&${encodeURIComponent(name).replace(/^[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}=a`
        const answer = await site.anonymous.raw(method, pathOf(path) + query)
        expect({ query, status: answer.status, code: answer.code }).toEqual({
          query,
          status: 400,
          code: 'invalid_input',
        })
      }
    },
  )
})
