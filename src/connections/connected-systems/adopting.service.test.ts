import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { howMany } from '../../../tests/support/how-many'
import { type RunningHub, startJupyterHub } from '../../../tests/support/jupyterhub'
import { membershipOf } from '../../../tests/support/organizations'
import { openIdWorld } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { removeMember } from '../../membership/memberships/schema'
import { sql } from '../../platform/db/sql'
import { listConnections, switchConnection } from '../connection-settings/schema'
import { adoptEntries, connectSystem, previewSystem, setSystemMode } from './schema'

// A running JupyterHub that has people already: npm run test:services.

const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
const token = randomBytes(32).toString('hex')
const people = howMany('PEOPLE', 250)
let world: Awaited<ReturnType<typeof openIdWorld>>
let hub: RunningHub
let connectionId: string
/** Members, and the names that they have in the hub. */
let members: { person: Person; entry: string }[]
let former: Person

beforeAll(async () => {
  world = await openIdWorld(site)
  hub = await startJupyterHub({ issuer: site.url, clientId: 'hub', clientSecret: 'a secret for tests', token })
  const settings = { kind: 'jupyterhub' as const, url: hub.url, group: 'guildhall' }
  connectionId = (await world.operator.call(connectSystem, { service: 'maps', name: 'Hub', settings, secret: token }))
    .id
  members = []
  for (let count = 0; count < 3; count++) members.push({ person: await world.member(), entry: `member-${count}` })
  former = await site.person()
  await asAdmin('POST', '/users', { usernames: [...members.map(({ entry }) => entry), 'former', 'stranger'] })
  await asAdmin('POST', '/groups/guildhall/users', { users: ['former', 'stranger'] })
})
afterAll(() => hub?.stop())

const asAdmin = (method: string, path: string, body?: unknown) => hub.ask(method, path, body, hub.adminToken)
const groupsOf = async (name: string) => (await asAdmin('GET', `/users/${name}`)).body.groups
const preview = () => world.operator.call(previewSystem, { connectionId })
const adopt = (csv: string, dryRun = false) => world.operator.call(adoptEntries, { connectionId, csv, dryRun })
const setMode = (mode: 'report' | 'grant' | 'on') => world.operator.call(setSystemMode, { connectionId, mode })
const known = () => site.db.rows(sql`select from remote_objects where connection_id = ${connectionId}`)
const state = async () =>
  (await world.operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!

test('a preview says what would change, and changes nothing', async () => {
  const admins = 1
  expect(await preview()).toEqual({
    ...{ accounts: members.length + admins, known: 0, missing: members.length + admins, ending: 0 },
    ...{ strangers: 5, names: ['former', 'member-0', 'member-1', 'member-2', 'stranger'] },
  })
  expect(await known()).toEqual([])
})

test('a file is adopted as a whole or not at all, and each row that can’t be says why', async () => {
  const [first, second] = members
  const bad = [
    'account,entry',
    `${first!.person.id},member-0`,
    'nobody@example.org,member-1',
    `${second!.person.email},not-there`,
    'no entry',
    `${members[2]!.person.id},member-2`,
    `${former.id},member-2`,
  ].join('\n')
  expect(await adopt(bad)).toEqual({
    ...{ rows: 6, adopted: 0, known: 0 },
    troubles: [
      { row: 3, trouble: 'account_unknown' },
      { row: 4, trouble: 'entry_unknown' },
      { row: 5, trouble: 'not_a_row' },
      { row: 6, trouble: 'given_twice' },
      { row: 7, trouble: 'given_twice' },
    ],
  })
  expect(await known()).toEqual([])
  // As a spreadsheet writes it.
  const good = members.map(
    ({ person, entry }, place) => `${place === 0 ? person.id : person.email.toUpperCase()};${entry}`,
  )
  const csv = `\uFEFF${[...good, `${former.email};former`].join('\r\n')}`
  expect(await adopt(csv, true)).toEqual({ rows: 4, adopted: 4, known: 0, troubles: [] })
  expect(await known()).toEqual([])
  expect(await adopt(csv)).toEqual({ rows: 4, adopted: 4, known: 0, troubles: [] })
  expect(await adopt(csv)).toEqual({ rows: 4, adopted: 0, known: 4, troubles: [] })
  expect(await adopt(`${first!.person.id},stranger\n${former.id},member-0`)).toMatchObject({
    troubles: [
      { row: 1, trouble: 'account_has_another' },
      { row: 2, trouble: 'account_has_another' },
    ],
  })
  expect(await adopt(`${world.admin.id},member-0`)).toMatchObject({
    troubles: [{ row: 1, trouble: 'entry_of_another' }],
  })
  expect(await preview()).toMatchObject({
    accounts: 4,
    known: 3,
    missing: 1,
    ending: 1,
    strangers: 1,
    names: ['stranger'],
  })
})

test('a connection that reports touches nothing; one that grants takes nothing away', async () => {
  await setMode('report')
  await world.operator.call(switchConnection, { connectionId, enabled: true })
  await until(async () => (await state()).comparedAt !== null && (await state()).pending > 0)
  expect(await Promise.all(members.map(({ entry }) => groupsOf(entry)))).toEqual([[], [], []])
  await setMode('grant')
  await until(async () => (await groupsOf('member-0')).length > 0 && (await groupsOf('member-2')).length > 0)
  expect((await asAdmin('GET', `/users/${world.admin.id}`)).body.groups).toEqual(['guildhall'])
  const [leaving] = members
  await world.admin.call(removeMember, {
    ...{ organizationId: world.organizationId, membershipId: await membershipOf(leaving!.person) },
  })
  const joining = await world.member()
  await until(async () => (await groupsOf(joining.id))?.length > 0)
  expect(await groupsOf(leaving!.entry)).toEqual(['guildhall'])
  expect(await groupsOf('former')).toEqual(['guildhall'])
})

test('and one that is on takes away what no one should have, of entries that are ours alone', async () => {
  await setMode('on')
  await until(async () => (await groupsOf('member-0')).length === 0 && (await groupsOf('former')).length === 0)
  expect(await groupsOf('member-1')).toEqual(['guildhall'])
  expect(await groupsOf('stranger')).toEqual(['guildhall'])
})

test('many are adopted at once', async () => {
  const ids = Array.from({ length: people }, (_, place) => place)
  const rows = await site.db.rows<{ id: string }>(sql`
    insert into accounts (id, email, first_name, last_name, country)
    select gen_random_uuid(), 'many-' || n || '@example.org', 'Many', 'Cruz', 'PH' from unnest(${ids}::int[]) n returning id`)
  for (let from = 0; from < people; from += 500)
    await asAdmin('POST', '/users', { usernames: ids.slice(from, from + 500).map((place) => `many-${place}`) })
  const csv = rows.map((_, place) => `many-${place}@example.org,many-${place}`).join('\n')
  const began = performance.now()
  expect(await adopt(csv)).toEqual({ rows: people, adopted: people, known: 0, troubles: [] })
  console.log(`${people} entries adopted in ${Math.round(performance.now() - began)} ms`)
})
