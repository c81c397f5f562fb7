import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGatewayProxy } from '../../../../tests/support/gateway-proxy'
import { membershipOf } from '../../../../tests/support/organizations'
import { receiverAddress } from '../../../../tests/support/receiver'
import { openIdWorld } from '../../../../tests/support/relying-party'
import { startScimServer } from '../../../../tests/support/scim-server'
import { startScim2Server } from '../../../../tests/support/scim2-server'
import { settledConnection } from '../../../../tests/support/settled'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { until } from '../../../../tests/support/until'
import { acceptInvitation, createInvitation } from '../../../membership/invitations/schema'
import { removeMember } from '../../../membership/memberships/schema'
import { sql } from '../../../platform/db/sql'
import { connectSystem } from '../../connected-systems/schema'
import { checkConnection, deleteConnection, listConnections, switchConnection } from '../../connection-settings/schema'
import { observeConnection } from '../../ledger-rows/schema'

// Two real SCIM servers, one of which can also do what bad ones do: npm run test:services.

const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
}

interface Server {
  url: string
  token: string
  stop(): Promise<unknown>
}

const starts: Record<string, () => Promise<Server>> = {
  scimmy: () => startScimServer(),
  'scim2-server': () => startScim2Server(),
  'scimmy that ignores filters and lists groups as empty': () =>
    startScimServer({ ignoreFilter: true, emptyGroups: true }),
}

for (const [name, start] of Object.entries(starts))
  describe(name, () => {
    const site = sharedSite({ outboundAllow: ['127.0.0.1', receiverAddress], schedule: [0.1], pause: 0.3 })
    let world: Awaited<ReturnType<typeof openIdWorld>>
    let server: Server
    let proxy: Awaited<ReturnType<typeof openGatewayProxy>>
    let connectionId: string

    beforeAll(async () => {
      world = await openIdWorld(site)
      server = await start()
      proxy = await openGatewayProxy(new URL(server.url).origin, receiverAddress)
      const url = proxy.url + new URL(server.url).pathname
      const settings = { kind: 'scim' as const, url, group: 'maps' }
      const input = { service: 'maps', name: 'SCIM', settings, secret: server.token }
      connectionId = (await world.operator.call(connectSystem, input)).id
      await world.operator.call(switchConnection, { connectionId, enabled: true })
    })
    afterAll(async () => {
      await proxy?.close()
      await server?.stop()
    })

    // biome-ignore lint/suspicious/noExplicitAny: whatever the server answers.
    async function call(method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
      const response = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : undefined }
    }
    const users = async () => (await call('GET', '/Users?count=1000')).body.Resources as Record<string, unknown>[]
    const usersOf = async ({ id }: Person) => (await users()).filter(({ externalId }) => externalId === id)
    const userOf = async (person: Person) => (await usersOf(person))[0]!
    async function group() {
      const { body } = await call('GET', '/Groups?count=1000')
      const found = body.Resources.filter(({ displayName }: { displayName: string }) => displayName === 'maps')
      return found[0] && (await call('GET', `/Groups/${found[0].id}`)).body
    }
    const members = async (): Promise<unknown[]> =>
      ((await group())?.members ?? []).map(({ value }: { value: string }) => value)
    const isIn = async (person: Person) => {
      const user = await userOf(person)
      return user !== undefined && user.active === true && (await members()).includes(user.id)
    }
    const patch = (path: string, ...Operations: object[]) =>
      call('PATCH', path, { schemas: [schemas.patch], Operations })
    const state = async () =>
      (await world.operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!
    const settled = () => settledConnection(site, connectionId)
    const newPerson = async () => {
      const person = await world.member()
      await until(() => isIn(person))
      return person
    }
    const outcomeOf = async ({ id }: Person) =>
      (
        await site.db.first<{ outcome: string }>(sql`
          select outcome from propagation_attempts where account_id = ${id} order by at desc limit 1`)
      )?.outcome
    const accept = async (person: Person) => {
      await site.db.rows(sql`update accounts set email_verified = true where id = ${person.id}`)
      const { organizationId } = world
      const boundTo = { email: person.email }
      const { code } = await world.admin.call(createInvitation, { organizationId, boundTo })
      await person.call(acceptInvitation, { code })
    }
    const remove = async (person: Person) =>
      world.admin.call(removeMember, {
        ...{ organizationId: world.organizationId, membershipId: await membershipOf(person) },
      })

    test('checking says that everything is in place', async () => {
      expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
    })

    test('of 20 people one is removed, and 19 keep what they have', async () => {
      const people = await Promise.all(Array.from({ length: 20 }, () => world.member()))
      await until(async () => (await members()).length >= 20)
      await settled()
      for (const person of people) expect(await usersOf(person)).toHaveLength(1)
      const [removed, ...others] = people
      const { id } = await userOf(removed!)
      const seenBefore = await Promise.all(others.map(userOf))
      const membersBefore = await members()
      expect(new Set(membersBefore).size).toBe(membersBefore.length)
      const begun = performance.now()
      await remove(removed!)
      await until(async () => (await userOf(removed!)).active === false)
      console.info(`${name}: inactive after ${Math.round(performance.now() - begun)} ms`)
      await settled()
      expect(await members()).toEqual(membersBefore.filter((one) => one !== id))
      expect(await Promise.all(others.map(userOf))).toEqual(seenBefore)
      await accept(removed!)
      await until(() => isIn(removed!))
      expect(await usersOf(removed!)).toMatchObject([{ id }])
    })

    test('a new address changes the name of the user, and nothing else tells people apart', async () => {
      const person = await newPerson()
      const { id } = await userOf(person)
      await settled()
      await site.db.rows(sql`update accounts set email = ${`new-${person.email}`} where id = ${person.id}`)
      await world.operator.call(observeConnection, { connectionId })
      await patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'Changed by hand' })
      await world.operator.call(observeConnection, { connectionId })
      await until(async () => (await userOf(person)).userName === `new-${person.email}`)
      await until(async () => (await userOf(person)).displayName !== 'Changed by hand')
      expect(await userOf(person)).toMatchObject({ id, externalId: person.id })
    })

    test('who is taken out of the group by hand comes back, and a stranger stays in it', async () => {
      const person = await newPerson()
      await settled()
      const stranger = (await call('POST', '/Users', { schemas: [schemas.user], userName: 'stranger' })).body
      const { id } = await group()
      const user = await userOf(person)
      await patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${user.id}"]` })
      await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: stranger.id }] })
      await world.operator.call(observeConnection, { connectionId })
      await until(() => isIn(person))
      await until(async () => (await state()).strangers?.names.includes(stranger.id))
      expect(await members()).toContain(stranger.id)
    })

    test('a creation whose answer is lost makes no second user', async () => {
      let lost = 0
      proxy.answer = ({ method, path }) =>
        method === 'POST' && path.endsWith('/Users') && lost++ === 0
          ? { status: 502, body: '', carriedOut: true }
          : undefined
      const person = await newPerson()
      await settled()
      expect(lost).toBeGreaterThan(0)
      expect(await usersOf(person)).toHaveLength(1)
    })

    test('an addition whose answer is lost makes no second member', async () => {
      let lost = 0
      proxy.answer = ({ method, path }) =>
        method === 'PATCH' && path.includes('/Groups/') && lost++ === 0
          ? { status: 502, body: '', carriedOut: true }
          : undefined
      const person = await newPerson()
      await settled()
      const { id } = await userOf(person)
      expect((await members()).filter((one) => one === id)).toHaveLength(1)
    })

    test('a service whose answers do nothing proves nothing', async () => {
      const person = await newPerson()
      await settled()
      proxy.answer = ({ method }) => (method === 'PATCH' ? { status: 200, body: '{}' } : undefined)
      await remove(person)
      await until(async () => (await outcomeOf(person)) === 'not_suspended')
      expect((await userOf(person)).active).toBe(true)
      proxy.answer = () => undefined
      await until(async () => (await userOf(person)).active === false)
      await settled()
    })

    test('a user who has the address and is not ours stays as it is', async () => {
      const person = await site.person()
      const made = await call('POST', '/Users', { schemas: [schemas.user], userName: person.email, active: true })
      await accept(person)
      await until(async () => (await state()).failed > 0)
      expect((await call('GET', `/Users/${made.body.id}`)).body).toEqual(made.body)
      expect(await members()).not.toContain(made.body.id)
      expect(await outcomeOf(person)).toBe('user_not_ours')
      await call('DELETE', `/Users/${made.body.id}`)
      await until(() => isIn(person))
    })

    test('two users with the id of one account stop everything for that account', async () => {
      const person = await site.person()
      const made = ['one', 'two'].map((userName) => ({
        ...{ schemas: [schemas.user], externalId: person.id, userName: `${userName}-${person.id}`, active: true },
      }))
      const bodies = []
      for (const one of made) bodies.push((await call('POST', '/Users', one)).body)
      await accept(person)
      await until(async () => (await state()).failed > 0)
      for (const body of bodies) expect((await call('GET', `/Users/${body.id}`)).body).toEqual(body)
      expect(await outcomeOf(person)).toBe('ambiguous')
      await call('DELETE', `/Users/${bodies[1].id}`)
      await until(() => isIn(person))
      expect(await userOf(person)).toMatchObject({ id: bodies[0].id, userName: person.email })
    })

    test('a connection that is deleted takes back what it gave, and leaves the stranger', async () => {
      const person = await newPerson()
      await settled()
      const before = await members()
      expect(before.length).toBeGreaterThan(2)
      await world.operator.call(deleteConnection, { connectionId, revoke: true })
      await until(async () => (await state()) === undefined)
      expect((await userOf(person)).active).toBe(false)
      const [stranger] = (await users()).filter(({ userName }) => userName === 'stranger')
      expect(await members()).toEqual([stranger!.id])
    })
  })
