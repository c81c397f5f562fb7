import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startScimServer } from './scim-server'
import { startScim2Server } from './scim2-server'

const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the server answers.
async function call(server: { url: string; token: string }, method: string, path: string, body?: any) {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined }
}

const person = (userName: string) => ({
  schemas: [schemas.user],
  userName,
  externalId: `id of ${userName}`,
  active: true,
})
const change = (...Operations: object[]) => ({ schemas: [schemas.patch], Operations })
const filtered = (filter: string) => `?filter=${encodeURIComponent(filter)}`

for (const [name, start] of [
  ['scimmy', startScimServer],
  ['scim2-server', startScim2Server],
] as const)
  describe(name, () => {
    let server: { url: string; token: string; stop(): Promise<void> }
    beforeAll(async () => {
      server = await start()
    })
    afterAll(() => server?.stop())

    test('another token is refused', async () => {
      expect((await call({ ...server, token: 'another' }, 'GET', '/Users')).status).toBe(401)
    })

    test('a person is created once, found by a filter, made inactive and deleted', async () => {
      const created = await call(server, 'POST', '/Users', person('anna'))
      expect(created).toMatchObject({ status: 201, body: { userName: 'anna', active: true } })
      const { id } = created.body
      expect((await call(server, 'POST', '/Users', person('anna'))).status).toBe(409)
      await call(server, 'POST', '/Users', person('bea'))
      const found = await call(server, 'GET', `/Users${filtered('userName eq "anna"')}`)
      expect(found.body.Resources.map((one: { id: string }) => one.id)).toEqual([id])
      const inactive = change({ op: 'replace', path: 'active', value: false })
      // One answers with the person, the other with nothing.
      expect([200, 204]).toContain((await call(server, 'PATCH', `/Users/${id}`, inactive)).status)
      expect((await call(server, 'GET', `/Users/${id}`)).body.active).toBe(false)
      expect((await call(server, 'DELETE', `/Users/${id}`)).status).toBe(204)
      expect((await call(server, 'GET', `/Users/${id}`)).status).toBe(404)
    })

    test('a member comes into a group and leaves it', async () => {
      const { id } = (await call(server, 'POST', '/Users', person('carl'))).body
      const group = (await call(server, 'POST', '/Groups', { schemas: [schemas.group], displayName: 'Readers' })).body
      const members = async () => (await call(server, 'GET', `/Groups/${group.id}`)).body.members ?? []
      const path = `/Groups/${group.id}`
      const added = await call(server, 'PATCH', path, change({ op: 'add', path: 'members', value: [{ value: id }] }))
      expect([200, 204]).toContain(added.status)
      expect((await members()).map((one: { value: string }) => one.value)).toEqual([id])
      await call(server, 'PATCH', path, change({ op: 'remove', path: `members[value eq "${id}"]` }))
      expect(await members()).toEqual([])
    })
  })

test('lists may ignore filters, and have groups without members', async () => {
  const server = await startScimServer({ ignoreFilter: true })
  try {
    const { id } = (await call(server, 'POST', '/Users', person('dora'))).body
    await call(server, 'POST', '/Users', person('eric'))
    const found = await call(server, 'GET', `/Users${filtered('userName eq "dora"')}`)
    expect(found.body.totalResults).toBe(2)
    await call(server, 'POST', '/Groups', {
      schemas: [schemas.group],
      displayName: 'Readers',
      members: [{ value: id }],
    })
    const members = async () => (await call(server, 'GET', '/Groups')).body.Resources[0].members ?? []
    expect(await members()).toHaveLength(1)
    server.switches.emptyGroups = true
    expect(await members()).toEqual([])
  } finally {
    await server.stop()
  }
})
