import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apacheAddresses, startApache } from './apache'
import { freePort } from './postgres'
import { until } from './until'

const client = { clientId: 'maps', clientSecret: 'a secret for tests' }
/** Access roles by subject. */
const roles = new Map<string, string>()

/** A provider that signs in whom the address of the sign-in page names. */
async function startProvider(port: number) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { redirectUri, backchannelLogoutUri } = apacheAddresses(port)
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        backchannel_logout_uri: backchannelLogoutUri,
        backchannel_logout_session_required: true,
      },
    ],
    // By itself it reaches nothing on this machine.
    fetch: (address, init) => fetch(address, { ...init, dispatcher: undefined } as RequestInit),
    pkce: { required: () => true },
    claims: { access: ['access_role'] },
    scopes: ['openid', 'access'],
    cookies: { keys: ['a key for tests'] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    interactions: { url: (_, { uid }) => `/enter/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, access_role: roles.get(sub) }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid access')
      await grant.save()
      return grant
    },
  })
  type Client = { backchannelLogout(subject: string, sid: string): Promise<void> }
  const sids = new Map<string, string>()
  provider.on('authorization.success', ({ oidc: { session } }) => {
    sids.set(session!.accountId!, session!.sidFor(client.clientId)!)
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/enter/')) return void answer(request, response)
    const accountId = String(request.headers['x-subject'])
    void provider.interactionFinished(request, response, { login: { accountId } })
  })
  return {
    issuer,
    async logOut(subject: string) {
      const found = (await provider.Client.find(client.clientId)) as unknown as Client
      await found.backchannelLogout(subject, sids.get(subject)!)
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let provider: Awaited<ReturnType<typeof startProvider>>
let apache: Awaited<ReturnType<typeof startApache>>
beforeAll(async () => {
  const port = await freePort()
  provider = await startProvider(port)
  apache = await startApache({ issuer: provider.issuer, ...client, port })
})
afterAll(async () => {
  await apache?.stop()
  await provider?.stop()
})

/**
 * A browser of its own for each person, with their cookies. It accepts pages, and is no `fetch`, which says that it does not navigate:
 * mod_auth_openidc answers 401 to everything else that is not signed in.
 */
function browserOf(subject: string) {
  const cookies = new Map<string, string>()
  const get = async (address: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const asked = { cookie, 'x-subject': subject, accept: 'text/html' }
    const { statusCode, headers, body } = await request(address, { headers: asked })
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    return { status: statusCode, location: headers.location?.toString(), text: await body.text() }
  }
  const visit = async (address: string) => {
    for (let next = address, left = 20; ; left--) {
      const { location, ...answer } = await get(next)
      if (!location || left === 0) return answer
      next = new URL(location, next).href
    }
  }
  return { get, visit }
}

test('the page is for people with the role', async () => {
  roles.set('anna', 'editor').set('bea', 'reader')
  expect(await browserOf('anna').visit(apache.page)).toEqual({ status: 200, text: 'This page asks for a role.' })
  expect((await browserOf('bea').visit(apache.page)).status).toBe(403)
})

test('a back-channel logout ends the session', async () => {
  roles.set('carl', 'editor')
  const browser = browserOf('carl')
  await browser.visit(apache.page)
  // For up to 50 seconds the session goes on with the claims that it began with.
  roles.set('carl', 'reader')
  expect((await browser.get(apache.page)).status).toBe(200)
  await provider.logOut('carl')
  const after = await browser.get(apache.page)
  expect(after.status).toBe(302)
  expect(after.location).toContain(provider.issuer)
})

test('a role that is lost is noticed at the next refresh of the claims', async () => {
  roles.set('dora', 'editor')
  const quick = await freePort()
  const second = await startProvider(quick)
  const other = await startApache({
    issuer: second.issuer,
    ...client,
    port: quick,
    more: ['OIDCUserInfoRefreshInterval 1'],
  })
  try {
    const browser = browserOf('dora')
    expect((await browser.visit(other.page)).status).toBe(200)
    roles.set('dora', 'reader')
    await until(async () => (await browser.get(other.page)).status === 403)
  } finally {
    await other.stop()
    await second.stop()
  }
})
