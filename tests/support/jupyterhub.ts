import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureJupyterHub, type JupyterHub } from '../../scripts/services/jupyterhub.mjs'
import { answersAt, inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

export interface HubOptions {
  /** Of the OpenID provider that people sign in with. */
  issuer: string
  clientId: string
  clientSecret: string
  /** Of the hub's service `guildhall`, with the rights of the configuration in docs/connectors. */
  token: string
  /** Where the hub answers; any free port if it is not given. */
  port?: number
  /** Further variables that its configuration reads. */
  env?: Record<string, string>
  /** Further lines of its configuration. */
  settings?: string
}

export interface RunningHub {
  /** Without a slash at the end; `<url>/hub/oauth_callback` is its redirect address. */
  url: string
  /** Of the service `test`, which may do everything. */
  adminToken: string
  /** Asks the REST API, as the service `guildhall` if no other token is given. */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<HubAnswer>
  /** The end of the hub's log. */
  log(): string
  stop(): Promise<void>
}

export interface HubAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what the hub answers.
  body: any
}

const startSeconds = 90
const configuration = join(import.meta.dirname, '..', '..', 'docs', 'connectors', 'jupyterhub_config.py')

/**
 * Starts a JupyterHub with its proxy on loopback and in a temporary folder, with the configuration that docs/connectors
 * offers to operators. Single-user servers are processes of the current user.
 */
export const startJupyterHub = (options: HubOptions, hub: JupyterHub = ensureJupyterHub()): Promise<RunningHub> =>
  inFolder('jupyterhub', async (folder, started) => {
    const url = `http://127.0.0.1:${options.port ?? (await freePort())}`
    const [hubPort, proxyApiPort] = [await freePort(), await freePort()]
    const [proxyToken, adminToken] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
    const places = { url, hubPort, proxyApiPort, folder }
    mkdirSync(join(folder, 'home'))
    writeFileSync(join(folder, 'jupyterhub_config.py'), testConfiguration(hub, places, options.settings))
    const listening = ['--ip', '127.0.0.1', '--port', new URL(url).port]
    const api = ['--api-ip', '127.0.0.1', '--api-port', `${proxyApiPort}`]
    const errors = ['--error-target', `http://127.0.0.1:${hubPort}/hub/error`]
    const proxy = startDaemon(process.execPath, [hub.proxy, ...listening, ...api, ...errors], {
      ...{ folder, log: 'proxy' },
      env: { CONFIGPROXY_AUTH_TOKEN: proxyToken },
    })
    started.push(proxy)
    const main = startDaemon(hub.python, ['-m', 'jupyterhub', '--config', 'jupyterhub_config.py'], {
      ...{ folder, log: 'hub' },
      env: {
        GUILDHALL_ISSUER: options.issuer,
        GUILDHALL_CLIENT_ID: options.clientId,
        GUILDHALL_CLIENT_SECRET: options.clientSecret,
        GUILDHALL_HUB_TOKEN: options.token,
        OAUTH_CALLBACK_URL: `${url}/hub/oauth_callback`,
        JUPYTERHUB_CRYPT_KEY: randomBytes(32).toString('hex'),
        CONFIGPROXY_AUTH_TOKEN: proxyToken,
        TEST_ADMIN_TOKEN: adminToken,
        ...options.env,
      },
    })
    started.push(main)
    // It answers through the proxy when both run and know each other.
    await untilReady('JupyterHub', main, () => answersAt(`${url}/hub/api/`), startSeconds)
    const ask = (method: string, path: string, body?: unknown, token = options.token) =>
      askHub(`${url}/hub/api${path}`, method, body, token)
    return { url, adminToken, ask, log: () => main.tail(30) }
  })

async function askHub(address: string, method: string, body: unknown, token: string): Promise<HubAnswer> {
  const response = await fetch(address, {
    method,
    headers: { authorization: `token ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}

interface Places {
  url: string
  hubPort: number
  proxyApiPort: number
  folder: string
}

/** What operators use, and what only the tests need: a spawner without accounts on the machine, and an administrator. */
const testConfiguration = (hub: JupyterHub, { url, hubPort, proxyApiPort, folder }: Places, settings = '') => `
import os
c = get_config()
load_subconfig(${JSON.stringify(configuration)})
c.JupyterHub.bind_url = '${url}'
c.JupyterHub.hub_bind_url = 'http://127.0.0.1:${hubPort}'
c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:${proxyApiPort}'
c.ConfigurableHTTPProxy.should_start = False
c.JupyterHub.db_url = 'sqlite:///hub.sqlite'
c.JupyterHub.cookie_secret = os.urandom(32)
c.JupyterHub.spawner_class = 'simple'
c.SimpleLocalProcessSpawner.home_dir_template = ${JSON.stringify(join(folder, 'home', '{username}'))}
# Ended by the system with the hub, however that ends: nothing is left running.
c.Spawner.cmd = ['setpriv', '--pdeathsig', 'KILL', ${JSON.stringify(hub.python)}, '-m', 'jupyterhub.singleuser']
c.Spawner.args = [*c.Spawner.args, '--allow-root']
c.Spawner.default_url = '/api/status'
c.JupyterHub.services = [*c.JupyterHub.services, {'name': 'test', 'api_token': os.environ['TEST_ADMIN_TOKEN']}]
c.JupyterHub.load_roles = [*c.JupyterHub.load_roles, {
    'name': 'test',
    'scopes': ['admin:users', 'admin:groups', 'admin:servers', 'admin:auth_state', 'admin:server_state', 'tokens', 'access:servers', 'shutdown', 'list:services', 'read:hub'],
    'services': ['test'],
}]
${settings}
`
