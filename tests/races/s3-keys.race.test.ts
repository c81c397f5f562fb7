import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createS3Gateway } from '../../src/connections/s3-gateways/schema'
import { createS3Key } from '../../src/connections/s3-keys/schema'
import { disableAccount } from '../../src/identity/accounts/schema'
import { leaveOrganization, removeMember } from '../../src/membership/memberships/schema'
import { sql } from '../../src/platform/db/sql'
import { importCatalogue } from '../../src/roles/services/schema'
import { type Cluster, type Insider, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import type { Person } from '../support/site'

// An S3 key that is being made while its owner loses what it rests on has ended afterwards, whoever was first.

let cluster: Cluster
let operator: Person
const service = 'object-store'
const rounds = roundsOf(15)
const most = 3
const reason = 'Race.'

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
  const roles = [
    { key: 'user', kind: 'access' as const, name: 'User', default: true },
    { key: 'small', kind: 'quota' as const, name: 'Small', default: true },
  ]
  await operator.call(importCatalogue, { services: [{ key: service, name: 'Object store', roles, s3Keys: most }] })
  // It is off: what counts here is what the database says.
  const gateway = { service, name: 'Gateway', url: 'https://127.0.0.1/gateway' }
  await operator.call(createS3Gateway, { ...gateway, accessKey: 'KEY', secretKey: 'secret' })
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

interface Place {
  organizationId: string
  admin: Insider
  member: Insider
}

const ends: Record<string, (place: Place) => Promise<unknown>> = {
  'being removed': ({ organizationId, admin, member: { membershipId } }) =>
    admin.person.call(removeMember, { organizationId, membershipId }),
  leaving: ({ organizationId, member }) => member.person.call(leaveOrganization, { organizationId }),
  'being disabled': ({ member }) => operator.call(disableAccount, { accountId: member.person.id, reason }),
}

const make = (person: Person) => person.at(cluster.urls[1]).try(createS3Key, { service, name: `Key ${uuid()}` })

describe(`an S3 key made at the moment of (${rounds} rounds)`, () => {
  test.each(Object.entries(ends))('%s is dead afterwards', async (_, end) => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { id: organizationId, admins, members } = await cluster.organization(1, 1)
      const place = { organizationId, admin: admins[0]!, member: members[0]! }
      const [made] = await Promise.all([make(place.member.person), end(place)])
      codes.push(made.code ?? 'made')
      // One that was made after leaving rests on the default alone.
      const alive = await cluster.db.rows<{ alone: boolean }>(sql`
        select membership_id is null as alone from s3_keys where account_id = ${place.member.person.id} and ended_at is null`)
      expect(alive.filter(({ alone }) => !alone)).toEqual([])
    })
    console.log(tally(codes))
  })
})

test(`adding the last key at once leaves none too many (${rounds} rounds)`, async () => {
  await repeat(rounds, 2, async () => {
    const { members } = await cluster.organization(1, 1)
    const { person } = members[0]!
    const made = await Promise.all(Array.from({ length: most + 3 }, () => make(person)))
    expect(made.filter(({ code }) => code === undefined)).toHaveLength(most)
    expect(new Set(made.map(({ code }) => code))).toEqual(new Set([undefined, 'too_many_s3_keys']))
  })
})
