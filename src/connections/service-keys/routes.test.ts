import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { createToken } from '../../membership/tokens/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { getMyAccess } from '../../roles/entitlements/schema'
import { importCatalogue, retireService } from '../../roles/services/schema'
import { listHolders } from '../questions/schema'
import { createServiceKey, endServiceKey, listServiceKeys } from './schema'

const site = sharedSite()
let operator: Person
let number = 0
let key: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})
beforeEach(async () => {
  key = `maps-${++number}`
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key, name: 'Maps', roles }] })
})

const make = (name = 'Hub') => operator.call(createServiceKey, { key, name })
const ask = (secret: string) => new TokenHolder(site, secret).try(listHolders, {})
const refused = { status: 401, code: 'service_key_not_valid' }

describe('a service key', () => {
  test('is shown once, listed without its secret, and ends', async () => {
    const { id, secret } = await make()
    expect(secret).toMatch(/^ghs_[0-9a-f]{8}_[\w-]{43}$/)
    expect(await ask(secret)).toMatchObject({ status: 200 })
    const listed = await operator.call(listServiceKeys, { key })
    expect(listed).toMatchObject({
      keys: [{ id, name: 'Hub', prefix: secret.slice(0, 12), expired: false, createdBy: { id: operator.id } }],
    })
    expect(JSON.stringify(listed)).not.toContain(secret.slice(13))
    await operator.call(endServiceKey, { key, keyId: id })
    expect(await ask(secret)).toMatchObject(refused)
    expect(await operator.try(endServiceKey, { key, keyId: id })).toMatchObject({ code: 'service_key_not_found' })
    expect(await operator.call(listServiceKeys, { key })).toEqual({ keys: [] })
  })

  test('has one successor at a time, while both work', async () => {
    const first = await make()
    const answers = await Promise.all([1, 2, 3].map(() => operator.try(createServiceKey, { key, name: 'Next' })))
    expect(answers.map(({ code }) => code ?? 'made').sort()).toEqual([
      'made',
      'too_many_service_keys',
      'too_many_service_keys',
    ])
    const second = answers.find(({ code }) => !code)!.body
    for (const { secret } of [first, second]) expect(await ask(secret)).toMatchObject({ status: 200 })
  })

  test('expires, and then makes room', async () => {
    const { id, secret } = await make()
    await make()
    await site.db.rows(
      sql`update service_keys set created_at = now() - interval '1 day', expires_at = now() where id = ${id}`,
    )
    expect(await ask(secret)).toMatchObject(refused)
    await make()
  })

  test('opens nothing but the service API, and nothing else opens that', async () => {
    const { secret } = await make()
    expect(await new TokenHolder(site, secret).try(getMyAccess, {})).toMatchObject({
      status: 401,
      code: 'token_not_valid',
    })
    for (const person of [operator, site.anonymous]) expect(await person.try(listHolders, {})).toMatchObject(refused)
    const { token } = await operator.call(createToken, { name: 'Script', scopes: ['read:entitlements'] })
    expect(await ask(token)).toMatchObject(refused)
    expect(
      await operator.raw('GET', '/api/service/accounts', undefined, { authorization: `Bearer ${secret}` }),
    ).toMatchObject({
      status: 400,
      code: 'two_credentials',
    })
  })

  test('is not for a service that there is not, or that is retired', async () => {
    const notFound = { status: 404, code: 'service_not_found' }
    expect(await operator.try(createServiceKey, { key: 'none', name: 'Hub' })).toMatchObject(notFound)
    expect(await operator.try(listServiceKeys, { key: 'none' })).toMatchObject(notFound)
    const { secret } = await make()
    await operator.call(retireService, { key })
    expect(await operator.try(createServiceKey, { key, name: 'Hub' })).toMatchObject({ code: 'service_retired' })
    // What is held stays held, so the service goes on asking.
    expect(await ask(secret)).toMatchObject({ status: 200 })
  })

  test('is in the activity, without the key', async () => {
    const { id, secret } = await make()
    await operator.call(endServiceKey, { key, keyId: id })
    const { items } = await operator.call(listEvents, { limit: 2 })
    expect(items).toMatchObject([
      { kind: 'service_key_ended', details: { keyId: id, name: 'Hub', service: key } },
      { kind: 'service_key_created', details: { keyId: id, name: 'Hub', service: key } },
    ])
    expect(JSON.stringify(items)).not.toContain(secret.slice(13))
  })

  test('shows when it was last used', async () => {
    await acceptedOrganization(site)
    const { secret } = await make()
    await ask(secret)
    await until(async () => (await operator.call(listServiceKeys, { key })).keys[0]!.lastUsedAt !== null)
  })
})
