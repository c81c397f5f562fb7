import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { howMany } from '../../../../tests/support/how-many'
import { type RunningRealm, secret, startRealm } from '../../../../tests/support/keycloak-realm'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { systemWorld } from '../../../../tests/support/system-world'
import { until } from '../../../../tests/support/until'
import { updateOwnAccount } from '../../../membership/me/schema'
import { sql } from '../../../platform/db/sql'

// A real Keycloak, in which people change things by hand, and in which people sign in with this site.

const people = howMany('PEOPLE', 20)
const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
let world: Awaited<ReturnType<typeof systemWorld>>
let realm: RunningRealm

const at = (more: object = {}) => ({
  ...{ kind: 'keycloak' as const, url: realm.keycloak.url, realm: 'reef', clientId: 'guildhall' },
  ...{ group: 'sites/guildhall', provider: 'portal', ...more },
})

beforeAll(async () => {
  realm = await startRealm()
  world = await systemWorld(site, at, secret)
  await world.begin()
})
afterAll(() => realm?.stop())

const group = '/sites/guildhall/reader'
const groupsAre = (person: Person, ...groups: string[]) =>
  until(async () => (await realm.userOf(person))?.groups.join() === groups.join())
const readers = async () => (await realm.groupAt(group.slice(1)))!
const linksOf = async (id: string) => realm.get(`/users/${id}/federated-identity`)

test('a person is linked with their account', async () => {
  const [member] = await world.members(1)
  await groupsAre(member!, group)
  const link = { identityProvider: 'portal', userId: member!.id }
  expect(await linksOf((await realm.userOf(member!)).id)).toMatchObject([link])
})

describe('a user that signs in with an account', () => {
  const userOfOwn = async (person: Person, name: string) => {
    const id = await realm.admin.newUser('reef', name, 'a password', { email: person.email })
    const link = { identityProvider: 'portal', userId: person.id, userName: name }
    await realm.admin.succeed('POST', `/realms/reef/users/${id}/federated-identity/portal`, link)
    return id
  }
  const groupsOf = async (id: string) =>
    (await realm.get(`/users/${id}/groups`)).map(({ path }: { path: string }) => path).join()

  test('is adopted, and not disabled when access ends', async () => {
    const person = await site.person('Adopted', { confirmed: true })
    const id = await userOfOwn(person, 'adopted')
    await world.join(person)
    await until(async () => (await groupsOf(id)) === group)
    expect(await realm.userOf(person)).toBeUndefined()
    const tokens = await realm.signIn({ id: 'adopted' })
    await world.remove(person)
    await until(async () => (await groupsOf(id)) === '')
    await world.settled()
    expect(await realm.alive(tokens)).toBe(0)
    expect(await realm.userNamed('adopted')).toMatchObject({ enabled: true, username: 'adopted' })
  })

  test('waits for an operator if another user does so too', async () => {
    const person = await site.person('Twice', { confirmed: true })
    const ids = [await userOfOwn(person, 'twice')]
    const second = await realm.admin.newUser('reef', 'twice-more', 'a password')
    const link = { identityProvider: 'portal', userId: person.id, userName: 'twice' }
    await realm.admin.succeed('POST', `/realms/reef/users/${second}/federated-identity/portal`, link)
    await world.join(person)
    await until(async () => (await world.rowOf(person))?.error === 'ambiguous')
    for (const id of [...ids, second]) expect(await groupsOf(id)).toBe('')
    await realm.admin.succeed('DELETE', `/realms/reef/users/${second}`)
    await world.retry()
    await until(async () => (await groupsOf(ids[0]!)) === group)
  })
})

describe('what was changed by hand is put right', () => {
  test('of all people in one look', async () => {
    const [stay, leave] = [await world.members(people), await world.members(people)]
    for (const member of [...stay, ...leave]) await groupsAre(member, group)
    for (const member of leave) await world.remove(member)
    for (const member of leave) await groupsAre(member)
    await world.settled()
    const place = await readers()
    for (const member of stay) {
      const { id } = await realm.userOf(member)
      await realm.admin.succeed('DELETE', `/realms/reef/users/${id}/groups/${place}`)
    }
    for (const member of leave) {
      const { id } = await realm.userOf(member)
      await realm.admin.succeed('PUT', `/realms/reef/users/${id}`, { enabled: true })
      await realm.admin.join('reef', id, place)
    }
    const begun = performance.now()
    await world.observe()
    for (const member of stay) await groupsAre(member, group)
    for (const member of leave) await until(async () => !(await realm.userOf(member)).enabled)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.log(`Keycloak: ${2 * people} people changed by hand, put right after ${seconds} s`)
    for (const member of leave) expect(await realm.left(member)).toBe(0)
    await world.settled()
  }, 900_000)

  test('of names on both sides, links, roles and users', async () => {
    const [renamed, unlinked, elsewhere, gone, disabled] = await world.members(5)
    for (const member of [renamed, unlinked, elsewhere, gone, disabled]) await groupsAre(member!, group)
    await world.settled()
    const idOf = async (member: Person) => (await realm.userOf(member)).id
    const path = '/realms/reef/users'
    await realm.admin.succeed('PUT', `${path}/${await idOf(renamed!)}`, { firstName: 'Other' })
    await renamed!.call(updateOwnAccount, { firstName: 'Ours', lastName: 'Cruz', country: 'PH' })
    await realm.admin.succeed('DELETE', `${path}/${await idOf(unlinked!)}/federated-identity/portal`)
    const parent = (await realm.groupAt('sites/guildhall'))!
    const role = await realm.admin.succeed('POST', `/realms/reef/groups/${parent}/children`, { name: 'editor' })
    await realm.admin.join('reef', await idOf(elsewhere!), role.body.id)
    await realm.admin.succeed('DELETE', `${path}/${await idOf(gone!)}`)
    await realm.admin.succeed('PUT', `${path}/${await idOf(disabled!)}`, { enabled: false })
    await world.observe()
    await until(async () => (await realm.userOf(renamed!)).firstName === 'Ours')
    expect(await realm.userOf(renamed!)).toMatchObject({ lastName: 'Cruz', email: renamed!.email, emailVerified: true })
    await until(async () => (await linksOf(await idOf(unlinked!))).length === 1)
    await groupsAre(elsewhere!, group)
    await groupsAre(gone!, group)
    await until(async () => (await realm.userOf(disabled!)).enabled)
    await world.settled()
  })

  test('of strangers it is only told', async () => {
    const stranger = await realm.admin.newUser('reef', 'stranger', 'a password')
    await realm.admin.join('reef', stranger, await readers())
    await world.observe()
    await until(async () => (await world.state()).strangers?.names.includes('stranger'))
    expect(await realm.get(`/users/${stranger}/groups`)).toMatchObject([{ path: group }])
    expect((await world.state()).strangers).toMatchObject({ count: 1 })
  })
})

test('checking names what is missing', async () => {
  expect(await world.check()).toMatchObject({ outcome: 'applied' })
  await realm.admin.newRealm('other')
  const outcome = async (realmName: string) => world.check(await world.connect(at({ realm: realmName })))
  expect(await outcome('nothing')).toMatchObject({ outcome: 'realm_unknown' })
  expect(await outcome('other')).toMatchObject({ outcome: 'refused_by_service' })
})

test('a right that is taken away ends nothing silently', async () => {
  const [member] = await world.members(1)
  await groupsAre(member!, group)
  await world.settled()
  const { path } = realm
  const [client] = await realm.get('/clients?clientId=guildhall')
  const [management] = await realm.get('/clients?clientId=realm-management')
  const account = await realm.get(`/clients/${client.id}/service-account-user`)
  const roles = await realm.get(`/clients/${management.id}/roles`)
  const named = (...names: string[]) => roles.filter(({ name }: { name: string }) => names.includes(name))
  const mapping = `${path}/users/${account.id}/role-mappings/clients/${management.id}`
  await realm.admin.succeed('DELETE', mapping, named('manage-users'))
  await realm.admin.succeed('POST', mapping, named('query-users', 'query-groups'))
  expect(await world.check()).toMatchObject({ outcome: 'right_missing', detail: 'manage-users' })
  // As if the answer to its creation had been lost.
  await site.db.rows(
    sql`update remote_objects set external_id = ${`username:${member!.id}`} where account_id = ${member!.id}`,
  )
  await world.remove(member!)
  await until(async () => (await world.state()).problem === 'right_missing')
  expect(await realm.userOf(member!)).toMatchObject({ groups: [group] })
  await realm.admin.succeed('POST', mapping, named('view-users'))
  expect(await world.check()).toMatchObject({ outcome: 'right_missing', detail: 'manage-users' })
  await realm.admin.succeed('POST', mapping, named('manage-users'))
  await until(async () => !(await realm.userOf(member!)).enabled)
  await world.settled()
})
