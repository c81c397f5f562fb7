import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor, type Person, testBaseUrl } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { createApp } from '../../app'
import { getMe } from '../../membership/me/schema'
import { streamEvents } from '../../messaging/events/schema'
import type { Server } from './server'

const site = sharedSite()
let portal: string
let app: Server
let port: number

beforeAll(async () => {
  portal = mkdtempSync(join(tmpdir(), 'guildhall-portal-'))
  writeFileSync(join(portal, 'index.html'), '<!doctype html><title>Guildhall</title>')
  app = await createApp(configFor(), site.db, { portal })
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(async () => {
  await app.close()
  rmSync(portal, { recursive: true })
})

/** All responses to these bytes until the server closes the connection. `later` is sent after the first bytes. */
const heardFor = (bytes: string, later = '') =>
  new Promise<string>((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.setNoDelay().write(bytes, () => socket.write(later)))
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part
    })
    socket.on('error', reject).once('close', () => resolve(heard))
  })

/** The response to these bytes. */
async function answerTo(bytes: string) {
  const text = await heardFor(bytes)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]),
  )
  return { status: Number(line.split(' ')[1]), headers, body }
}

const host = 'Host: guildhall.test\r\n'
const close = 'Connection: close\r\n'
const json = 'Content-Type: application/json\r\n'
const malformed = [400, 'malformed_request'] as const

describe('whatever is refused before a route is found, or has read it all, is a problem document with the same headers:', () => {
  test.each<[string, string, readonly [number, string]]>([
    ['a request line that is none', 'GARBAGE\r\n\r\n', malformed],
    ['a header that is none', `GET /api/health HTTP/1.1\r\n${host}Bad Header: x\r\n\r\n`, malformed],
    [
      'both lengths',
      `POST /api/sessions HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      malformed,
    ],
    [
      'a broken chunk',
      `POST /api/sessions HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      malformed,
    ],
    ['no host', `GET /api/health HTTP/1.1\r\n${close}\r\n`, malformed],
    ['an expectation', `POST /api/sessions HTTP/1.1\r\n${host}Expect: nonsense\r\n\r\n`, [417, 'expectation_failed']],
    ['long headers', `GET /api/me HTTP/1.1\r\n${host}X: ${'a'.repeat(40_000)}\r\n\r\n`, [431, 'headers_too_large']],
    ['a path that cannot be decoded', `GET /%E0%A4%A HTTP/1.1\r\n${host}${close}\r\n`, [404, 'not_found']],
    [
      'a range behind the end',
      `GET / HTTP/1.1\r\n${host}${close}Range: bytes=999999999-\r\n\r\n`,
      [416, 'range_not_satisfiable'],
    ],
    ['a file in another version', `GET / HTTP/1.1\r\n${host}${close}If-Match: "x"\r\n\r\n`, [409, 'changed_meanwhile']],
  ])('%s', async (_, bytes, [status, code]) => {
    const answer = await answerTo(bytes)
    expect(answer).toMatchObject({
      status,
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
    })
    expect(JSON.parse(answer.body)).toMatchObject({ status, code, type: `/docs/errors#${code}` })
  })

  test('and how long the file is that a range lies behind', async () => {
    const { headers } = await answerTo(`GET / HTTP/1.1\r\n${host}${close}Range: bytes=999999999-\r\n\r\n`)
    expect(headers['content-range']).toBe('bytes */39')
  })

  test('but for HTTP/1.0, whose requests need no host', async () => {
    expect((await answerTo('GET /api/health HTTP/1.0\r\n\r\n')).status).toBe(200)
  })
})

describe('what came before that on one connection', () => {
  const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))
  /** A request that changes the name, each time to the next one. */
  function renaming(person: Person, name: string, more = '') {
    const body = JSON.stringify({ firstName: name, lastName: 'Reyes', country: 'PH' })
    return `PUT /api/me HTTP/1.1\r\n${host}${json}${more}Cookie: ${person.cookie}\r\nOrigin: ${testBaseUrl}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  }
  const nameOf = async (person: Person) => (await person.call(getMe, {})).account.firstName
  const chunked = `POST /api/sessions HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`
  const overlong = `GET /api/me HTTP/1.1\r\n${host}X: ${'a'.repeat(40_000)}\r\n\r\n`

  test.each<[string, string, number]>([
    ['garbage', 'GARB AGE\r\n\r\n', 400],
    ['a broken chunk', chunked, 400],
    ['long headers', overlong, 431],
  ])('is answered first, and truly: %s is refused after it', async (_, bytes, status) => {
    const person = await site.person()
    expect(statuses(await heardFor(renaming(person, 'Once') + bytes))).toEqual([200, status])
    expect(await nameOf(person)).toBe('Once')
    const twice = renaming(person, 'Twice') + renaming(person, 'Thrice')
    expect(statuses(await heardFor(twice + bytes, 'MORE\r\n\r\n'))).toEqual([200, 200, status])
    // The order in which they finish is not defined.
    expect(['Twice', 'Thrice']).toContain(await nameOf(person))
  })

  test('is all that is answered, where the connection ends with it', async () => {
    const person = await site.person()
    expect(statuses(await heardFor(`${renaming(person, 'Last', close)}GARB AGE\r\n\r\n`))).toEqual([200])
    expect(await nameOf(person)).toBe('Last')
  })
})

describe('a request that takes too long to arrive', () => {
  const begun = (path: string, cookie: string, length: number) =>
    `POST ${path} HTTP/1.1\r\n${host}${json}Cookie: ${cookie}\r\nOrigin: ${testBaseUrl}\r\nContent-Length: ${length}\r\n`

  beforeAll(() => {
    Object.assign(app.server, { headersTimeout: 500, requestTimeout: 500 })
  })

  test('has as long for what came before it: a stream would never end', async () => {
    const person = await site.person()
    const heard: string[] = []
    const asked = `GET ${streamEvents.path} HTTP/1.1\r\n${host}Cookie: ${person.cookie}\r\n\r\nGARB AGE\r\n\r\n`
    void heardFor(asked).then((text) => heard.push(text))
    expect(await until(async () => heard.at(0))).not.toContain('malformed_request')
  })

  test('is refused, but for a long catalogue, which has the time that it takes on a modest line', async () => {
    const operator = await site.person('Olga', { operator: true })
    const catalogue = JSON.stringify({ dryRun: true, services: [] }).padEnd(500_000)
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part
    })
    socket.write(`${begun('/api/catalogue', operator.cookie, catalogue.length)}${close}Expect: 100-continue\r\n\r\n{`)
    await until(async () => heard.includes('100 Continue'))
    const slow = await answerTo(`${begun('/api/sessions', '', 500)}\r\n{`)
    expect([slow.status, JSON.parse(slow.body).code]).toEqual([408, 'request_too_slow'])
    // It started before, so it is as old.
    socket.write(catalogue.slice(1))
    await ended
    expect(heard).toContain('HTTP/1.1 200 OK')
  })

  test('is refused in the end, however long it is to be', async () => {
    const operator = await site.person('Olga', { operator: true })
    const answers: Awaited<ReturnType<typeof answerTo>>[] = []
    // Long enough to have time left when it is first checked.
    void answerTo(`${begun('/api/catalogue', operator.cookie, 150_000)}\r\n{`).then((answer) => answers.push(answer))
    const answer = await until(async () => answers[0])
    expect(answer).toMatchObject({ status: 408, body: expect.stringContaining('"request_too_slow"') })
  })

  test('gets no extra time if the caller may not send it', async () => {
    const person = await site.person()
    const answer = await answerTo(`${begun('/api/catalogue', person.cookie, 15_000_000)}${close}\r\n{`)
    expect(answer.status).toBe(403)
  })
})
