import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { openPostgres } from '../../src/platform/db/postgres'
import { sql } from '../../src/platform/db/sql'
import { deriveKeys } from '../../src/platform/keys'
import { freePort } from '../support/postgres'
import { program } from '../support/program'
import { launchServer, startServer } from '../support/server'
import { copyPostgres, insertPerson, testBaseUrl, testSecret } from '../support/site'
import { until } from '../support/until'

const settings = async () => ({
  DATABASE_URL: await copyPostgres(),
  BASE_URL: testBaseUrl,
  GUILDHALL_SECRET: testSecret,
})

/** A whole request with a JSON body. */
function post(path: string, body: object, headers = ''): string {
  const text = JSON.stringify(body)
  return `POST ${path} HTTP/1.1\r\nHost: guildhall.test\r\nOrigin: ${testBaseUrl}\r\n${headers}Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`
}

test('a port that is taken ends the process with 70, and it says why', async () => {
  const first = await startServer(await program(), await settings())
  const second = await launchServer(await program(), { ...(await settings()), PORT: new URL(first.url).port })
  expect(await second.ended).toBe(70)
  expect(second.output()).toContain('The port is in use. Stop the program that uses it, or set PORT.')
  await first.stop()
  expect(await first.ended).toBe(0)
})

test('a database that is not there ends the process with 70, and it says why', async () => {
  const gone = `postgres://guildhall@127.0.0.1:${await freePort()}/none`
  const server = await launchServer(await program(), { ...(await settings()), DATABASE_URL: gone })
  expect(await server.ended).toBe(70)
  expect(server.output()).toContain(
    'The database is not responding. Check DATABASE_URL, and that PostgreSQL is running.',
  )
})

test.each(['0.0.0.0', '::'])(
  'HOST=%s without BASE_URL ends it with 1: the settings have to be others',
  async (HOST) => {
    const server = await launchServer(await program(), { ...(await settings()), HOST, BASE_URL: '' })
    expect(await server.ended).toBe(1)
    expect(server.output()).toContain('Set BASE_URL to the site’s public URL, like https://portal.example.org.')
  },
)

test('requests in flight are answered when the server is asked to stop, which is no failure', async () => {
  const server = await startServer(await program(), await settings())
  let text = ''
  const body = JSON.stringify({ email: 'ana@example.org', password: 'correct horse battery' })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  socket.write(
    `POST /api/sessions HTTP/1.1\r\nHost: guildhall.test\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  // The server has begun to handle the request.
  await until(async () => text.includes('100 Continue'))
  const stopped = server.stop()
  await until(async () =>
    fetch(server.url).then(
      () => false,
      () => true,
    ),
  )
  socket.write(body)
  await stopped
  expect(text).toContain('wrong_credentials')
  expect(await server.ended).toBe(0)
})

test('clients that send whole requests and are gone at once are no errors, and nothing of the next ones’', async () => {
  const server = await startServer(await program(), await settings())
  const send = (path: string, body: object, after: number) =>
    new Promise<void>((resolve) => {
      // After this many turns of the event loop.
      const hangUp = (turns: number): unknown =>
        turns > 0 ? setImmediate(() => hangUp(turns - 1)) : socket.resetAndDestroy()
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
        socket.write(post(path, body), () => hangUp(after)),
      )
      socket.on('error', () => {}).once('close', () => resolve())
    })
  for (let round = 0; round < 40; round++) {
    const email = `gone.${round}@example.org`
    await Promise.all([
      send('/api/sessions', { email, password: 'wrong wrong wrong' }, (round % 4) * 5),
      send('/api/password-resets', { email }, (round % 4) * 5),
      send('/api/sessions/passkey/start', {}, (round % 4) * 5),
    ])
  }
  await until(async () => (await fetch(`${server.url}/api/health`)).ok)
  await server.stop()
  expect(server.output()).not.toContain('"level":50')
})

test('an attempt counts for the network of its client, even if the client has disconnected', async () => {
  const mail = { SMTP_URL: `smtp://127.0.0.1:${await freePort()}`, MAIL_FROM: 'Guildhall <guildhall@example.org>' }
  const environment = { ...(await settings()), ...mail }
  const server = await startServer(await program(), environment)
  const db = openPostgres(environment.DATABASE_URL)
  const holder = await db.pool.connect()
  const sources = async () =>
    (await db.rows(sql`select key from tries where key like '% source %'`)) as { key: string }[]
  try {
    const { cookie } = await insertPerson(db, server.url, deriveKeys(testSecret), 'Ana')
    await holder.query('begin')
    // The request waits while it loads its facts, before it counts.
    await holder.query('lock table sessions in access exclusive mode')
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write(post('/api/me/confirmation-link', {}, `Cookie: ${cookie}\r\n`))
    await until(async () => (await db.rows(sql`select from pg_locks where not granted`)).length > 0)
    const closed = once(
      socket.on('error', () => {}),
      'close',
    )
    socket.resetAndDestroy()
    await closed
    // The server handles the reset before it answers a later connection.
    await fetch(`${server.url}/api/health`)
    await holder.query('commit')
    await until(async () => (await sources()).length > 0)
    expect(await sources()).toEqual([{ key: 'mailLink source 127.0.0.1' }])
  } finally {
    holder.release()
    await db.pool.end()
    await server.stop()
  }
})

test('clients that are gone in the middle of a body are no errors, and not taken for a database that is away', async () => {
  const server = await startServer(await program(), await settings())
  const { port } = new URL(server.url)
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nHost: guildhall.test\r\nOrigin: ${testBaseUrl}\r\nContent-Type: application/json\r\n`
  const leave = (begun: string, how: 'resetAndDestroy' | 'destroy') =>
    new Promise<void>((resolve) => {
      // After the server has begun to read, which `100 Continue` confirms.
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(begun))
      socket.once('data', () => socket[how]())
      socket.on('error', () => {}).once('close', () => resolve())
    })
  for (let round = 0; round < 10; round++)
    for (const how of ['resetAndDestroy', 'destroy'] as const)
      await Promise.all([
        leave(`${head('/api/sessions')}Content-Length: 500\r\nExpect: 100-continue\r\n\r\n{"email"`, how),
        leave(`${head('/api/accounts')}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5\r\n{"ema`, how),
      ])
  await until(async () => (await fetch(`${server.url}/api/health`)).ok)
  await server.stop()
  expect(server.output()).not.toContain('"level":50')
  expect(server.output()).not.toContain('database_unavailable')
})

/** A server with handlers that throw uncaught errors. */
const careless = (port: number) => `
  const { createServer } = await import(${JSON.stringify(resolve('src/platform/http/server.ts'))})
  const { catchAtLast, goOnAtLast } = await import(${JSON.stringify(resolve('src/platform/http/last-resort.ts'))})
  const app = await createServer({ baseUrl: 'http://127.0.0.1', trustedProxies: [], logLevel: 'error' })
  const never = (begin) => new Promise(() => void begin())
  app.get('/thrown', () => never(() => setImmediate(() => { throw new Error('thrown later') })))
  app.get('/rejected', () => never(() => { void Promise.reject(new Error('rejected on its own')) }))
  app.get('/streamed', (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200).write('some')
    setImmediate(() => { throw new Error('thrown in a stream') })
  })
  app.get('/after', (_, reply) => {
    reply.hijack()
    reply.raw.end('all')
    setImmediate(() => reply.raw.write('more'))
  })
  let go
  app.get('/slow', () => new Promise((resolve) => { go = resolve }))
  app.get('/go', () => { go({ fine: true }); return {} })
  catchAtLast()
  await app.listen({ port: ${port}, host: '127.0.0.1' })
  goOnAtLast(app)`

test('an error that nothing caught is logged, answers its own request with 500, and ends nothing else', async () => {
  const port = await freePort()
  const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', careless(port)])
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part
    })
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  await until(async () =>
    get('/none').then(
      () => true,
      () => false,
    ),
  )
  const slow = get('/slow')
  for (const [path, error] of [
    ['/thrown', 'thrown later'],
    ['/rejected', 'rejected on its own'],
  ] as const) {
    const answer = get(path).then(async (one) => [one.status, one.headers.get('content-type'), await one.json()])
    await expect(answer).resolves.toMatchObject([
      500,
      'application/problem+json; charset=utf-8',
      { code: 'internal_error' },
    ])
    await until(async () => output.includes(error))
  }
  await expect(get('/streamed').then((answer) => answer.text())).rejects.toThrow()
  await until(async () => output.includes('thrown in a stream'))
  expect(await (await get('/after')).text()).toBe('all')
  await get('/go')
  expect(await (await slow).json()).toEqual({ fine: true })
  expect(server.exitCode).toBe(null)
  server.kill()
})
