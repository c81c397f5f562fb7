import * as client from 'openid-client'
import { beforeAll, expect, test } from 'vitest'
import {
  CookieJar,
  callback,
  onAnotherDevice,
  openIdWorld,
  RelyingParty,
  visit,
} from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { createOpenIdClient } from '../openid-clients/schema'
import { consentToApplication, getApplication, listApplications, signOutOfApplication } from './schema'

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
beforeAll(async () => {
  world = await openIdWorld(site)
})

const applications = async (person: Person) => (await person.call(listApplications, {})).applications
const isActive = async (app: RelyingParty, token: string | undefined) =>
  (await client.tokenIntrospection(app.config, token!)).active

test('a person who signs in sees the application, with what it may learn', async () => {
  const member = await world.member()
  expect(await applications(member)).toEqual([])
  await world.app.signIn(member)
  await world.app.signIn(await onAnotherDevice(site, member))
  expect(await applications(member)).toEqual([
    {
      ...{ id: world.app.id, name: 'App', service: { key: 'maps', name: 'Maps' } },
      ...{ scopes: ['profile', 'email', 'organization', 'access'], consentedAt: null, signedInAt: expect.any(String) },
      ...{ devices: 2, told: false },
    },
  ])
})

test('signing out of an application ends every token of it on all devices, and nothing else', async () => {
  const member = await world.member()
  const other = await RelyingParty.register(site, world.operator, { serviceId: world.service.id })
  const [tokens, again, elsewhere] = [
    await world.app.signIn(member),
    await world.app.signIn(await onAnotherDevice(site, member)),
    await other.signIn(member),
  ]
  await member.call(signOutOfApplication, { clientId: world.app.id })
  expect(await isActive(world.app, tokens.access_token)).toBe(false)
  expect(await isActive(world.app, again.access_token)).toBe(false)
  await expect(client.refreshTokenGrant(world.app.config, tokens.refresh_token!)).rejects.toThrow()
  expect(await isActive(other, elsewhere.access_token)).toBe(true)
  expect((await applications(member)).map(({ id }) => id)).toEqual([other.id])
  await expect(world.app.signIn(member)).resolves.toMatchObject({ access_token: expect.any(String) })
})

test('signing in and out of an application is recorded once each', async () => {
  const member = await world.member()
  const tokens = await world.app.signIn(member)
  await client.refreshTokenGrant(world.app.config, tokens.refresh_token!)
  await world.app.signIn(member)
  await member.call(signOutOfApplication, { clientId: world.app.id })
  const { items } = await world.operator.call(listEvents, { accountId: member.id })
  expect(
    items.filter(({ kind }) => kind.startsWith('application_')).map(({ kind, details }) => [kind, details]),
  ).toEqual([
    ['application_signed_out', { clientId: world.app.id, name: 'App' }],
    ['application_signed_in', { clientId: world.app.id, name: 'App' }],
  ])
})

test('no one signs out of an application that they are not signed in to', async () => {
  await world.app.signIn(await world.member())
  const answer = await (await world.member()).try(signOutOfApplication, { clientId: world.app.id })
  expect(answer.code).toBe('openid_client_not_found')
})

/** An application that asks people. */
async function asking(scopes = ['email', 'organization'] as ('email' | 'organization')[]) {
  const settings = { name: 'Guest', redirectUris: [callback], scopes, asksConsent: true }
  const { id, secret } = await world.operator.call(createOpenIdClient, { ...settings, service: 'maps' })
  return RelyingParty.of(site, id, secret!)
}

/** Begins a sign-in, and returns where the browser ends up. */
async function begun(app: RelyingParty, jar: CookieJar, more: Record<string, string> = {}) {
  const { address, checks } = await app.begin({ scope: 'openid email', ...more })
  return { address: (await visit(site, jar, address)).address, checks }
}

test('consent is asked for once, for what the application wants, and brings no more', async () => {
  const [app, member] = [await asking(), await world.member()]
  const jar = new CookieJar(member)
  const { address, checks } = await begun(app, jar)
  const asked = new URL(address)
  expect([...asked.searchParams]).toEqual([
    ['asking', app.id],
    ['scopes', 'email'],
  ])
  expect(await member.call(getApplication, { clientId: app.id })).toEqual({
    name: 'Guest',
    scopes: ['email', 'organization'],
  })
  await member.call(consentToApplication, { clientId: app.id, scopes: ['email', 'profile'] })
  const resumed = asked.origin + asked.pathname.replace('/continue/', '/openid/sign-in/')
  const returned = new URL((await visit(site, jar, resumed)).address)
  const tokens = await client.authorizationCodeGrant(app.config, returned, checks)
  expect(tokens.scope).toBe('openid email')
  expect(tokens.claims()).toMatchObject({ email: member.email })
  expect((await begun(app, jar)).address).toContain(`${callback}?code=`)
  // More than they have agreed to.
  expect((await begun(app, jar, { scope: 'openid email organization' })).address).toContain('scopes=email+organization')
  // The application asks for a new answer. One of the same second counts as new.
  await site.db.rows(sql`update openid_consents set given_at = now() - interval '1 minute' where client_id = ${app.id}`)
  expect((await begun(app, jar, { prompt: 'consent' })).address).toContain('asking=')
  const silent = await begun(app, jar, { scope: 'openid organization', prompt: 'none' })
  expect(silent.address).toContain('error=consent_required')
})

test('consent that is refused is an answer', async () => {
  const [app, member] = [await asking(), await world.member()]
  const jar = new CookieJar(member)
  const asked = new URL((await begun(app, jar)).address)
  const cancelled = asked.origin + asked.pathname.replace('/continue/', '/openid/sign-in/')
  expect((await visit(site, jar, `${cancelled}?cancel`)).address).toContain('error=access_denied')
})

test('consent is forgotten with signing out', async () => {
  const [app, member] = [await asking(), await world.member()]
  await member.call(consentToApplication, { clientId: app.id, scopes: ['email'] })
  expect(await applications(member)).toMatchObject([{ id: app.id, consentedAt: expect.any(String), signedInAt: null }])
  await member.call(signOutOfApplication, { clientId: app.id })
  expect(await applications(member)).toEqual([])
  expect((await begun(app, new CookieJar(member))).address).toContain('asking=')
})

test('no one agrees to an application that does not ask', async () => {
  const member = await world.member()
  const answer = await member.try(consentToApplication, { clientId: world.app.id, scopes: [] })
  expect(answer.code).toBe('openid_client_not_found')
  expect((await member.try(getApplication, { clientId: world.app.id })).code).toBe('openid_client_not_found')
})
