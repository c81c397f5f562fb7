import { afterAll, beforeAll, expect, test } from 'vitest'
import { howMany } from '../../../../tests/support/how-many'
import { type RunningRealm, secret, startRealm } from '../../../../tests/support/keycloak-realm'
import { membershipOf } from '../../../../tests/support/organizations'
import { openIdWorld } from '../../../../tests/support/relying-party'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { until } from '../../../../tests/support/until'
import { acceptInvitation, createInvitation } from '../../../membership/invitations/schema'
import { removeMember } from '../../../membership/memberships/schema'
import { sql } from '../../../platform/db/sql'
import { connectSystem } from '../../connected-systems/schema'
import { listConnections, switchConnection } from '../../connection-settings/schema'

// A real Keycloak: npm run test:services.

const people = howMany('PEOPLE', 20)
const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
let world: Awaited<ReturnType<typeof openIdWorld>>
let realm: RunningRealm
let connectionId: string

beforeAll(async () => {
  ;[world, realm] = await Promise.all([openIdWorld(site), startRealm()])
  connectionId = (await connected()).id
  await world.operator.call(switchConnection, { connectionId, enabled: true })
})
afterAll(() => realm?.stop())

async function connected(more = {}) {
  const given = { realm: 'reef', clientId: 'guildhall', secret, ...more }
  const { secret: password, ...rest } = given
  const settings = { kind: 'keycloak' as const, url: realm.keycloak.url, ...rest }
  return world.operator.call(connectSystem, { service: 'maps', name: 'Realm', settings, secret: password })
}

const state = async () =>
  (await world.operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!
const settled = () =>
  until(async () => {
    const waiting = await site.db.rows(sql`
      select from change_signals union all
      select from propagations where connection_id = ${connectionId} and (claim is not null or next_attempt_at <= now()) limit 1`)
    const { pending, failed } = await state()
    return waiting.length === 0 && pending + failed === 0
  })
const isIn = (person: Person, group = '/guildhall/reader') =>
  until(async () => {
    const user = await realm.userOf(person)
    return user?.enabled && user.groups.join() === group
  })
const isOut = (person: Person) =>
  until(async () => {
    const user = await realm.userOf(person)
    return !user.enabled && (await realm.left(person)) === 0
  })
const remove = async (member: Person, { admin, id }: { admin: Person; id: string }) =>
  admin.call(removeMember, { organizationId: id, membershipId: await membershipOf(member) })
const home = () => ({ admin: world.admin, id: world.organizationId })
const rejoin = async (member: Person, { admin, id }: { admin: Person; id: string }) => {
  await site.db.rows(sql`update accounts set email_verified = true, address_proved_at = now() where id = ${member.id}`)
  const { code } = await admin.call(createInvitation, { organizationId: id, boundTo: { email: member.email } })
  await member.call(acceptInvitation, { code })
}
const members = async (count: number) => {
  const joined: Person[] = []
  for (let place = 0; place < count; place++) joined.push(await world.member())
  return joined
}

test('a person gets a user with their name, in the group of their role', async () => {
  const member = await world.member()
  await isIn(member)
  await settled()
  expect(await realm.userOf(member)).toMatchObject({
    ...{ username: member.id, email: member.email.toLowerCase(), enabled: true, groups: ['/guildhall/reader'] },
  })
})

test('people who lose access are out within seconds, and nothing of theirs works again', async () => {
  const joined = await members(people)
  for (const member of joined) await isIn(member)
  const tokens = new Map<Person, string[]>()
  for (const member of joined) tokens.set(member, await realm.signIn(member))
  expect(await realm.alive([...tokens.values()].flat())).toBe(2 * people)
  const took: number[] = []
  for (const member of joined) {
    const begun = performance.now()
    await remove(member, home())
    await isOut(member)
    took.push(performance.now() - begun)
    expect(await realm.alive(tokens.get(member)!)).toBe(0)
  }
  took.sort((a, b) => a - b)
  const [median, p95] = [0.5, 0.95].map((part) => Math.round(took[Math.floor(part * (took.length - 1))]!))
  console.log(`Keycloak: ${people} people out after ${median} ms (median), ${p95} ms (p95)`)
  expect(median).toBeLessThan(3000)
  for (const member of joined) await rejoin(member, home())
  for (const member of joined) await isIn(member)
  expect(await realm.alive([...tokens.values()].flat())).toBe(0)
}, 600_000)
