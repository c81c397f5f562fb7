import { afterAll, beforeAll, expect, test } from 'vitest'
import { membershipOf } from '../../../tests/support/organizations'
import { CookieJar, callback, logoutReceiver, openIdWorld, RelyingParty } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { signOut } from '../../identity/authentication/schema'
import { removeMember } from '../../membership/memberships/schema'
import { sql } from '../../platform/db/sql'
import { createOpenIdClient } from '../openid-clients/schema'
import { signOutOfApplication } from '../openid-sign-ins/schema'

const site = sharedSite({ outboundAllow: ['127.0.0.2'], schedule: [0.05], pause: 0.2 })
let world: Awaited<ReturnType<typeof openIdWorld>>
let receiver: Awaited<ReturnType<typeof logoutReceiver>>
let app: RelyingParty
beforeAll(async () => {
  world = await openIdWorld(site)
  receiver = await logoutReceiver()
  const settings = { name: 'Hub', service: 'maps', redirectUris: [callback], backchannelLogoutUri: receiver.url }
  const scopes = ['profile', 'email', 'organization', 'access'] as const
  const { id, secret } = await world.operator.call(createOpenIdClient, { ...settings, scopes: [...scopes] })
  app = await RelyingParty.of(site, id, secret!)
})
afterAll(() => receiver.close())

const told = (person: Person, count: number) => until(async () => receiver.about(person).length >= count)
const settled = () =>
  until(async () => {
    const waiting = await site.db.rows(sql`
      select from change_signals union all
      select from propagations where desired is distinct from applied or uncertain or claim is not null limit 1`)
    return waiting.length === 0
  })
const remembered = (person: Person) => site.db.rows(sql`select from openid_sign_ins where account_id = ${person.id}`)

test('a new sign-in while a logout token of the former one is on its way is remembered', async () => {
  const member = await world.member()
  const jar = new CookieJar(member)
  await app.signIn(jar)
  const held = receiver.hold()
  await member.call(signOutOfApplication, { clientId: app.id })
  await told(member, 1)
  await app.signIn(jar)
  held.release()
  await settled()
  expect(await remembered(member)).toHaveLength(1)
  await member.call(signOut, {})
  await told(member, 2)
})

test('a sign-in ends when the membership ends, also where a default role is left', async () => {
  const roles = world.roles.map((role) => ({ ...role, default: true }))
  await world.withRoles(roles)
  const member = await world.member()
  const tokens = await app.signIn(member)
  const membershipId = await membershipOf(member)
  await world.admin.call(removeMember, { organizationId: world.organizationId, membershipId })
  await told(member, 1)
  expect(receiver.about(member)).toMatchObject([{ sid: tokens.claims()!.sid }])
  await settled()
  // Signed in by the default role, they stay so when they join.
  await app.signIn(member)
  await settled()
  expect(receiver.about(member)).toHaveLength(1)
  await world.withRoles(world.roles)
})

test('sign-ins that end while others begin all bring logout tokens', async () => {
  const members = await Promise.all(Array.from({ length: 12 }, () => world.member()))
  await Promise.all(
    members.map(async (member, place) => {
      await app.signIn(member)
      if (place % 2) await member.call(signOut, {})
      else {
        await Promise.all([app.signIn(member).catch(() => undefined), member.call(signOut, {})])
      }
    }),
  )
  await Promise.all(members.map((member) => told(member, 1)))
  await settled()
  for (const member of members) expect(await remembered(member)).toEqual([])
  expect(await site.check()).toEqual([])
})
