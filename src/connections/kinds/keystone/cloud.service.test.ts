import { beforeAll, describe, expect, inject, test } from 'vitest'
import { howMany } from '../../../../tests/support/how-many'
import { type RunningCloud, secret, startCloud } from '../../../../tests/support/keystone-cloud'
import { asSeen } from '../../../../tests/support/seen'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { percentiles, systemWorld } from '../../../../tests/support/system-world'
import { until } from '../../../../tests/support/until'
import { reinstateOrganization, suspendOrganization } from '../../../membership/organizations/schema'
import { changeSystem } from '../../connected-systems/schema'
import { switchConnection } from '../../connection-settings/schema'

// A real Keystone: npm run test:services.

const people = howMany('PEOPLE', 5)
const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
let world: Awaited<ReturnType<typeof systemWorld>>
let cloud: RunningCloud
let trustee: string

const at = (more: object = {}) => ({
  ...{ kind: 'keystone' as const, url: cloud.url, username: 'guildhall', userDomain: 'Default', domain: 'site' },
  ...{ rights: 'system' as const, memberRole: 'member', service: 'compute', region: null, limits: 'cores,servers' },
  ...more,
})

beforeAll(async () => {
  cloud = await startCloud(inject('postgres'))
  const service = await cloud.make('/services', { service: { type: 'compute', name: 'nova', enabled: true } })
  const registered = { service_id: service, default_limit: 0 }
  await cloud.call('POST', '/registered_limits', {
    registered_limits: [
      { ...registered, resource_name: 'cores' },
      { ...registered, resource_name: 'servers' },
    ],
  })
  trustee = await cloud.userIn(cloud.domain, 'trustee')
  const limits = [
    { name: 'Cores', key: 'cores', value: 8, unit: '' },
    { name: 'Servers', key: 'servers', value: null, unit: '' },
  ]
  world = await systemWorld(site, at, secret, [{ key: 'large', kind: 'quota', name: 'Large', limits }])
  await world.begin()
})

const isIn = (person: Person, organization = world.home.id) =>
  until(async () => {
    const user = await cloud.userNamed(person.id)
    return user?.enabled && (await cloud.groupsOf(user.id)).join() === organization
  })
const isOut = (person: Person) =>
  until(async () => {
    const user = await cloud.userNamed(person.id)
    return !user.enabled && (await cloud.groupsOf(user.id)).length + (await cloud.credentialsOf(user.id)) === 0
  })

test('a person is in the group of their organization, which has a role on its project', async () => {
  const [member] = await world.members(1)
  await isIn(member!)
  await world.settled()
  const project = await cloud.projectOf(world.home.id)
  expect(project).toMatchObject({ enabled: true, guildhall: world.home.id })
  expect(await cloud.userNamed(member!.id)).toMatchObject({ email: member!.email, description: `${member!.name} Cruz` })
  expect(await (await cloud.meansOf(member!, world.home.id, trustee)).alive()).toBe(6)
})

describe('people who lose access', () => {
  test('are out within seconds, and nothing of theirs works again', async () => {
    const joined = await world.members(people)
    for (const member of joined) await isIn(member)
    await world.settled()
    const uses = new Map<Person, Awaited<ReturnType<RunningCloud['meansOf']>>>()
    for (const member of joined) uses.set(member, await cloud.meansOf(member, world.home.id, trustee))
    const took: number[] = []
    for (const member of joined) {
      expect(await uses.get(member)!.alive()).toBe(6)
      const begun = performance.now()
      await world.remove(member)
      await until(async () => (await uses.get(member)!.alive()) === 0)
      took.push(performance.now() - begun)
      await isOut(member)
    }
    const { median, p95 } = percentiles(took)
    const { medianSecondsToProof, p95SecondsToProof } = await world.state()
    const proved = `nothing left after ${medianSecondsToProof} s (median), ${p95SecondsToProof} s (p95)`
    console.log(`Keystone: ${people} people out after ${median} ms (median), ${p95} ms (p95); ${proved}`)
    for (const member of joined) await world.join(member)
    for (const member of joined) await isIn(member)
    for (const member of joined) expect(await uses.get(member)!.alive()).toBe(0)
    await world.settled()
  }, 900_000)

  test('and go on in another organization leave their credentials behind', async () => {
    const other = await world.organization(['reader', 'small'])
    const [member] = await world.members(1)
    await isIn(member!)
    await world.settled()
    const use = await cloud.meansOf(member!, world.home.id, trustee)
    // Both at once, as far as the cloud is told.
    await world.switchTo(false)
    await world.remove(member!)
    await world.join(member!, other)
    await world.switchTo(true)
    await isIn(member!, other.id)
    await world.settled()
    expect(await use.alive()).toBe(0)
    expect(await cloud.credentialsOf((await cloud.userNamed(member!.id)).id)).toBe(0)
  })

  test('with the suspension of their organization find its project switched off, and on again later', async () => {
    const other = await world.organization(['reader', 'small'])
    const [member] = await world.members(1, other)
    await isIn(member!, other.id)
    await world.settled()
    const use = await cloud.meansOf(member!, other.id, trustee)
    const reason = 'A test.'
    await asSeen(world.operator).call(suspendOrganization, { organizationId: other.id, reason })
    await until(async () => !(await cloud.projectOf(other.id)).enabled)
    await isOut(member!)
    await world.settled()
    await asSeen(world.operator).call(reinstateOrganization, { organizationId: other.id, reason })
    await isIn(member!, other.id)
    await world.settled()
    expect((await cloud.projectOf(other.id)).enabled).toBe(true)
    expect(await use.alive()).toBe(0)
  })
})

test('the limits of a project are the numbers of the quota role', async () => {
  const other = await world.organization(['reader', 'large'])
  const [member] = await world.members(1, other)
  await isIn(member!, other.id)
  await world.settled()
  const project = await cloud.projectOf(other.id)
  const limits = async () =>
    (await cloud.get(`/limits?project_id=${project.id}`)).limits.map((one: Record<string, unknown>) => [
      one.resource_name,
      one.resource_limit,
    ])
  expect(Object.fromEntries(await limits())).toEqual({ cores: 8, servers: -1 })
})

test('a group or user that has the name we want is not taken over', async () => {
  const person = await site.person('Named', { confirmed: true })
  await cloud.userIn(cloud.domain, person.id)
  await world.join(person)
  await until(async () => (await world.rowOf(person))?.error === 'user_not_ours')
  const user = await cloud.userNamed(person.id)
  expect(await cloud.groupsOf(user.id)).toEqual([])
  await cloud.call('DELETE', `/users/${user.id}`)
  await world.retry()
  await isIn(person)
  await world.settled()
})

test('what was changed by hand is put right, and strangers are reported and left alone', async () => {
  const [stay, leave, off] = await world.members(3)
  for (const member of [stay, leave, off]) await isIn(member!)
  await world.remove(leave!)
  await isOut(leave!)
  await world.settled()
  const idOf = async (member: Person) => (await cloud.userNamed(member.id)).id
  const group = (await cloud.get(`/groups?name=${world.home.id}&domain_id=${cloud.domain}`)).groups[0].id
  const project = (await cloud.projectOf(world.home.id)).id
  await cloud.call('DELETE', `/groups/${group}/users/${await idOf(stay!)}`)
  await cloud.call('PATCH', `/users/${await idOf(leave!)}`, { user: { enabled: true } })
  await cloud.call('PUT', `/groups/${group}/users/${await idOf(leave!)}`)
  await cloud.call('PATCH', `/users/${await idOf(off!)}`, { user: { enabled: false } })
  await cloud.call('PATCH', `/projects/${project}`, { project: { enabled: false, name: 'Renamed' } })
  await cloud.call('PUT', `/projects/${project}/groups/${group}/roles/${cloud.roles.reader}`)
  await cloud.call('PUT', `/groups/${group}/users/${trustee}`)
  await world.observe()
  for (const member of [stay, off]) await isIn(member!)
  await isOut(leave!)
  await until(async () => (await cloud.projectOf(world.home.id)).enabled)
  await until(async () => (await world.state()).strangers?.names.includes('trustee'))
  await world.settled()
  const grants = await cloud.get(`/projects/${project}/groups/${group}/roles`)
  expect(grants.roles.map(({ name }: { name: string }) => name)).toEqual(['member'])
  expect(await cloud.groupsOf(trustee)).toEqual([world.home.id])
})

test('with a wrong password nothing is lost', async () => {
  const [stay, leave] = await world.members(2)
  for (const member of [stay, leave]) await isIn(member!)
  await world.settled()
  const use = await cloud.meansOf(leave!, world.home.id, trustee)
  const connectionId = world.connectionId()
  await world.operator.call(changeSystem, { connectionId, settings: at(), secret: 'wrong' })
  expect(await world.check()).toMatchObject({ outcome: 'refused_by_service' })
  await world.remove(leave!)
  const [late] = await world.members(1)
  await until(async () => (await world.state()).problem === 'refused_by_service')
  expect(await use.alive()).toBe(6)
  await world.operator.call(changeSystem, { connectionId, settings: at(), secret })
  await isOut(leave!)
  await isIn(late!)
  expect(await use.alive()).toBe(0)
  await world.settled()
})

test('checking names what is missing', async () => {
  expect(await world.check()).toMatchObject({ outcome: 'applied' })
  const outcome = async (more: object) => world.check(await world.connect(at({ domain: 'Default', ...more })))
  expect(await outcome({ username: 'looker', domain: 'other' })).toMatchObject({ outcome: 'domain_unknown' })
  await cloud.make('/domains', { domain: { name: 'looked' } })
  expect(await outcome({ username: 'looker', domain: 'looked' })).toMatchObject({
    ...{ outcome: 'right_missing', detail: 'identity:add_user_to_group' },
  })
  await cloud.make('/domains', { domain: { name: 'roles' } })
  expect(await outcome({ domain: 'roles', memberRole: 'painter' })).toMatchObject({ outcome: 'role_unknown' })
})

test('an administrator of a domain, who cannot delete credentials, deletes the user', async () => {
  const domain = await cloud.make('/domains', { domain: { name: 'second' } })
  const administrator = (await cloud.get('/users?name=domain-admin&domain_id=default')).users[0].id
  await cloud.call('PUT', `/domains/${domain}/users/${administrator}/roles/${cloud.roles.admin}`)
  const settings = at({ domain: 'second', username: 'domain-admin', rights: 'domain', service: null, limits: null })
  const connectionId = await world.connect(settings)
  expect(await world.check(connectionId)).toMatchObject({ outcome: 'applied' })
  await world.operator.call(switchConnection, { connectionId, enabled: true })
  const [member] = await world.members(1)
  const users = async () => (await cloud.get(`/users?name=${member!.id}&domain_id=${domain}`)).users
  await until(async () => (await users())[0] && (await cloud.groupsOf((await users())[0].id)).length === 1)
  const [user] = await users()
  await cloud.call('PATCH', `/users/${user.id}`, { user: { password: 'a password' } })
  await cloud.call('POST', `/credentials`, { credential: { type: 'cert', blob: 'a', user_id: user.id } })
  await world.remove(member!)
  await until(async () => (await users()).length === 0)
  expect(await cloud.credentialsOf(user.id).catch(() => 0)).toBe(0)
  await world.join(member!)
  await until(async () => (await users())[0]?.id !== user.id && (await users()).length === 1)
})
