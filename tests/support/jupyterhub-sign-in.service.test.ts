import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOpenIdClient } from '../../src/connections/openid-clients/schema'
import { leaveOrganization } from '../../src/membership/memberships/schema'
import { type RunningHub, startJupyterHub } from './jupyterhub'
import { freePort } from './postgres'
import { CookieJar, openIdWorld, visit } from './relying-party'
import { sharedSite } from './shared-site'
import { type Person, testBaseUrl } from './site'

// People sign in to a real JupyterHub through the portal, with the configuration in docs/connectors: npm run test:services.

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
let hub: RunningHub

beforeAll(async () => {
  world = await openIdWorld(site)
  const port = await freePort()
  const { id, secret } = await world.operator.call(createOpenIdClient, {
    ...{ name: 'Hub', service: world.service.key, scopes: ['profile', 'email', 'access'] },
    redirectUris: [`http://127.0.0.1:${port}/hub/oauth_callback`],
  })
  hub = await startJupyterHub({
    ...{ issuer: site.url, clientId: id, clientSecret: secret!, port, token: randomBytes(32).toString('hex') },
    // The quota role of these tests has a number of storage only.
    env: { GUILDHALL_CPU_KEY: '', GUILDHALL_MEMORY_KEY: 'storage' },
  })
})

afterAll(() => hub?.stop())

/** Follows redirects between the hub and the portal, as the browser of a person does; returns where they end. */
async function signIn(person: Person): Promise<{ status: number; path: string }> {
  const [atHub, atPortal] = [new CookieJar(), new CookieJar(person)]
  for (let next = `${hub.url}/hub/oauth_login?next=${encodeURIComponent('/hub/home')}`; ; ) {
    const address = new URL(next)
    if (address.origin === hub.url) {
      const headers = { cookie: atHub.header(address.pathname) }
      const response = await fetch(address, { redirect: 'manual', headers })
      atHub.keep(response.headers)
      const location = response.headers.get('location')
      if (!location) return { status: response.status, path: address.pathname }
      next = new URL(location, address).href
    } else next = (await visit(site, atPortal, next.replace(site.url, testBaseUrl))).address
    if (new URL(next).origin === testBaseUrl) return { status: 0, path: new URL(next).pathname }
  }
}

const startServer = (name: string) => hub.ask('POST', `/users/${name}/server`, {}, hub.adminToken)

test('a member signs in, is known by their account id, and gets the size of their quota role', async () => {
  const member = await world.member()
  expect(await signIn(member)).toEqual({ status: 200, path: '/hub/home' })
  expect((await startServer(member.id)).status).toBe(201)
  const { body } = await hub.ask('GET', `/users/${member.id}`, undefined, hub.adminToken)
  const { pid } = body.servers[''].state
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain('MEM_LIMIT=10000000000\0')
})

test('a person without a role is not let in', async () => {
  expect((await signIn(await site.person('Nora'))).path).not.toMatch(/^\/hub\/home/)
})

test('no server starts for a person whose role has ended', async () => {
  const member = await world.member()
  expect((await signIn(member)).status).toBe(200)
  await member.call(leaveOrganization, { organizationId: world.organizationId })
  expect((await startServer(member.id)).status).toBe(403)
})
