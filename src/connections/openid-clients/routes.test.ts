import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { CookieJar, openIdWorld, RelyingParty, visit } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import { listEvents } from '../../messaging/events/schema'
import { importCatalogue } from '../../roles/services/schema'
import {
  changeOpenIdClient,
  createOpenIdClient,
  endOpenIdClient,
  listOpenIdClients,
  replaceOpenIdSecret,
} from './schema'

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
beforeAll(async () => {
  world = await openIdWorld(site)
})

const callback = 'https://hub.example.org/callback'
const input = { name: 'Hub', service: 'maps', redirectUris: [callback], scopes: ['email' as const] }
const listed = async (id: string) =>
  (await world.operator.call(listOpenIdClients, {})).clients.find((one) => one.id === id)

/** Signs a member in through the client with this secret. */
async function signInWith(id: string, secret: string) {
  const party = await RelyingParty.of(site, id, secret)
  const { address, checks } = await party.begin({ scope: 'openid email', redirect_uri: callback })
  const visited = await visit(site, new CookieJar(await world.member()), address)
  return client.authorizationCodeGrant(party.config, new URL(visited.address), checks)
}

describe('an OpenID client', () => {
  test('is registered, and people sign in through it', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    expect(await listed(id)).toMatchObject({
      ...{ id, name: 'Hub', redirectUris: [callback], scopes: ['email'], postLogoutRedirectUris: [] },
      service: { key: 'maps', name: 'Maps' },
      authentication: 'client_secret_basic',
      createdBy: { id: world.operator.id },
    })
    expect((await signInWith(id, secret!)).claims()!.email).toEqual(expect.any(String))
    const { items } = await world.operator.call(listEvents, { kind: 'openid_client_created' })
    expect(items[0]!.details).toEqual({ clientId: id, name: 'Hub' })
    expect(JSON.stringify(items)).not.toContain(secret)
  })

  test('is changed: what is not registered any more is refused', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    const redirectUris = ['http://localhost:8000/callback']
    await world.operator.call(changeOpenIdClient, { clientId: id, name: 'Hub 2', redirectUris, scopes: [] })
    expect(await listed(id)).toMatchObject({ name: 'Hub 2', redirectUris, scopes: [] })
    await expect(signInWith(id, secret!)).rejects.toThrow()
  })

  test('learns no more than it may ask for now, also with a token of before', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    const { access_token: token, ...tokens } = await signInWith(id, secret!)
    const { config } = await RelyingParty.of(site, id, secret!)
    const told = () => client.fetchUserInfo(config, token, client.skipSubjectCheck)
    expect(await told()).toHaveProperty('email')
    await world.operator.call(changeOpenIdClient, { clientId: id, name: 'Hub', redirectUris: [callback], scopes: [] })
    expect(Object.keys(await told())).toEqual(['sub'])
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(refreshed.claims()).not.toHaveProperty('email')
  })

  test('sends no one to an address that was registered when the sign-in began', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    const party = await RelyingParty.of(site, id, secret!)
    const { address, checks } = await party.begin({ scope: 'openid', redirect_uri: callback })
    const { address: back } = await visit(site, new CookieJar(await world.member()), address)
    const redirectUris = ['https://elsewhere.example.org/']
    await world.operator.call(changeOpenIdClient, { clientId: id, name: 'Hub', redirectUris, scopes: [] })
    await expect(client.authorizationCodeGrant(party.config, new URL(back), checks)).rejects.toThrow()
  })

  test('gets another secret; the one before stops working', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    const { secret: next } = await world.operator.call(replaceOpenIdSecret, { clientId: id })
    await expect(signInWith(id, secret!)).rejects.toMatchObject({ status: 401 })
    expect((await signInWith(id, next)).access_token).toEqual(expect.any(String))
  })

  test('that can keep no secret has none', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, { ...input, authentication: 'none' })
    expect(secret).toBe(null)
    const refused = { status: 404, code: 'openid_client_not_found' }
    expect(await world.operator.try(replaceOpenIdSecret, { clientId: id })).toMatchObject(refused)
  })

  test('is ended, and stays so', async () => {
    const { id, secret } = await world.operator.call(createOpenIdClient, input)
    await world.operator.call(endOpenIdClient, { clientId: id })
    expect(await listed(id)).toBe(undefined)
    await expect(signInWith(id, secret!)).rejects.toThrow()
    const again = await world.operator.try(endOpenIdClient, { clientId: id })
    expect(again).toMatchObject({ code: 'openid_client_not_found' })
  })

  test('stands for a service that exists and is not retired, or for none', async () => {
    const refused = await world.operator.try(createOpenIdClient, { ...input, service: 'absent' })
    expect(refused).toMatchObject({ code: 'service_not_found' })
    const roles = [{ key: 'reader', kind: 'access' as const, name: 'Reader' }]
    await world.operator.call(importCatalogue, {
      services: [
        { key: 'maps', name: 'Maps', roles: world.roles },
        { key: 'old', name: 'Old', roles },
      ],
    })
    await world.operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles: world.roles }] })
    expect(await world.operator.try(createOpenIdClient, { ...input, service: 'old' })).toMatchObject({
      code: 'service_retired',
    })
    const { id } = await world.operator.call(createOpenIdClient, { ...input, service: null })
    expect(await listed(id)).toMatchObject({ service: null })
  })

  test.each([
    ['http://app.example.org/callback'],
    ['https://app.example.org/callback#fragment'],
    ['https://user:secret@app.example.org/callback'],
    ['javascript:alert(1)'],
    ['https://*.example.org\\callback'],
    ['app.example.org/callback'],
  ])('is not registered with %s', async (address) => {
    const refused = await world.operator.try(createOpenIdClient, { ...input, redirectUris: [address] })
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input' })
  })
})
