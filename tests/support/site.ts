import { fail } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ParsedMail } from 'mailparser'
import { v7 as uuid } from 'uuid'
import { inject } from 'vitest'
import { createApp } from '../../src/app'
import { type Pace, usualPace } from '../../src/connections/ledger/delivery-rules'
import type { Hashing } from '../../src/identity/authentication/passwords'
import { signIn } from '../../src/identity/authentication/schema'
import type { SitePolicy } from '../../src/identity/site/schema'
import { prepareSite } from '../../src/identity/site/setup'
import { getMe } from '../../src/membership/me/schema'
import { saveMailConfigured } from '../../src/messaging/mails/store'
import { hashToken } from '../../src/platform/access/token'
import { type Config, defaultConnections } from '../../src/platform/config'
import type { Database } from '../../src/platform/db/database'
import { openPostgres } from '../../src/platform/db/postgres'
import { sql } from '../../src/platform/db/sql'
import type { FieldError } from '../../src/platform/errors'
import { callOf, problemIn } from '../../src/platform/http/client'
import type { AnswerOf, Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { deriveKeys, type Keys } from '../../src/platform/keys'
import { cookieFor } from './cookie'
import { embeddedCopy } from './embedded'
import { quickHashing } from './hashing'
import { brokenInvariants } from './invariants'
import { statement } from './postgres'
import { bodyOf, send } from './requests'
import { mailFrom } from './smtp'

export const testSecret = 'tR8vKq3nZx5mWc7hLb2pYf9dJg4sAe6u'
export const laterSecret = 'Hm4xQz8wVn2kTc6rPj9bLd3fGs7yEa5v'
/** The base of links and the origin of requests; the test server listens elsewhere. */
export const testBaseUrl = 'http://guildhall.test'
export const password = 'correct horse battery'

export interface Site {
  db: Database
  url: string
  keys: Keys
  /** The token of the one-time setup link. */
  setupToken: string
  /** An account and a session, inserted directly into the database, without the cost of hashing a password. */
  person(name?: string, more?: PersonFacts): Promise<Person>
  anonymous: Person
  /** A person who signs in over HTTP with the tests' password. */
  signedIn(email: string, password?: string): Promise<Person>
  /** Every broken invariant, with the IDs for which it does not hold. */
  check(): Promise<string[]>
  close(): Promise<void>
}

/** The site's initial policy. */
export const policy: SitePolicy = {
  secondFactor: 'optional',
  sessionIdleMinutes: 10_080,
  sessionHours: 720,
  registration: 'open',
  registrationDomains: [],
  terms: null,
  identityChanges: 'tell',
}

/** The secret in a mail's link. */
export function secretIn({ text }: ParsedMail, path: string): string {
  const found = new RegExp(`${testBaseUrl}${path}#(\\S+)`).exec(text ?? '')
  if (!found) throw new Error(`the mail has no link to ${path}: ${text}`)
  return decodeURIComponent(found[1]!)
}

export const configFor = (given: Partial<Config> = {}): Config => ({
  port: 0,
  host: '127.0.0.1',
  baseUrl: testBaseUrl,
  baseUrlGiven: true,
  dataDir: '/nonexistent',
  databaseUrl: undefined,
  databaseConnections: defaultConnections,
  secrets: [testSecret],
  trustedProxies: [],
  outboundAllow: [],
  provider: undefined,
  passwords: true,
  mail: undefined,
  logLevel: 'silent',
  ...given,
})

/** A copy of the migrated database, of this run's kind. */
export async function copyDatabase(): Promise<{ db: Database; url: string | undefined }> {
  if (process.env.TEST_DATABASE === 'postgres') {
    const url = await copyPostgres()
    return { db: openPostgres(url), url }
  }
  return { db: await embeddedCopy(), url: undefined }
}

/** Copies the migrated PostgreSQL database, and returns its address. */
export async function copyPostgres(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await statement(`${inject('postgres')}postgres`, `create database ${name} template ${inject('template')}`)
  return `${inject('postgres')}${name}`
}

export interface SiteOptions extends Partial<Config>, Partial<Pace> {
  smtp?: string
  heartbeat?: number
  hashing?: Hashing
  /** Replaces the database for the server and the test, for instance with one that has a `watchedPool`. */
  database?: (db: Database) => Database
}

/** Starts a server on a database of its own. With `smtp`, the address of a mail server, it sends mails. */
export async function openSite({
  smtp,
  heartbeat,
  hashing = quickHashing,
  schedule = usualPace.schedule,
  pause = usualPace.pause,
  claim = usualPace.claim,
  resync = usualPace.resync,
  database = (db) => db,
  ...given
}: SiteOptions = {}): Promise<Site> {
  const db = database((await copyDatabase()).db)
  const config = configFor({ ...given, ...(smtp ? { mail: { url: smtp, from: mailFrom } } : {}) })
  const keys = deriveKeys(...config.secrets)
  const { setupLink } = await prepareSite(db, keys, testBaseUrl)
  await saveMailConfigured(db, Boolean(config.mail))
  const app = await createApp(config, db, {
    checkAnswers: true,
    hashing,
    ...(heartbeat && { heartbeat }),
    pace: { schedule, pause, claim, resync },
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const anonymous = new Person(url, '', { id: '', name: 'nobody', email: '' })
  return {
    db,
    url,
    keys,
    setupToken: setupLink!.split('#')[1]!,
    // On a site with mail, unconfirmed people can do nothing.
    person: (name, more) => insertPerson(db, url, keys, name, { confirmed: smtp !== undefined, ...more }),
    anonymous,
    signedIn: async (email, written = password) => {
      const { status, headers } = await anonymous.try(signIn, { email, password: written })
      if (status !== 200) throw new Error(`${email} could not sign in: ${status}`)
      const person = new Person(url, headers.getSetCookie()[0]!.split(';')[0]!, { id: '', name: email, email })
      return new Person(url, person.cookie, { ...person, id: (await person.call(getMe, {})).account.id })
    },
    check: () => brokenInvariants(db),
    async close() {
      await app.close()
      await db.pool.end()
    },
  }
}

let people = 0

export interface PersonFacts {
  operator?: boolean
  confirmed?: boolean
  /** For people who sign in with a password. */
  passwordHash?: string
}

export async function insertPerson(
  db: Database,
  url: string,
  keys: Keys,
  name = `Person${++people}`,
  { operator = false, confirmed = false, passwordHash }: PersonFacts = {},
): Promise<Person> {
  const id = uuid()
  const token = randomUUID()
  const email = `${name.toLowerCase()}.${id.slice(-6)}@example.org`
  await db.rows(sql`
    with account as (
      insert into accounts (id, email, first_name, last_name, country, operator, email_verified)
      values (${id}, ${email}, ${name}, 'Cruz', 'PH', ${operator}, ${confirmed}) returning id
    ), credential as (
      insert into credentials (id, account_id, provider_id, provider_account_id, password)
      select gen_random_uuid(), id, 'credential', id::text, ${passwordHash ?? null}::text from account where ${passwordHash !== undefined}
    )
    insert into sessions (id, account_id, token, expires_at) select ${uuid()}::uuid, id, ${hashToken(token)}, now() + interval '1 day' from account`)
  return new Person(url, cookieFor(token, keys, testBaseUrl), { id, name, email })
}

/** An endpoint's status, and its answer or problem. */
export interface Answered<E extends Endpoint> {
  status: number
  /** The problem's code, or undefined on success. */
  code: string | undefined
  body: AnswerOf<E>
  problem: { code: string; detail: string; errors?: FieldError[] }
  headers: Headers
}

/** A person with a browser: calls endpoints with a session's cookie. */
export class Person {
  readonly id: string
  readonly name: string
  readonly email: string

  constructor(
    private readonly url: string,
    readonly cookie: string,
    { id, name, email }: { id: string; name: string; email: string },
    /** The address of this machine that they call from. */
    private readonly from?: string,
  ) {
    this.id = id
    this.name = name
    this.email = email
  }

  /** The same person, calling another server process. */
  at(url: string): Person {
    return new Person(url, this.cookie, this)
  }

  async try<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<Answered<E>> {
    const { method, path, body } = callOf(endpoint, input)
    return this.raw(method, path, body)
  }

  /** Calls an endpoint, and expects success. */
  async call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<AnswerOf<E>> {
    const { status, body, problem } = await this.try(endpoint, input)
    if (status >= 300) fail(`${this.name}: ${endpoint.id} answered ${status} ${JSON.stringify(problem)}`)
    return body
  }

  async raw<E extends Endpoint>(
    method: string,
    path: string,
    text?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Answered<E>> {
    const reply = await send(this.url + path, {
      method,
      body: text,
      from: this.from,
      headers: {
        origin: testBaseUrl,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    })
    const body = bodyOf(reply)
    return {
      status: reply.status,
      code: problemIn(body)?.code,
      body: body as AnswerOf<E>,
      problem: body as Answered<E>['problem'],
      headers: reply.headers,
    }
  }
}
