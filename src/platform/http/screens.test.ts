import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isScreen } from './screens'

const page = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const get = (url: string, accept: string | undefined = page) => isScreen({ method: 'GET', url, headers: { accept } })

describe('is not one of the portal’s screens', () => {
  test.each([
    '/.well-known/openid-configuration',
    '/.well-known/change-password',
    '/scim',
    '/scim/v2/Users',
    '/SCIM/v2/Users?count=1',
    '/metrics',
    '/metrics/',
    '/robots.txt',
    '/favicon.ico',
    '/wp-login.php',
    '/foo.php?x=/organization',
    '/a/b/backup.sql.gz',
    '/.env',
    '/%2eenv',
    '/.git/config',
    '/api/nothing',
    '/assets/main.js',
    '/actuator/health',
    '/healthz',
    '/graphql',
  ])('%s', (url) => {
    expect(get(url)).toBe(false)
  })
})

test('every address of the portal’s router is', () => {
  const paths = [...readFileSync('portal/router.tsx', 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path!)
  expect(paths.length).toBeGreaterThan(20)
  for (const path of paths) {
    const url = path.replaceAll(/\$\w+/g, '01890000-0000-7000-8000-000000000000')
    expect([path, get(url), get(`/operator${url}?q=a.b`)]).toEqual([path, true, true])
  }
})

describe('is for those who take pages', () => {
  test.each<[string, boolean]>([
    ['', true],
    ['*/*', true],
    ['text/*;q=0.5', true],
    ['text/html', true],
    ['application/json, */*;q=0.1', true],
    ['application/json', false],
    ['application/scim+json, application/json;q=0.9', false],
    ['text/plain', false],
    ['text/html;q=0, application/json', false],
    ['text/html;q=0.0, */*', false],
    ['image/webp,image/*', false],
  ])('Accept: %s', (accept, taken) => {
    expect(get('/organization', accept)).toBe(taken)
  })
  test('without Accept, everything is taken', () => {
    expect(isScreen({ method: 'GET', url: '/organization', headers: {} })).toBe(true)
    expect(isScreen({ method: 'POST', url: '/organization', headers: {} })).toBe(false)
  })
})
