import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { apacheAddresses, startApache } from '../../tests/support/apache'
import { startJupyterHub } from '../../tests/support/jupyterhub'
import { freePort } from '../../tests/support/postgres'
import { guest, register } from '../support/registering'
import { accept, request } from '../support/roles'
import { type Person, post, type Site, startSite } from '../support/site'

// Journeys into real services, in a browser: npm run test:services.

interface Means {
  site: Site
  /** What the test has started, to be stopped with it however it ends. */
  started: { stop(): Promise<unknown> }[]
}

const test = base.extend<Means>({
  async site({ browser }, use) {
    const site = await startSite('postgres', browser, { settings: async () => ({ OUTBOUND_ALLOW: '127.0.0.1' }) })
    await use(site)
    await site.stop()
  },
  async started({ browser: _ }, use) {
    const started: Means['started'] = []
    await use(started)
    for (const one of started.reverse()) await one.stop()
  },
})

/** The catalogue of CopPhil, with these addresses for its services. */
async function importCatalogue({ operator }: Site, addresses: Record<string, string>) {
  const { services } = JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8'))
  const opened = services.map((service: { key: string }) => ({ ...service, url: addresses[service.key] ?? null }))
  await post(operator.api, '/api/catalogue', { services: opened })
}

/** An organization that holds the roles of the hub. */
async function world(site: Site) {
  const ana = await site.person('Ana')
  const organizationId = await site.organization(ana)
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  return { ana, organizationId }
}

/** Accepts an invitation as somebody who has never been here. */
async function newcomer(browser: Browser, site: Site, ana: Person): Promise<Page> {
  const page = await guest(browser, site, `/join#${await site.code(ana)}`)
  await page.getByRole('link', { name: 'Register' }).click()
  await expect(page.getByRole('heading', { name: 'Register' })).toBeVisible()
  await register(page, 'nia.reyes@example.org')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await page.getByRole('link', { name: 'Active roles' }).first().click()
  return page
}

/** The admin removes the newest member. */
async function remove(ana: Person, organizationId: string, email: string) {
  const { items } = await (await ana.api.get(`/api/organizations/${organizationId}/memberships`)).json()
  const { id } = items.find(({ account }: { account: { email: string } }) => account.email === email)
  await ana.api.delete(`/api/organizations/${organizationId}/memberships/${id}`)
}

test('a newcomer works in JupyterHub with the size of their quota role, until they are removed', async ({
  browser,
  site,
  started,
}) => {
  const [port, token] = [await freePort(), randomBytes(32).toString('hex')]
  const hubUrl = `http://127.0.0.1:${port}`
  await importCatalogue(site, { jupyter: hubUrl })
  const { ana, organizationId } = await world(site)
  const application = { name: 'JupyterHub', service: 'jupyter', scopes: ['profile', 'email', 'access'] }
  const { id, secret } = await post(site.operator.api, '/api/openid-clients', {
    ...application,
    redirectUris: [`${hubUrl}/hub/oauth_callback`],
  })
  const lab = "c.Spawner.default_url = '/lab'"
  const hub = await startJupyterHub({
    issuer: site.url,
    clientId: id,
    clientSecret: secret,
    token,
    port,
    settings: lab,
  })
  started.push(hub)
  const settings = { kind: 'jupyterhub', url: hubUrl }
  const connected = { service: 'jupyter', name: 'Hub', settings, secret: token }
  const { id: connectionId } = await post(site.operator.api, '/api/connections/systems', connected)
  await site.operator.api.put(`/api/connections/${connectionId}/enabled`, { data: { enabled: true } })

  const page = await newcomer(browser, site, ana)
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Open JupyterHub' }).click()
  const work = await opened
  // Signed in without another password, and the server starts.
  await work.waitForURL(/\/user\/[0-9a-f-]{36}\/lab/)
  const [, accountId] = /\/user\/([0-9a-f-]{36})\//.exec(work.url())!
  expect(await printed(work, accountId!, 'echo [$CPU_LIMIT] [$MEM_LIMIT]')).toContain('[2.0] [4000000000]')
  const made = await hub.ask('POST', `/users/${accountId}/tokens`, {}, hub.adminToken)
  const asPerson = () => hub.ask('GET', '/user', undefined, made.body.token)
  expect((await asPerson()).body.groups).toEqual(['guildhall'])

  await remove(ana, organizationId, 'nia.reyes@example.org')
  const within10s = { timeout: 10_000 }
  await expect.poll(async () => (await asPerson()).status, within10s).toBe(403)
  const running = async () => (await hub.ask('GET', `/users/${accountId}`, undefined, hub.adminToken)).body.servers
  await expect.poll(running, within10s).toEqual({})
  await expect(page.getByRole('link', { name: 'Open JupyterHub' })).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Other services' })).toBeVisible()
  await work.goto(`${hubUrl}/hub/spawn`)
  await expect(work.getByRole('heading', { name: '403' })).toBeVisible()
})

/** What a command prints in a terminal of the person’s server. */
const printed = (page: Page, accountId: string, command: string) =>
  page.evaluate(
    async ({ base, typed }) => {
      const xsrf = /_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? ''
      const headers = { 'x-xsrftoken': xsrf }
      const { name } = await (await fetch(`${base}/api/terminals`, { method: 'POST', headers })).json()
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}${base}/terminals/websocket/${name}`)
      return new Promise<string>((resolve) => {
        let output = ''
        socket.onmessage = ({ data }) => {
          const [kind, text] = JSON.parse(data)
          if (kind === 'setup') socket.send(JSON.stringify(['stdin', typed]))
          if (kind !== 'stdout') return
          output += text
          if (/\[[\d.]+\] \[\d+\]/.test(output)) resolve(output)
        }
      })
    },
    { base: `/user/${accountId}`, typed: `${command}\r` },
  )

test('a page on Apache opens for a role, and closes when the person is removed', async ({ browser, site, started }) => {
  const { page: address, redirectUri, backchannelLogoutUri, ...place } = apacheAddresses(await freePort())
  await importCatalogue(site, { jupyter: address })
  const { ana, organizationId } = await world(site)
  const { id, secret } = await post(site.operator.api, '/api/openid-clients', {
    ...{ name: 'Maps', service: 'jupyter', scopes: ['access'] },
    ...{ redirectUris: [redirectUri], backchannelLogoutUri },
  })
  const port = Number(new URL(place.url).port)
  started.push(await startApache({ issuer: site.url, clientId: id, clientSecret: secret, role: 'jupyter', port }))

  const page = await newcomer(browser, site, ana)
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Open JupyterHub' }).click()
  const work = await opened
  await expect(work.getByText('This page asks for a role.')).toBeVisible()
  await remove(ana, organizationId, 'nia.reyes@example.org')
  // The next visit asks the portal, which refuses.
  const refused = async () => {
    await work.goto(address)
    return work.getByRole('heading', { name: 'You can’t use this application' }).isVisible()
  }
  await expect.poll(refused, { timeout: 10_000 }).toBe(true)
})
