import { Attribute, Change, Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapTree, startLdap } from '../../../../tests/support/ldap'
import { membershipOf } from '../../../../tests/support/organizations'
import { openIdWorld } from '../../../../tests/support/relying-party'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { until } from '../../../../tests/support/until'
import { acceptInvitation, createInvitation } from '../../../membership/invitations/schema'
import { removeMember } from '../../../membership/memberships/schema'
import { sql } from '../../../platform/db/sql'
import { changeSystem, connectSystem } from '../../connected-systems/schema'
import { checkConnection, listConnections, switchConnection } from '../../connection-settings/schema'
import { observeConnection } from '../../ledger-rows/schema'
import { ourMark } from './people'

// A real OpenLDAP server: npm run test:services.

const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
let world: Awaited<ReturnType<typeof openIdWorld>>
let directory: Awaited<ReturnType<typeof startLdap>>
let root: Client
let connectionId: string

const group = `cn=maps,${ldapTree.groups}`
const holder = `cn=guildhall,${ldapTree.people}`
const counter = `cn=next,${ldapTree.policies}`
const dnOf = (uid: string) => `uid=${uid},${ldapTree.people}`

beforeAll(async () => {
  world = await openIdWorld(site)
  directory = await startLdap()
  root = new Client({ url: directory.url })
  await root.bind(directory.admin.dn, directory.admin.password)
  await root.add(counter, { objectClass: ['device', 'extensibleObject'], cn: 'next', uidNumber: '20000' })
  await root.add(group, { objectClass: 'groupOfNames', cn: 'maps', member: directory.admin.dn })
  connectionId = await connected()
  await world.operator.call(switchConnection, { connectionId, enabled: true })
})
afterAll(async () => {
  await root?.unbind()
  await directory?.stop()
})

const settings = (more = {}) => ({
  ...{
    kind: 'ldap' as const,
    url: directory.url,
    bindDn: directory.admin.dn,
    peopleDn: ldapTree.people,
    groupDn: group,
  },
  ...{ uidNumberFrom: '20000', uidNumberTo: '20999', counterDn: counter, gidNumber: '2000', homePrefix: '/srv/home' },
  ...more,
})
async function connected(more = {}, secret = directory.admin.password) {
  const input = { service: 'maps', name: 'Directory', settings: settings(more), secret }
  return (await world.operator.call(connectSystem, input)).id
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

async function read(dn: string, attributes: string[] = []) {
  const found = await root.search(dn, { scope: 'base', attributes }).catch(() => undefined)
  return found?.searchEntries[0]
}
const members = async () => [(await read(group, ['member']))!.member].flat().map(String)
const isIn = async (person: Person) => (await members()).includes(dnOf(person.id))
const change = (dn: string, operation: 'add' | 'delete' | 'replace', type: string, ...values: string[]) =>
  root.modify(dn, new Change({ operation, modification: new Attribute({ type, values }) }))
const member = async () => {
  const person = await world.member()
  await until(() => isIn(person))
  return person
}
const remove = async (person: Person) =>
  world.admin.call(removeMember, { organizationId: world.organizationId, membershipId: await membershipOf(person) })

describe('a person who has access', () => {
  test('has an entry with their names, a number and the group', async () => {
    const person = await member()
    const entry = await read(dnOf(person.id))
    expect(entry).toMatchObject({
      ...{ uid: person.id, mail: person.email, employeeType: ourMark, gidNumber: '2000', loginShell: '/bin/bash' },
      homeDirectory: `/srv/home/${person.id}`,
    })
    expect(Number(entry!.uidNumber)).toBeGreaterThanOrEqual(20_000)
  })

  test('who loses it is out of the group, and has no password and no shell; with it their number is the same', async () => {
    const person = await member()
    const dn = dnOf(person.id)
    const { uidNumber } = (await read(dn))!
    await change(dn, 'replace', 'userPassword', 'a password of theirs')
    const own = new Client({ url: directory.url })
    await own.bind(dn, 'a password of theirs')
    await own.unbind()
    await remove(person)
    await settled()
    expect(await isIn(person)).toBe(false)
    const ended = await read(dn, ['*', 'pwdAccountLockedTime'])
    expect(ended).toMatchObject({
      employeeType: [ourMark, 'guildhall-off'],
      loginShell: '/usr/sbin/nologin',
      uidNumber,
    })
    expect(ended).toMatchObject({ pwdAccountLockedTime: '000001010000Z' })
    expect(ended).not.toHaveProperty('userPassword')
    await site.db.rows(sql`update accounts set email_verified = true where id = ${person.id}`)
    const { code } = await world.admin.call(createInvitation, {
      ...{ organizationId: world.organizationId, boundTo: { email: person.email } },
    })
    await person.call(acceptInvitation, { code })
    await until(() => isIn(person))
    await settled()
    const back = await read(dn, ['*', 'pwdAccountLockedTime'])
    expect(back).toMatchObject({ employeeType: ourMark, loginShell: '/bin/bash', uidNumber, pwdAccountLockedTime: [] })
    expect(back).not.toHaveProperty('userPassword')
  })

  test('has another name there once it has changed', async () => {
    const person = await member()
    await site.db.rows(sql`update accounts set last_name = 'Neu' where id = ${person.id}`)
    await change(dnOf(person.id), 'replace', 'mail', 'other@example.org')
    await world.operator.call(observeConnection, { connectionId })
    await until(async () => (await read(dnOf(person.id)))!.mail === person.email)
  })
})

test('an entry that has their place and is not ours stays as it is', async () => {
  const person = await site.person()
  const dn = dnOf(person.id)
  await root.add(dn, { objectClass: 'inetOrgPerson', uid: person.id, cn: 'Another', sn: 'Another' })
  const { code } = await world.admin.call(createInvitation, { organizationId: world.organizationId })
  await person.call(acceptInvitation, { code })
  await until(async () => (await state()).problem === 'user_not_ours' || (await state()).failed > 0)
  expect(await read(dn)).toMatchObject({ cn: 'Another', sn: 'Another' })
  expect(await isIn(person)).toBe(false)
  await root.del(dn)
  await until(() => isIn(person))
})

test('who is taken out of the group by hand comes back, and a stranger in it is reported and stays', async () => {
  const people = [await member(), await member()]
  await settled()
  const stranger = dnOf('stranger')
  await root.add(stranger, { objectClass: 'inetOrgPerson', uid: 'stranger', cn: 'A stranger', sn: 'Stranger' })
  await change(group, 'replace', 'member', stranger)
  await world.operator.call(observeConnection, { connectionId })
  for (const person of people) await until(() => isIn(person))
  await until(async () => (await state()).strangers?.names.includes('stranger'))
  expect(await members()).toContain(stranger)
  await change(group, 'delete', 'member', stranger)
})

test('the last person leaves a group that may not be empty', async () => {
  const person = await member()
  await settled()
  await change(group, 'replace', 'member', dnOf(person.id))
  await remove(person)
  await until(async () => !(await isIn(person)))
  expect(await members()).toContain(holder)
  await world.operator.call(observeConnection, { connectionId })
  await settled()
})

test('50 people who are removed are refused within 3 seconds', async () => {
  const people = await Promise.all(Array.from({ length: 50 }, () => world.member()))
  await until(async () => {
    const now = new Set(await members())
    return people.every(({ id }) => now.has(dnOf(id)))
  })
  await settled()
  const numbers = await Promise.all(people.map(async ({ id }) => Number((await read(dnOf(id)))!.uidNumber)))
  expect(new Set(numbers).size).toBe(50)
  const begun = new Map<string, number>()
  const ended = new Map<string, number>()
  const memberships = await Promise.all(people.map(membershipOf))
  for (const [at, { id }] of people.entries()) {
    await world.admin.call(removeMember, { organizationId: world.organizationId, membershipId: memberships[at]! })
    begun.set(id, performance.now())
    for (const known of begun.keys()) if (!ended.has(known)) await note(known)
  }
  await until(async () => {
    for (const { id } of people) if (!ended.has(id)) await note(id)
    return ended.size === people.length
  })
  const took = people.map(({ id }) => ended.get(id)! - begun.get(id)!).sort((a, b) => a - b)
  console.info(
    'ms until the group refuses: median',
    Math.round(took[25]!),
    'p95',
    Math.round(took[47]!),
    'max',
    Math.round(took[49]!),
  )
  expect(took[47]).toBeLessThan(3000)

  async function note(id: string) {
    const filter = `(member=${dnOf(id)})`
    const { searchEntries } = await root.search(group, { scope: 'base', filter, attributes: ['1.1'] })
    if (searchEntries.length === 0) ended.set(id, performance.now())
  }
})

test('checking names the right that is missing', async () => {
  expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
})

test('with a wrong password the connection is broken, and one account finds out when it works again', async () => {
  await settled()
  const right = { connectionId, settings: settings() }
  await world.operator.call(changeSystem, { ...right, secret: 'a wrong password' })
  const people = await Promise.all(Array.from({ length: 5 }, () => world.member()))
  await until(async () => (await state()).problem === 'refused_by_service')
  const tried = () =>
    site.db.only<{ count: number }>(sql`
      select count(distinct account_id)::int as count from propagation_attempts
      where connection_id = ${connectionId} and outcome = 'refused_by_service' and account_id = any(${people.map(({ id }) => id)}::uuid[])`)
  await until(async () => (await tried()).count > 0)
  expect((await tried()).count).toBeLessThanOrEqual(people.length)
  await world.operator.call(changeSystem, { ...right, secret: directory.admin.password })
  for (const person of people) await until(() => isIn(person))
})
