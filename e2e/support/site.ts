import { execFileSync, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type APIRequestContext,
  type Browser,
  type BrowserContextOptions,
  test as base,
  type Page,
  request,
} from '@playwright/test'
import { openDatabase } from '../../src/platform/db/open'
import type { Sql } from '../../src/platform/db/sql'
import { leastCost, nodeHashingAt } from '../../tests/support/hashing'
import { freePort, statement } from '../../tests/support/postgres'
import { type Catcher, mailFrom, openCatcher } from '../../tests/support/smtp'
import { linkIn } from './mail'
import { keepToasts } from './toasts'

export const password = 'correct horse battery'

/** The user agent that appears in people's lists of devices. */
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** A person with an account. `page` opens a browser in which they are signed in. */
export interface Person {
  name: string
  email: string
  api: APIRequestContext
  page(path?: string, options?: BrowserContextOptions): Promise<Page>
}

/** A running server with its first operator, who has already used the setup link. */
export interface Site extends Server {
  operator: Person
  person(firstName: string, lastName?: string): Promise<Person>
  /** An accepted organization of this admin. */
  organization(admin: Person, name?: string): Promise<string>
  /** A code of a new invitation of the admin's organization. */
  code(admin: Person, options?: object): Promise<string>
  /** Makes a person a member through an invitation of the admin. */
  join(person: Person, admin: Person, options?: object): Promise<void>
}

/** A server started by `guildhall serve`, on a database of its own. */
interface Server {
  url: string
  setupLink: string
  /** Stops the program and keeps its data; `resume` restarts it on the same data and address. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Makes changes that no page can, such as the passing of time. The program is paused during the statement. */
  alter(statement: Sql): Promise<void>
  stop(): Promise<void>
}

/** Deviations from the defaults: the host name, and further settings, which may depend on the address. */
interface Settings {
  /** The server that receives mails; without it the site sends none. */
  mails?: Catcher | undefined
  host?: string
  settings?: (url: string) => Promise<Record<string, string>>
  /** Whether there is no database yet, as at the first start of an installation. */
  first?: boolean
}

/** Runs `guildhall check` on the site's final state. Throws if it finds a broken invariant. */
function checkInvariants(environment: NodeJS.ProcessEnv): void {
  execFileSync(process.execPath, ['bin/guildhall.mjs', 'check'], { env: environment, encoding: 'utf8' })
}

/** Starts the built program, and waits until it prints its address. With `mails` it sends mail. */
export async function startServer(
  kind: string,
  { mails, host = '127.0.0.1', settings = async () => ({}), first = false }: Settings = {},
): Promise<Server> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-e2e-'))
  if (!first && kind === 'embedded') cpSync(process.env.TEST_DATA_DIR!, dataDir, { recursive: true })
  const url = `http://${host}:${port}`
  const environment = {
    ...process.env,
    NODE_OPTIONS: nodeHashingAt(leastCost),
    PORT: String(port),
    BASE_URL: url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: 'loopback',
    GUILDHALL_SECRET: randomBytes(32).toString('hex'),
    SMTP_URL: mails?.url ?? '',
    MAIL_FROM: mails ? mailFrom : '',
    DATABASE_URL: kind === 'postgres' ? await newDatabase(first ? 'template1' : 'template_guildhall') : '',
    ...(await settings(url)),
  }
  let running = await run(environment)
  const resume = async () => {
    running = await run(environment)
  }
  return {
    url,
    setupLink: /http\S+\/setup#\S+/.exec(running.output)![0],
    pause: () => running.end(),
    resume,
    async alter(statement) {
      await running.end()
      const db = await openDatabase({ databaseUrl: environment.DATABASE_URL || undefined, dataDir })
      await db.rows(statement)
      await db.pool.end()
      await resume()
    },
    async stop() {
      await running.end()
      checkInvariants(environment)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** One run of the program; an empty line ends its start-up output. */
async function run(environment: NodeJS.ProcessEnv) {
  const server = spawn(process.execPath, ['bin/guildhall.mjs', 'serve', '--check-answers'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const output = await new Promise<string>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      if (/Guildhall is running at [\s\S]*\n\n$/.test(output)) resolve(output)
    })
    server.once('exit', () => reject(new Error(`the server ended: ${output}`)))
  })
  return {
    output,
    async end() {
      server.kill('SIGTERM')
      await ended
    },
  }
}

async function newDatabase(template: string): Promise<string> {
  const name = `e2e_${randomUUID().replaceAll('-', '')}`
  await statement(`${process.env.TEST_POSTGRES}postgres`, `create database ${name} template ${template}`)
  return `${process.env.TEST_POSTGRES}${name}`
}

/** Counts people of the same name: the first Ana Cruz is ana.cruz@example.org, the next ana.cruz.2@example.org. */
const namesakes = new Map<string, number>()

function newAddress(url: string, firstName: string, lastName: string): string {
  const written = `${firstName}.${lastName}`
    .toLowerCase()
    .replace(/[^a-z.]/g, '')
    .slice(0, 50)
  // A name in a non-Latin script leaves no letters.
  const name = written === '.' ? 'person' : written
  const number = (namesakes.get(url + name) ?? 0) + 1
  namesakes.set(url + name, number)
  return `${name}${number === 1 ? '' : `.${number}`}@example.org`
}

/** Each person has a network of their own, as a proxy would report it. */
let networks = 0
const newNetwork = () => `10.${++networks >> 8}.${networks & 255}.1`

interface Place {
  url: string
  browser: Browser
  mails?: Catcher | undefined
}

/** A registered person who is signed in; on a site that sends mail, with a confirmed address. */
async function newPerson({ url, browser, mails }: Place, firstName: string, lastName = 'Cruz'): Promise<Person> {
  const api = await request.newContext({
    baseURL: url,
    userAgent: chrome,
    extraHTTPHeaders: { origin: url, 'x-forwarded-for': newNetwork() },
  })
  const email = newAddress(url, firstName, lastName)
  await post(api, '/api/accounts', { email, password, firstName, lastName, country: 'PH' })
  await post(api, '/api/sessions', { email, password })
  if (mails) await post(api, '/api/me/confirm-address', { token: linkIn(await mails.mailTo(email)).split('#')[1] })
  return {
    name: `${firstName} ${lastName}`,
    email,
    api,
    async page(path = '/', options = {}) {
      const context = await browser.newContext({
        baseURL: url,
        storageState: await api.storageState(),
        permissions: ['clipboard-read', 'clipboard-write'],
        ...options,
      })
      const page = await context.newPage()
      await keepToasts(page)
      await page.goto(path)
      return page
    },
  }
}

/** Calls the API as a program would, to set up a test's preconditions. */
export async function post(api: APIRequestContext, path: string, data: object = {}) {
  const response = await api.post(path, { data })
  if (!response.ok()) throw new Error(`${path} answered ${response.status()} ${await response.text()}`)
  return response.json()
}

/** An operator’s decision about the current version of an organization, through the API. */
export async function decide(api: APIRequestContext, organizationId: string, what: string, data: object = {}) {
  const path = `/api/organizations/${organizationId}`
  const { stateVersion } = await (await api.get(path)).json()
  return post(api, `${path}/${what}`, { stateVersion, ...data })
}

/** Replaces the site’s policy, whatever its version, through the API. */
export async function putPolicy(api: APIRequestContext, policy: object) {
  const { policyVersion: version } = await (await api.get('/api/site')).json()
  return api.put('/api/site/policy', { data: { identityChanges: 'tell', ...policy, version } })
}

const organizationOf = async (person: Person): Promise<string> =>
  (await (await person.api.get('/api/me')).json()).organization.id

/** Starts a server with its first operator, and helpers for a test's preconditions. */
export async function startSite(kind: string, browser: Browser, settings: Settings = {}): Promise<Site> {
  const server = await startServer(kind, settings)
  const place = { url: server.url, browser, mails: settings.mails }
  const operator = await newPerson(place, 'Olga')
  await post(operator.api, '/api/setup', { token: server.setupLink.split('#')[1] })
  const site: Site = {
    ...server,
    operator,
    person: (firstName, lastName) => newPerson(place, firstName, lastName),
    async organization(admin, name = `Organization ${randomUUID().slice(0, 8)}`) {
      const { id } = await post(admin.api, '/api/organizations', {
        name,
        country: 'PH',
        description: 'Counting corals from orbit.',
      })
      await decide(operator.api, id, 'accept')
      return id
    },
    async code(admin, options = {}) {
      return (await post(admin.api, `/api/organizations/${await organizationOf(admin)}/invitations`, options)).code
    },
    async join(person, admin, options = {}) {
      await post(person.api, '/api/invitations/accept', { code: await site.code(admin, options) })
    },
  }
  return site
}

type Use = (site: Site) => Promise<void>
interface Worker {
  browser: Browser
  project: { name: string }
}

async function useSite({ browser, project }: Worker, use: Use, settings?: Settings): Promise<void> {
  const site = await startSite(project.name, browser, settings)
  await use(site)
  await site.stop()
}

/** Each call returns a new function, by which Playwright distinguishes the sites. */
const ownSite =
  () =>
  ({ browser }: { browser: Browser }, use: Use, { project }: Pick<Worker, 'project'>) =>
    useSite({ browser, project }, use)

export const test = base.extend<{ closing: undefined }, { site: Site }>({
  /** Closes the browsers that a test opened. */
  closing: [
    async ({ browser }, use) => {
      await use(undefined)
      const contexts = browser.contexts()
      // Ignores answers that a test was still rewriting when it ended.
      const pages = contexts.flatMap((context) => context.pages())
      await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
      await Promise.all(contexts.map((context) => context.close()))
    },
    { auto: true },
  ],
  site: [ownSite(), { scope: 'worker', timeout: 240_000 }],
})

/** Runs the file in one worker, so that it starts only one site. */
export const inOneWorker = () => test.describe.configure({ mode: 'default' })

/** Uses a site for this file only, where the names in screenshots are free and lists contain no other people. */
export function testAlone() {
  inOneWorker()
  return test.extend<object, { site: Site }>({
    site: [ownSite(), { scope: 'worker', timeout: 240_000 }],
  })
}

/** Uses a site for this file only that sends mail, to a server that keeps it. */
export function testWithMail() {
  inOneWorker()
  return test.extend<object, { mails: Catcher; site: Site }>({
    mails: [
      async ({ browser: _ }, use) => {
        const mails = await openCatcher()
        await use(mails)
        await mails.close()
      },
      { scope: 'worker' },
    ],
    site: [
      ({ browser, mails }, use, { project }) => useSite({ browser, project }, use, { mails }),
      { scope: 'worker', timeout: 240_000 },
    ],
  })
}
