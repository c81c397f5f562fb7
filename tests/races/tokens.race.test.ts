import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServiceKey } from '../../src/connections/service-keys/schema'
import { disableAccount } from '../../src/identity/accounts/schema'
import { listInvitations } from '../../src/membership/invitations/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../src/membership/memberships/schema'
import { suspendOrganization } from '../../src/membership/organizations/schema'
import {
  createOrganizationToken,
  createToken,
  listOrganizationTokens,
  mostTokens,
  renewOrganizationToken,
} from '../../src/membership/tokens/schema'
import { tellOfExpiries } from '../../src/messaging/reminders/store'
import { sql } from '../../src/platform/db/sql'
import { getMyAccess } from '../../src/roles/entitlements/schema'
import { type Cluster, type Insider, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { asSeen } from '../support/seen'
import type { Person } from '../support/site'
import { TokenHolder } from '../support/token-holder'

// A token that is being made while its maker loses what it rests on does not work afterwards, whoever was first.

let cluster: Cluster
let operator: Person
const rounds = roundsOf(15)
const reason = 'Race.'

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

interface Place {
  organizationId: string
  admin: Insider
  /** The admin who makes the token. */
  maker: Insider
}

async function place(): Promise<Place> {
  const { id: organizationId, admins } = await cluster.organization(2)
  const [admin, maker] = admins as [Insider, Insider]
  return { organizationId, admin, maker }
}

let networks = 0
/** A network of its own, since each may send few wrong tokens. */
const network = () => `127.0.${1 + Math.floor(++networks / 250)}.${1 + (networks % 250)}`

/** A token works in neither process. */
async function isDead(token: string): Promise<void> {
  for (const url of cluster.urls)
    expect(await new TokenHolder({ url }, token, network()).try(getMyAccess, {})).toMatchObject({
      code: 'token_not_valid',
    })
}

/** A token of the organization works in neither process. */
async function opensNothing(token: string, organizationId: string): Promise<void> {
  for (const url of cluster.urls)
    expect(await new TokenHolder({ url }, token, network()).try(listInvitations, { organizationId })).toMatchObject({
      code: 'token_not_valid',
    })
}

/** Whether a personal token was made under no membership: after its maker had left, it rests on the account alone. */
async function restsOnTheAccount(tokenId: string): Promise<boolean> {
  const { alone } = await cluster.db.only<{ alone: boolean }>(
    sql`select membership_id is null as alone from tokens where id = ${tokenId}`,
  )
  return alone
}

const ends: Record<string, (place: Place) => Promise<{ code: string | undefined }>> = {
  'being removed': ({ organizationId, admin, maker }) =>
    admin.person.try(removeMember, { organizationId, membershipId: maker.membershipId }),
  leaving: ({ organizationId, maker }) => maker.person.try(leaveOrganization, { organizationId }),
  'losing admin privileges': ({ organizationId, admin, maker }) =>
    admin.person.try(setAdminPrivileges, { organizationId, membershipId: maker.membershipId, admin: false }),
  'being disabled': ({ maker }) => operator.try(disableAccount, { accountId: maker.person.id, reason }),
}

describe.each(Object.entries(ends))('making a token against %s', (way, end) => {
  test(`a personal one made under the membership is dead afterwards (${rounds} rounds)`, async () => {
    const outcomes: (string | undefined)[] = []
    await repeat(rounds, 3, async () => {
      const here = await place()
      const [made, ended] = await Promise.all([
        here.maker.person.at(cluster.urls[1]).try(createToken, { name: 'Race', scopes: ['read:entitlements'] }),
        end(here),
      ])
      expect(ended.code).toBe(undefined)
      outcomes.push(made.code ?? 'made')
      // One that was made after losing privileges has none of them.
      if (made.code || way === 'losing admin privileges' || (await restsOnTheAccount(made.body.id))) return
      await isDead(made.body.token)
    })
    console.log(`a personal token against ${way}, ${rounds} rounds:`, tally(outcomes))
  })

  test(`an organization’s is dead afterwards (${rounds} rounds)`, async () => {
    const outcomes: (string | undefined)[] = []
    await repeat(rounds, 3, async () => {
      const here = await place()
      const { organizationId, maker } = here
      const scopes = ['read:invitations']
      const [made, ended] = await Promise.all([
        maker.person.at(cluster.urls[1]).try(createOrganizationToken, { organizationId, name: 'Race', scopes }),
        end(here),
      ])
      expect(ended.code).toBe(undefined)
      outcomes.push(made.code ?? 'made')
      if (made.code === undefined) await opensNothing(made.body.token, organizationId)
    })
    console.log(`a token of an organization against ${way}, ${rounds} rounds:`, tally(outcomes))
  })
})

test(`making an organization’s token against suspending it: it is dead afterwards (${rounds} rounds)`, async () => {
  await repeat(rounds, 3, async () => {
    const { organizationId, maker } = await place()
    const [made] = await Promise.all([
      maker.person
        .at(cluster.urls[1])
        .try(createOrganizationToken, { organizationId, name: 'Race', scopes: ['read:invitations'] }),
      asSeen(operator).call(suspendOrganization, { organizationId, reason }),
    ])
    if (made.code === undefined) await opensNothing(made.body.token, organizationId)
  })
})

test(`several processes that look for what expires soon: one reminder for each token (${rounds} rounds)`, async () => {
  await repeat(rounds, 1, async () => {
    const { maker } = await place()
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const { id } = await maker.person.call(createToken, { name: 'Race', scopes: ['read:entitlements'] })
        return id
      }),
    )
    await cluster.db.rows(sql`update tokens set expires_at = now() + interval '6 days' where id = any(${ids}::uuid[])`)
    await cluster.db.rows(sql`update tokens set created_at = now() - interval '90 days' where id = any(${ids}::uuid[])`)
    await Promise.all(Array.from({ length: 8 }, () => tellOfExpiries(cluster.db)))
    const told = await cluster.db.rows(sql`
      select details->>'tokenId' from events where kind = 'token_expiring' and details->>'tokenId' = any(${ids})`)
    expect(told).toHaveLength(10)
  })
})

test(`two admins who renew one token at once: one succeeds (${rounds} rounds)`, async () => {
  await repeat(rounds, 3, async () => {
    const { organizationId, admin, maker } = await place()
    const { id: tokenId } = await maker.person.call(createOrganizationToken, {
      organizationId,
      name: 'Race',
      scopes: ['read:invitations'],
    })
    const answers = await Promise.all(
      [admin.person, maker.person.at(cluster.urls[1])].map((person) =>
        person.try(renewOrganizationToken, { organizationId, tokenId }),
      ),
    )
    expect(answers.map(({ code }) => code ?? 'renewed').sort()).toEqual(['renewed', 'token_not_found'])
    expect((await admin.person.call(listOrganizationTokens, { organizationId })).tokens).toHaveLength(1)
  })
})

test(`making the last token at once: one succeeds (${rounds} rounds)`, async () => {
  await repeat(rounds, 3, async () => {
    const { organizationId, maker, admin } = await place()
    await cluster.db.rows(sql`
      insert into tokens (id, account_id, membership_id, organization_id, name, prefix, hash, scopes, method, expires_at)
      select gen_random_uuid(), m.account_id, m.id, owner.id, 'Race', '', gen_random_uuid(), '{read:events}', 'password', now() + interval '1 day'
      from memberships m, (values (null::uuid), (${organizationId}::uuid)) owner (id), generate_series(2, ${mostTokens})
      where m.id = ${maker.membershipId}`)
    const input = { name: 'Race', scopes: ['read:events'] }
    const answers = await Promise.all([
      ...cluster.urls.map((url) => maker.person.at(url).try(createToken, input)),
      maker.person.try(createOrganizationToken, { organizationId, ...input }),
      admin.person.at(cluster.urls[1]).try(createOrganizationToken, { organizationId, ...input }),
    ])
    const codes = answers.map(({ code }) => code ?? 'made')
    expect([codes.slice(0, 2).sort(), codes.slice(2).sort()]).toEqual([
      ['made', 'too_many_tokens'],
      ['made', 'too_many_tokens'],
    ])
  })
})

test(`making the second key of a service at once: one succeeds (${rounds} rounds)`, async () => {
  await repeat(rounds, 3, async () => {
    const key = `s-${crypto.randomUUID()}`
    await cluster.db.rows(sql`insert into services (id, key, name) values (gen_random_uuid(), ${key}, 'Maps')`)
    await operator.call(createServiceKey, { key, name: 'First' })
    const answers = await Promise.all(
      cluster.urls.map((url) => operator.at(url).try(createServiceKey, { key, name: 'Second' })),
    )
    expect(answers.map(({ code }) => code ?? 'made').sort()).toEqual(['made', 'too_many_service_keys'])
  })
})
