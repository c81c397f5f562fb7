import { describe, expect, test } from 'vitest'
import { killing, postgresItself, theServer } from './killing'
import { kinds, openChaosSite } from './site'

// The short form of `npm run chaos -- killing`.
const rounds = 2

describe(`killed in the middle of writes, nothing that was acknowledged is lost (${rounds} rounds)`, () => {
  test.each(kinds)('the server, on the database: %s', async (kind) => {
    const site = await openChaosSite(kind)
    const kills = await killing(site, rounds, theServer(site))
    expect(kills.acknowledged).toBeGreaterThan(rounds)
    expect(kills.lost).toBe(0)
    await site.server.stop()
    expect(await site.check()).toEqual([])
    await site.close()
  })

  test('PostgreSQL itself', async () => {
    const site = await openChaosSite('postgres')
    const kills = await killing(site, rounds, postgresItself(site))
    expect(kills.acknowledged).toBeGreaterThan(rounds)
    expect(kills.lost).toBe(0)
    expect(await site.check()).toEqual([])
    await site.close()
  })
})
