import { beforeAll, expect, test } from 'vitest'
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
