import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startJupyterHub } from './jupyterhub'
import { until } from './until'

// A real JupyterHub with the configuration in docs/connectors: npm run test:services. Nobody signs in here: an administrator
// stores the tokens that signing in would have brought.

let portal: Server
let hub: RunningHub
/** What the portal says about a person, by access token. */
const claims = new Map<string, object>()

beforeAll(async () => {
  portal = createServer((request, response) => {
    const found = claims.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    response.writeHead(found ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  hub = await startJupyterHub({
    issuer: `http://127.0.0.1:${(portal.address() as AddressInfo).port}`,
    clientId: 'hub',
    clientSecret: 'a secret for tests',
    token: randomBytes(32).toString('hex'),
  })
})

afterAll(async () => {
  await hub?.stop()
  portal.close()
})

const asAdmin = (method: string, path: string, body?: unknown) => hub.ask(method, path, body, hub.adminToken)

/** A person whose sign-in brought an access token. */
async function newPerson(token: string, quota: object[]) {
  const name = `person-${randomBytes(4).toString('hex')}`
  claims.set(token, { sub: name, access_role: 'user', quota_role: 'small', quota })
  expect((await hub.ask('POST', `/users/${name}`)).status).toBe(201)
  const state = { access_token: token, token_response: { access_token: token, token_type: 'Bearer' } }
  expect((await asAdmin('PATCH', `/users/${name}`, { auth_state: state })).status).toBe(200)
  return name
}

const sizes = (cores: number | null, memory: number | null) => [
  { key: 'cpu', name: 'CPU', value: cores, unit: 'cores' },
  { key: 'memory', name: 'Memory', value: memory, unit: 'GiB' },
]

const stateOf = async (name: string) =>
  (await asAdmin('GET', `/users/${name}?include_stopped_servers`)).body.servers['']

async function startServer(name: string, options?: object): Promise<number> {
  expect([201, 202]).toContain((await asAdmin('POST', `/users/${name}/server`, options)).status)
  const ready = await until(async () => {
    const server = await stateOf(name)
    return server?.ready && server
  })
  return ready.state.pid
}

const environmentOf = (pid: number) =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((line) => line.split('=')),
  )

const stopServer = (name: string) =>
  until(async () => (await hub.ask('DELETE', `/users/${name}/server`)).status === 204)

test('the service lists people, and has no right to do more than it needs', async () => {
  expect(await hub.ask('GET', '/users')).toMatchObject({ status: 200, body: expect.any(Array) })
  expect((await hub.ask('GET', '/users', undefined, 'unknown')).status).toBe(403)
  expect((await hub.ask('POST', '/shutdown', {})).status).toBe(403)
  expect((await hub.ask('POST', '/groups/another', {})).status).toBe(403)
})

test('the right to use the hub comes with the group and ends with it', async () => {
  const name = await newPerson(randomBytes(8).toString('hex'), sizes(1, 1))
  expect((await hub.ask('POST', '/groups/guildhall/users', { users: [name] })).status).toBe(200)
  const made = await asAdmin('POST', `/users/${name}/tokens`)
  const own = () => hub.ask('GET', '/user', undefined, made.body.token)
  expect(await own()).toMatchObject({ status: 200, body: { name, groups: ['guildhall'] } })
  expect((await hub.ask('DELETE', '/groups/guildhall/users', { users: [name] })).status).toBe(200)
  expect(await own()).toMatchObject({ status: 200, body: { scopes: [] } })
})

test('the size of a server is what the portal says, whatever is asked for', async () => {
  const token = randomBytes(8).toString('hex')
  const name = await newPerson(token, sizes(2.5, 3))
  const first = await startServer(name, { cpu_limit: 16, environment: { CPU_LIMIT: '16' } })
  expect(environmentOf(first)).toMatchObject({ CPU_LIMIT: '2.5', MEM_LIMIT: `${3 * 1024 ** 3}` })
  await stopServer(name)
  expect(existsSync(`/proc/${first}`)).toBe(false)
  claims.set(token, { ...claims.get(token), quota: sizes(null, 1) })
  const second = await startServer(name)
  expect(environmentOf(second)).toMatchObject({ MEM_LIMIT: `${1024 ** 3}` })
  expect(environmentOf(second)).not.toHaveProperty('CPU_LIMIT')
  await stopServer(name)
})

test('no server starts where the portal refuses', async () => {
  const token = randomBytes(8).toString('hex')
  const name = await newPerson(token, sizes(1, 1))
  claims.delete(token)
  expect((await asAdmin('POST', `/users/${name}/server`)).status).toBe(403)
  claims.set(token, { sub: name, access_role: null, quota_role: null, quota: null })
  expect((await asAdmin('POST', `/users/${name}/server`)).status).toBe(403)
})

test('nothing is left running', async () => {
  const name = await newPerson(randomBytes(8).toString('hex'), sizes(1, 1))
  const pid = await startServer(name)
  const folder = environmentOf(pid).HOME!.replace(/\/home\/.*/, '')
  await hub.stop()
  const running = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && existsSync(`/proc/${entry}/cmdline`))
    .filter((entry) => isIn(folder, entry))
  expect(running).toEqual([])
  expect(existsSync(folder)).toBe(false)
})

/** Whether a process was started with this folder in its environment. */
function isIn(folder: string, pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)
  } catch {
    return false
  }
}
