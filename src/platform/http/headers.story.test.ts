import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor, type Person, testBaseUrl } from '../../../tests/support/site'
import { createApp } from '../../app'
import { exportEvents, streamEvents } from '../../messaging/events/schema'
import type { Server } from './server'

const site = sharedSite()
let operator: Person
let portal: string
/** The same site behind https, with a portal. */
let secure: Server

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  portal = mkdtempSync(join(tmpdir(), 'guildhall-portal-'))
  mkdirSync(join(portal, 'assets'))
  writeFileSync(join(portal, 'index.html'), '<!doctype html><title>Guildhall</title>')
  writeFileSync(join(portal, 'assets', 'main-12345678.js'), '1')
  secure = await createApp(configFor({ baseUrl: 'https://guildhall.test' }), site.db, { portal })
})
afterAll(async () => {
  await secure.close()
  rmSync(portal, { recursive: true })
})

/** The headers of every response. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** Path, status, and what browsers and proxies may cache. */
const addresses: [string, number, string | undefined][] = [
  ['/api/me', 200, 'no-store'],
  ['/api/accounts', 200, 'no-store'],
  ['/api/accounts?limit=0', 400, 'no-store'],
  ['/api/nothing', 404, 'no-store'],
  ['/api/organizations/01890000-0000-7000-8000-000000000000', 404, 'no-store'],
  [exportEvents.path, 200, 'no-store'],
  [streamEvents.path, 200, 'no-store'],
  ['/api/health', 200, 'no-store'],
  ['/api/openapi.json', 200, undefined],
  ['/docs/errors', 200, undefined],
  ['/api/docs', 200, undefined],
]

describe('every answer keeps browsers from doing what they need not', () => {
  test.each(addresses)('%s', async (path, status, cacheControl) => {
    const asking = new AbortController()
    const response = await fetch(site.url + path, { headers: { cookie: operator.cookie }, signal: asking.signal })
    const headers = Object.fromEntries(response.headers)
    asking.abort()
    expect(response.status).toBe(status)
    expect(headers).toMatchObject(everywhere)
    expect(headers['cache-control']).toBe(cacheControl)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(Object.keys(headers)).not.toContain('x-powered-by')
    expect(Object.keys(headers)).not.toContain('server')
  })

  test.each([
    ['/', 'no-cache'],
    ['/organization', 'no-cache'],
    ['/assets/main-12345678.js', 'public, max-age=31536000, immutable'],
  ])('the portal’s %s', async (path, cacheControl) => {
    const { statusCode, headers } = await secure.inject(path)
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({ ...everywhere, 'cache-control': cacheControl })
  })
})

test('scripts come from this site’s files only: none inline, none from elsewhere, none made from text', async () => {
  const { headers } = await secure.inject('/')
  const directives = Object.fromEntries(
    String(headers['content-security-policy'])
      .split(';')
      .map((part) => part.trim().split(' '))
      .map(([name, ...values]) => [name, values.join(' ')]),
  )
  expect(directives).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'connect-src': "'self'",
    'font-src': "'self' data:",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
})

test('https is for a year where it is used, and not spoken of where it is not', async () => {
  const { headers } = await secure.inject('/api/health')
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  expect((await fetch(`${site.url}/api/health`)).headers.has('strict-transport-security')).toBe(false)
})

test('on https the cookie is for this very host only', async () => {
  const credentials = { email: 'ana@example.org', password: 'correct horse battery' }
  const post = (url: string, payload: object) =>
    secure.inject({ method: 'POST', url, headers: { origin: 'https://guildhall.test' }, payload })
  await post('/api/accounts', { ...credentials, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  const { statusCode, headers } = await post('/api/sessions', credentials)
  expect(statusCode).toBe(200)
  const attributes = String(headers['set-cookie']).split('; ')
  expect(attributes[0]).toMatch(/^__Host-guildhall_session=/)
  expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']))
  expect(String(headers['set-cookie'])).not.toMatch(/domain=/i)
})

describe('100 kB are refused before they are looked at', () => {
  const long = 'a'.repeat(100_000)

  test('in a body', async () => {
    expect(await operator.raw('POST', '/api/sessions', JSON.stringify({ email: long, password: long }))).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    })
  })

  test.each([
    ['an address', `/api/accounts/${long}`, {}],
    ['a query', `/api/accounts?q=${long}`, {}],
    ['a cookie', '/api/me', { cookie: `guildhall_session=${long}` }],
    ['a forwarded address', '/api/me', { 'x-forwarded-for': long }],
  ])('in %s', async (_, path, headers) => {
    const { status } = await fetch(site.url + path, { headers: { origin: testBaseUrl, ...headers } })
    expect(status).toBe(431)
  })
})
