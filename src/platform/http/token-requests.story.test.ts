import { beforeEach, expect, test } from 'vitest'
import { callFrom } from '../../../tests/support/from-address'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { createToken, listTokens } from '../../membership/tokens/schema'
import { getMyAccess } from '../../roles/entitlements/schema'
import { newToken } from '../access/program-tokens'
import { sql } from '../db/sql'

const site = sharedSite()
let person: Person
let token: string
beforeEach(async () => {
  person = await site.person()
  ;({ token } = await person.call(createToken, { name: 'Script', scopes: ['read:entitlements'] }))
})

const ask = (headers: Record<string, string>, path = '/api/me/access') =>
  site.anonymous.raw('GET', path, undefined, headers)

test('the scheme is written in any case, and another scheme is not for us', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER'])
    expect(await ask({ authorization: `${scheme} ${token}` })).toMatchObject({ status: 200 })
  // As a proxy with a password of its own makes browsers send.
  expect(await ask({ authorization: 'Basic c2l0ZTp4eHh4', cookie: person.cookie })).toMatchObject({ status: 200 })
  expect(await ask({ authorization: `Basic ${token}` })).toMatchObject({ status: 401, code: 'not_signed_in' })
})

test('a token that is not exactly a valid one is refused in one way', async () => {
  const wrong = [
    token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase(),
    token.slice(0, -1),
    `${token}x`,
    token.slice(4),
    token.replace('ghp_', 'gho_'),
    token.replace('ghp_', 'ghs_'),
    newToken('personal').token,
    'x',
  ]
  const bodies = new Set<string>()
  for (const bearer of wrong) {
    const { status, headers, problem } = await ask({ authorization: `Bearer ${bearer}` })
    expect([bearer, status]).toEqual([bearer, 401])
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    bodies.add(JSON.stringify(problem))
  }
  expect([...bodies]).toHaveLength(1)
  expect(JSON.parse([...bodies][0]!)).toMatchObject({ code: 'token_not_valid' })
})

test('a session and a token together are refused, whichever is valid', async () => {
  for (const bearer of [token, 'x'])
    expect(await ask({ authorization: `Bearer ${bearer}`, cookie: person.cookie })).toMatchObject({
      status: 400,
      code: 'two_credentials',
    })
})

test('a token in the query is refused, and is not repeated in the answer', async () => {
  const { status, problem } = await ask({}, `/api/me/access?access_token=${token}`)
  expect(status).toBe(400)
  expect(JSON.stringify(problem)).not.toContain(token)
})

test('a network that sends many wrong tokens is refused before they are looked up', async () => {
  const from = (bearer: string) =>
    callFrom('127.0.0.9', site.url, getMyAccess, {}, { authorization: `Bearer ${bearer}` })
  const answers: (string | undefined)[] = []
  for (let tries = 0; tries < 40 && answers.at(-1) !== 'too_many_tries'; tries++)
    answers.push((await from(newToken('personal').token)).code)
  expect(answers.at(-1)).toBe('too_many_tries')
  const { status, retryAfter } = await from(token)
  expect(status).toBe(429)
  expect(retryAfter).toBeGreaterThan(0)
  expect(await new TokenHolder(site, token).try(getMyAccess, {})).toMatchObject({ status: 200 })
})

test('the last use is recorded to the minute', async () => {
  const lastUse = async () => (await person.call(listTokens, {})).tokens[0]!.lastUsedAt
  expect(await lastUse()).toBe(null)
  const program = new TokenHolder(site, token)
  for (let times = 0; times < 20; times++) await program.call(getMyAccess, {})
  await until(async () => (await lastUse()) !== null)
  const before = await lastUse()
  const version = async () => (await site.db.only<{ xmin: string }>(sql`select xmin::text from tokens`)).xmin
  const written = await version()
  for (let times = 0; times < 20; times++) await program.call(getMyAccess, {})
  expect(await lastUse()).toBe(before)
  expect(await version()).toBe(written)
})
