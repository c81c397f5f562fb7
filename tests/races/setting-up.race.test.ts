import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimSetupLink } from '../../src/identity/site/schema'
import { sql } from '../../src/platform/db/sql'
import { type Cluster, openCluster, tally } from '../support/cluster'

let cluster: Cluster

beforeAll(async () => {
  cluster = await openCluster()
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

const rounds = 20

test(`twenty people open the one-time link at once: one operator (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  for (let round = 0; round < rounds; round++) {
    await cluster.db.rows(sql`update accounts set operator = false`)
    await cluster.db.rows(sql`update site set setup_claimed_at = null`)
    const people = await Promise.all(Array.from({ length: 20 }, () => cluster.person()))
    const answers = await Promise.all(
      people.map((person, index) =>
        person.at(cluster.urls[index % 2]!).try(claimSetupLink, { token: cluster.setupToken }),
      ),
    )
    expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, setup_link_invalid: 19 })
    const operators = await cluster.db.rows(sql`select id from accounts where operator`)
    expect(operators).toHaveLength(1)
    codes.push(...answers.map(({ code }) => code))
  }
  console.log(`the one-time link, ${rounds} rounds of 20:`, tally(codes))
})
