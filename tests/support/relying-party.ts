import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { v7 as uuid } from 'uuid'
import { hashToken } from '../../src/platform/access/token'
import { sql } from '../../src/platform/db/sql'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../src/roles/services/schema'
import { cookieFor } from './cookie'
import { acceptedOrganization, newMember } from './organizations'
import { receiverAddress } from './receiver'
import { asSeen } from './seen'
import { Person, type Site, testBaseUrl } from './site'

export const callback = 'https://app.example.org/callback'
export const afterLogout = 'https://app.example.org/bye'

/** Where a browser ends up that follows the site's redirects. */
interface Visited {
  /** The last address: of the application, of a page of the portal, or of a page of the provider itself. */
  address: string
  status: number
  text: string
}

/** Cookies of one browser. */
export class CookieJar {
  private readonly cookies = new Map<string, { value: string; path: string }>()

  constructor(person?: Person) {
    for (const pair of person ? person.cookie.split('; ') : []) {
      const [, name, value] = /^([^=]+)=(.*)$/.exec(pair)!
      this.cookies.set(name!, { value: value!, path: '/' })
    }
  }

  header(path: string): string {
    return [...this.cookies]
      .flatMap(([name, one]) => (path.startsWith(one.path) ? `${name}=${one.value}` : []))
      .join('; ')
  }

  /** Takes over the cookies of another one. */
  take(other: CookieJar): void {
    for (const [name, one] of other.cookies) this.cookies.set(name, one)
  }

  drop(names: RegExp): void {
    for (const name of this.cookies.keys()) if (names.test(name)) this.cookies.delete(name)
  }

  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      const path = /; *path=([^;]*)/i.exec(line)?.[1] ?? '/'
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name!)
      else this.cookies.set(name!, { value: value!, path })
    }
  }
}

/** Browsers give up after that many. */
const mostRedirects = 20

/** Visits an address of the site as a browser does, and follows redirects until they leave it or reach the portal. */
export async function visit(site: Site, jar: CookieJar, address: string, form?: URLSearchParams): Promise<Visited> {
  let redirects = 0
  for (let next = address, body = form; ; body = undefined) {
    const { origin, pathname, search } = new URL(next)
    if (origin !== testBaseUrl || !/^\/(openid|\.well-known)\//.test(pathname))
      return { address: next, status: 0, text: '' }
    const response = await fetch(site.url + pathname + search, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: jar.header(pathname) },
      ...(body ? { body } : {}),
    })
    jar.keep(response.headers)
    const location = response.headers.get('location')
    if (!location || ++redirects === mostRedirects)
      return { address: next, status: response.status, text: await response.text() }
    next = new URL(location, next).href
  }
}

/** A service, and an organization that holds roles on it. */
export async function openIdWorld(site: Site) {
  const operator = await site.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small', limits: [{ name: 'Storage', value: 10, unit: 'GB' }] },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  const service = (await operator.call(listServices, {})).services[0]!
  const { id: organizationId, admin } = await acceptedOrganization(site)
  const grant = async () => {
    for (const { id: roleId } of service.roles)
      await asSeen(operator).try(grantRole, { organizationId, roleId, reason: 'A test.' })
  }
  await grant()
  const app = await RelyingParty.register(site, operator, { serviceId: service.id })
  return {
    operator,
    service,
    organizationId,
    admin,
    app,
    grant,
    roles,
    member: () => newMember(site, organizationId, admin),
    /** The service with these roles from now on. */
    async withRoles(roles: object[]) {
      await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles: roles as never }] })
      return (await operator.call(listServices, {})).services[0]!
    },
  }
}

/** The same person on another device. */
export async function onAnotherDevice(site: Site, person: Person): Promise<Person> {
  const token = randomUUID()
  await site.db.rows(sql`
    insert into sessions (id, account_id, token, expires_at)
    values (${uuid()}::uuid, ${person.id}::uuid, ${hashToken(token)}, now() + interval '1 day')`)
  return new Person(site.url, cookieFor(token, site.keys, testBaseUrl), person)
}

/** An application that takes logout tokens, and what comes there. */
export async function logoutReceiver() {
  const tokens: string[] = []
  const receiver = {
    tokens,
    status: 200,
    url: '',
    /** The contents of the tokens about a person. */
    about: (person: Person) => tokens.map((token) => decodeJwt(token)).filter(({ sub }) => sub === person.id),
    close: () => {},
    /** Answers nothing until it is released. */
    hold() {
      let release = () => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return { release }
    },
  }
  let held = Promise.resolve()
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    tokens.push(new URLSearchParams(text).get('logout_token')!)
    await held
    response.writeHead(receiver.status).end()
  }).listen(0, receiverAddress)
  await once(server, 'listening')
  receiver.url = `http://${receiverAddress}:${(server.address() as AddressInfo).port}/logout`
  receiver.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return receiver
}

export interface ClientOptions {
  serviceId?: string | null
  authentication?: 'client_secret_basic' | 'client_secret_post' | 'none'
  scopes?: string[]
}

/** An application that signs people in through the site, with the library `openid-client`. */
export class RelyingParty {
  private constructor(
    readonly site: Site,
    readonly id: string,
    readonly secret: string,
    readonly config: client.Configuration,
  ) {}

  static async register(site: Site, operator: Person, options: ClientOptions = {}): Promise<RelyingParty> {
    const {
      serviceId = null,
      authentication = 'client_secret_basic',
      scopes = ['profile', 'email', 'organization', 'access'],
    } = options
    const [id, secret] = [uuid(), 'a secret for tests']
    await site.db.rows(sql`
      insert into openid_clients (id, name, service_id, authentication, secret_hash, redirect_uris, post_logout_redirect_uris, scopes, created_by)
      values (${id}, 'App', ${serviceId}, ${authentication}, ${authentication === 'none' ? null : hashToken(secret)}, array[${callback}], array[${afterLogout}],
        ${scopes}::text[], ${operator.id})`)
    return RelyingParty.of(site, id, secret, authentication)
  }

  /** A client that is registered already. */
  static async of(
    site: Site,
    id: string,
    secret: string,
    authentication: ClientOptions['authentication'] = 'client_secret_basic',
  ) {
    const authenticate = {
      client_secret_basic: client.ClientSecretBasic,
      client_secret_post: client.ClientSecretPost,
      none: () => client.None(),
    }
    const config = await client.discovery(new URL(testBaseUrl), id, {}, authenticate[authentication](secret), {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
      [client.customFetch]: (address, init) => fetch(address.replace(testBaseUrl, site.url), init as RequestInit),
    })
    return new RelyingParty(site, id, secret, config)
  }

  /** The address at which a sign-in begins, and what checks its answer. */
  async begin(more: Record<string, string> = {}) {
    const verifier = client.randomPKCECodeVerifier()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const address = client.buildAuthorizationUrl(this.config, {
      redirect_uri: callback,
      scope: this.scope,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce, ...more },
    }).href
    return {
      address,
      checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    }
  }

  /** Signs a person in, in this browser. */
  async signIn(person: Person | CookieJar, more: Record<string, string> = {}) {
    const jar = person instanceof CookieJar ? person : new CookieJar(person)
    const { address, checks } = await this.begin(more)
    const visited = await visit(this.site, jar, address)
    return client.authorizationCodeGrant(this.config, new URL(visited.address), checks)
  }

  get scope(): string {
    return 'openid profile email organization access'
  }
}
