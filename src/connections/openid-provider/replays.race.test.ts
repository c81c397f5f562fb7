import * as client from 'openid-client'
import { expect, test } from 'vitest'
import { CookieJar, openIdWorld, visit } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import { watchedPool } from '../../../tests/support/watched-pool'
import { Database } from '../../platform/db/database'

/** How many uses are still to come before all of them go on. */
let missing = 0
let goOn = () => {}
let together = Promise.resolve()

const site = sharedSite({
  database: ({ pool, kind }) =>
    new Database(
      watchedPool(pool, {
        async query(text, run) {
          if (missing > 0 && text.includes('set consumed_at')) {
            missing--
            if (missing === 0) goOn()
            await together
          }
          return run()
        },
      }),
      kind,
    ),
})

// The embedded database has one connection, so there one use is over before the next begins.
test('of two uses of a code or a refresh token at the same moment, neither brings anything that lasts', async () => {
  const world = await openIdWorld(site)
  const { config } = world.app
  /** Both have found it unused before either uses it. */
  const twice = async (use: () => Promise<{ access_token: string }>) => {
    missing = 2
    together = new Promise((resolve) => {
      goOn = resolve
    })
    const tries = await Promise.allSettled([use(), use()])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const one of tries)
      if (one.status === 'fulfilled')
        expect((await client.tokenIntrospection(config, one.value.access_token)).active).toBe(false)
  }
  const member = await world.member()
  const { address, checks } = await world.app.begin()
  const answer = new URL((await visit(site, new CookieJar(member), address)).address)
  await twice(() => client.authorizationCodeGrant(config, answer, checks))
  const { refresh_token } = await world.app.signIn(member)
  await twice(() => client.refreshTokenGrant(config, refresh_token!))
})
