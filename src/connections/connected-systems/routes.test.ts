import { beforeAll, describe, expect, test } from 'vitest'
import { openIdWorld } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import { sql } from '../../platform/db/sql'
import { deleteConnection, listConnections } from '../connection-settings/schema'
import { changeSystem, connectSystem } from './schema'

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
beforeAll(async () => {
  world = await openIdWorld(site)
})

const secret = 'a token of the hub'
const hubAt = (url: string, group?: string) => ({ kind: 'jupyterhub' as const, url, ...(group ? { group } : {}) })
const connect = (settings: ReturnType<typeof hubAt>) =>
  world.operator.try(connectSystem, { service: 'maps', name: 'Hub', settings, secret })
const listed = async (id: string) =>
  (await world.operator.call(listConnections, {})).connections.find((one) => one.id === id)

test('a system is connected, is off at first, and its secret is shown nowhere', async () => {
  const { body } = await connect(hubAt('https://hub.example.org/'))
  const connection = await listed(body.id)
  expect(connection).toMatchObject({ kind: 'jupyterhub', name: 'Hub', enabled: false, url: 'https://hub.example.org' })
  expect(connection!.settings).toEqual({ url: 'https://hub.example.org', group: 'guildhall' })
  expect(JSON.stringify(connection)).not.toContain(secret)
  const rows = await site.db.rows(
    sql`select encode(secret_sealed, 'escape') as text from connections where id = ${body.id}`,
  )
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('a part of a system belongs to one connection, until that is deleted', async () => {
  const { body } = await connect(hubAt('https://one.example.org'))
  expect((await connect(hubAt('https://one.example.org/'))).code).toBe('system_connected_already')
  expect((await connect(hubAt('https://one.example.org', 'others'))).status).toBe(201)
  await world.operator.call(deleteConnection, { connectionId: body.id, revoke: false })
  expect((await connect(hubAt('https://one.example.org'))).status).toBe(201)
})

test('a connection keeps its system, and gets another secret', async () => {
  const { body } = await connect(hubAt('https://two.example.org'))
  const change = (settings: ReturnType<typeof hubAt>, more = {}) =>
    world.operator.try(changeSystem, { connectionId: body.id, settings, ...more })
  expect((await change(hubAt('https://three.example.org'))).code).toBe('system_is_another')
  expect((await change(hubAt('https://two.example.org', 'others'))).code).toBe('system_is_another')
  const sealed = () =>
    site.db.only<{ text: string }>(sql`select secret_sealed::text as text from connections where id = ${body.id}`)
  const before = await sealed()
  expect((await change(hubAt('https://two.example.org'))).status).toBe(200)
  expect(await sealed()).toEqual(before)
  expect((await change(hubAt('https://two.example.org'), { secret: 'another' })).status).toBe(200)
  expect(await sealed()).not.toEqual(before)
})

describe('a directory', () => {
  const directory = {
    ...{ kind: 'ldap' as const, url: 'ldaps://ldap.example.org', bindDn: 'cn=guildhall,dc=example,dc=org' },
    ...{ peopleDn: 'ou=people,dc=example,dc=org', groupDn: 'cn=maps,ou=groups,dc=example,dc=org' },
  }
  const numbered = {
    ...{ uidNumberFrom: '20000', uidNumberTo: '29999', gidNumber: '2000', counterDn: 'cn=next,dc=example,dc=org' },
  }
  const connectDirectory = (more: object) =>
    world.operator.try(connectSystem, { service: 'maps', name: 'LDAP', settings: { ...directory, ...more }, secret })

  test('makes POSIX accounts with numbers, a counter and a group, or none', async () => {
    for (const key of Object.keys(numbered))
      expect((await connectDirectory({ ...numbered, [key]: null })).code).toBe('invalid_input')
    for (const more of [{ uidNumberFrom: '0' }, { uidNumberFrom: '30000' }, { gidNumber: '0' }, { homePrefix: 'home' }])
      expect((await connectDirectory({ ...numbered, ...more })).code).toBe('invalid_input')
    const { body } = await connectDirectory(numbered)
    expect((await listed(body.id))!.settings).toEqual({
      ...{ ...directory, ...numbered, kind: undefined },
    })
  })

  test('is the same with and without encryption, and however its DNs are written', async () => {
    for (const more of [
      { url: 'ldap://ldap.example.org' },
      { url: 'ldaps://ldap.example.org:636' },
      { peopleDn: 'OU=People, dc=example, dc=org' },
      { groupDn: 'cn=other,dc=example,dc=org' },
    ])
      expect((await connectDirectory(more)).code).toBe('system_connected_already')
    expect((await connectDirectory({ peopleDn: 'ou=others,dc=example,dc=org' })).status).toBe(201)
  })
})

test('a realm has one connection, which keeps its group', async () => {
  const at = (group: string, provider: string | null = null) => ({
    ...{
      kind: 'keycloak' as const,
      url: 'https://sso.example.org',
      realm: 'reef',
      clientId: 'guildhall',
      group,
      provider,
    },
  })
  const connect = (settings: ReturnType<typeof at>) =>
    world.operator.try(connectSystem, { service: 'maps', name: 'Realm', settings, secret })
  const { body } = await connect(at('guildhall'))
  expect((await connect(at('others'))).code).toBe('system_connected_already')
  const change = (settings: ReturnType<typeof at>) =>
    world.operator.try(changeSystem, { connectionId: body.id, settings })
  expect((await change(at('others'))).code).toBe('system_is_another')
  expect((await change(at('guildhall', 'portal'))).status).toBe(200)
  expect((await connect(at('//'))).code).toBe('invalid_input')
})
