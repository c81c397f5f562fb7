import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerAccount } from '../accounts/schema'
import { policies } from '../limits/policies'
import { signIn } from '../sessions/schema'
import { type Cluster, openCluster, tally } from '../testing/cluster'
import { callFrom } from '../testing/from-address'
import { password } from '../testing/site'

let cluster: Cluster
const email = 'ana@example.org'

beforeAll(async () => {
  cluster = await openCluster()
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

test('100 wrong passwords at once, at two servers: no more are looked at than may be', async () => {
  const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
  await callFrom('127.0.0.1', cluster.urls[0], registerAccount, form)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      callFrom(
        '127.0.0.1',
        cluster.urls[index % 2]!,
        signIn,
        { email, password: `guess number ${index}` },
        // Nobody is trusted to say this, so it makes no difference.
        { 'x-forwarded-for': `203.0.113.${index}` },
      ),
    ),
  )
  const { tries } = policies.signIn.perAccountAndSource
  expect(tally(answers.map(({ code }) => code))).toEqual({ wrong_credentials: tries, too_many_tries: 100 - tries })
  for (const url of cluster.urls) {
    expect(await callFrom('127.0.0.1', url, signIn, { email, password })).toMatchObject({ status: 429 })
    expect(await callFrom('127.0.0.2', url, signIn, { email, password })).toMatchObject({ status: 200 })
  }
})
