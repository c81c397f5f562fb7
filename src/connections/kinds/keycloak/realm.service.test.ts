import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { howMany } from '../../../../tests/support/how-many'
import { type RunningRealm, secret, startRealm } from '../../../../tests/support/keycloak-realm'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { percentiles, systemWorld } from '../../../../tests/support/system-world'
import { until } from '../../../../tests/support/until'
import { changeOwnAddress, updateOwnAccount } from '../../../membership/me/schema'
import { deleteConnection } from '../../connection-settings/schema'

// A real Keycloak: npm run test:services.

const people = howMany('PEOPLE', 20)
const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
let world: Awaited<ReturnType<typeof systemWorld>>
let realm: RunningRealm

const at = (more: object = {}) => ({
  ...{ kind: 'keycloak' as const, url: realm.keycloak.url, realm: 'reef', clientId: 'guildhall', group: 'guildhall' },
  ...{ provider: null, ...more },
})

beforeAll(async () => {
  realm = await startRealm()
  world = await systemWorld(site, at, secret, [{ key: 'editor', kind: 'access', name: 'Editor' }])
  await world.begin()
})
afterAll(() => realm?.stop())

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

test('a person gets a user with their name, in the group of their role', async () => {
  const [member] = await world.members(1)
  await isIn(member!)
  await world.settled()
  const user = await realm.userOf(member!)
  expect(user).toMatchObject({ firstName: member!.name, lastName: 'Cruz', email: member!.email, emailVerified: true })
})

describe('people who lose access', () => {
  test('are out within seconds, and nothing of theirs works again', async () => {
    const joined = await world.members(people)
    for (const member of joined) await isIn(member)
    const tokens = new Map<Person, string[]>()
    for (const member of joined) tokens.set(member, await realm.signIn(member))
    expect(await realm.alive([...tokens.values()].flat())).toBe(2 * people)
    const took: number[] = []
    for (const member of joined) {
      // Signed in once more in the second of the removal.
      const [, offline] = await realm.signIn(member)
      tokens.get(member)!.push(offline!)
      const begun = performance.now()
      await world.remove(member)
      await isOut(member)
      took.push(performance.now() - begun)
      expect(await realm.alive(tokens.get(member)!)).toBe(0)
    }
    const { median, p95 } = percentiles(took)
    console.log(`Keycloak: ${people} people out after ${median} ms (median), ${p95} ms (p95)`)
    expect(median).toBeLessThan(3000)
    for (const member of joined) await world.join(member)
    for (const member of joined) await isIn(member)
    expect(await realm.alive([...tokens.values()].flat())).toBe(0)
  }, 600_000)

  test('and go on in another organization have to sign in again', async () => {
    const other = await world.organization(['reader', 'small'])
    const [member] = await world.members(1)
    await isIn(member!)
    await world.settled()
    const tokens = await realm.signIn(member!)
    // Both at once, as far as the realm is told.
    await world.switchTo(false)
    await world.remove(member!)
    await world.join(member!, other)
    await world.switchTo(true)
    await world.settled()
    await isIn(member!)
    expect(await realm.alive(tokens)).toBe(0)
  })
})

test('another role is another group, and ends no session', async () => {
  const other = await world.organization(['reader', 'small'])
  const [member] = await world.members(1, other)
  await isIn(member!)
  await world.settled()
  const tokens = await realm.signIn(member!)
  await world.grant(other.id, ['editor'])
  await isIn(member!, '/guildhall/editor')
  await world.settled()
  expect(await realm.alive(tokens)).toBe(2)
})

test('another name and another address are written, and nothing else of the user is lost', async () => {
  const [member] = await world.members(1)
  await isIn(member!)
  await world.settled()
  await member!.call(updateOwnAccount, { firstName: 'Rosa', lastName: '', country: 'PH' })
  await member!.call(changeOwnAddress, { email: `Rosa.${member!.email}` })
  await until(async () => {
    const { firstName, lastName, email } = await realm.userOf(member!)
    return firstName === 'Rosa' && !lastName && email === `rosa.${member!.email}`
  })
  await world.settled()
  expect(await realm.userOf(member!)).toMatchObject({ username: member!.id, groups: ['/guildhall/reader'] })
})

test('a person whose address another user has waits for an operator, and is in once it is free', async () => {
  const person = await site.person('Taken', { confirmed: true })
  const stranger = await realm.admin.newUser('reef', 'taken', 'a password', { email: person.email })
  await world.join(person)
  await until(async () => (await world.rowOf(person))?.error === 'user_not_ours')
  expect(await realm.userOf(person)).toBeUndefined()
  expect(await realm.get(`/users/${stranger}`)).toMatchObject({ email: person.email, enabled: true })
  await realm.admin.succeed('DELETE', `/realms/reef/users/${stranger}`)
  await world.retry()
  await isIn(person)
})

test('a user that has the name of an account is not taken over', async () => {
  const person = await site.person('Named', { confirmed: true })
  await realm.admin.newUser('reef', person.id, 'a password')
  await world.join(person)
  await until(async () => (await world.rowOf(person))?.error === 'user_not_ours')
  expect(await realm.userOf(person)).toMatchObject({ groups: [], firstName: person.id })
  await world.remove(person)
  await world.settled()
  expect(await realm.userOf(person)).toMatchObject({ enabled: true })
})

test('a connection that is deleted takes back what it gave', async () => {
  const [member] = await world.members(1)
  await isIn(member!)
  await world.settled()
  const tokens = await realm.signIn(member!)
  await world.operator.call(deleteConnection, { connectionId: world.connectionId(), revoke: true })
  await until(async () => (await world.state()) === undefined)
  await isOut(member!)
  expect(await realm.alive(tokens)).toBe(0)
})
