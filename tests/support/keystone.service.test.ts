import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startKeystone } from './keystone'
import { statement } from './postgres'

let keystone: Awaited<ReturnType<typeof startKeystone>>
beforeAll(async () => {
  const [server, name] = [inject('postgres'), `keystone_${process.pid}`]
  await statement(`${server}postgres`, `create database ${name}`)
  keystone = await startKeystone({ databaseUrl: server + name })
})
afterAll(() => keystone?.stop())

interface Login {
  name: string
  password: string
  domain: string
}

const token = async ({ name, password, domain }: Login, scope: object) => {
  const user = { name, password, domain: { name: domain } }
  const response = await fetch(`${keystone.url}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
  })
  return { status: response.status, token: response.headers.get('x-subject-token')! }
}

async function call(token: string, method: string, path: string, body?: object) {
  const response = await fetch(keystone.url + path, {
    method,
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined }
}

test('a member of a group reaches its project until they are taken out', async () => {
  const admin = (await token(keystone.admin, { system: { all: true } })).token
  const made = async (path: string, body: object) => {
    const answer = await call(admin, 'POST', path, body)
    expect(answer.status).toBe(201)
    return Object.values(answer.body as Record<string, { id: string }>)[0]!.id
  }
  const domain = await made('/domains', { domain: { name: 'Reef' } })
  const project = await made('/projects', { project: { name: 'Maps', domain_id: domain } })
  const group = await made('/groups', { group: { name: 'Maps members', domain_id: domain } })
  const user = await made('/users', { user: { name: 'anna', password: 'a secret', domain_id: domain } })
  const role = (await call(admin, 'GET', '/roles?name=member')).body.roles[0].id
  expect((await call(admin, 'PUT', `/projects/${project}/groups/${group}/roles/${role}`)).status).toBe(204)
  const signIn = () => token({ name: 'anna', password: 'a secret', domain: 'Reef' }, { project: { id: project } })
  expect((await signIn()).status).toBe(401)
  expect((await call(admin, 'PUT', `/groups/${group}/users/${user}`)).status).toBe(204)
  const own = await signIn()
  expect(own.status).toBe(201)
  expect((await call(admin, 'DELETE', `/groups/${group}/users/${user}`)).status).toBe(204)
  expect((await signIn()).status).toBe(401)
  expect((await call(own.token, 'GET', '/auth/projects')).status).toBe(401)
})
