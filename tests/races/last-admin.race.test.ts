import { afterAll, beforeAll, expect, test } from 'vitest'
import { disableAccount } from '../../src/identity/accounts/schema'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { deleteOwnAccount } from '../../src/membership/me/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../src/membership/memberships/schema'
import { dissolveOrganization } from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { type Cluster, type Insider, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { asSeen } from '../support/seen'
import type { Person } from '../support/site'

let cluster: Cluster
let operator: Person

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

const rounds = roundsOf(15)

/** Every way in which one of two admins can make the organization lose an admin. */
const ways: Record<
  string,
  (organizationId: string, me: Insider, other: Insider) => Promise<{ status: number; code: string | undefined }>
> = {
  leaving: (organizationId, me) => me.person.try(leaveOrganization, { organizationId }),
  'giving up one’s privileges': (organizationId, me) =>
    me.person.try(setAdminPrivileges, { organizationId, membershipId: me.membershipId, admin: false }),
  'demoting the other': (organizationId, me, other) =>
    me.person.try(setAdminPrivileges, { organizationId, membershipId: other.membershipId, admin: false }),
  'removing the other': (organizationId, me, other) =>
    me.person.try(removeMember, { organizationId, membershipId: other.membershipId }),
  'handing over and leaving': (organizationId, me, other) =>
    me.person.try(leaveOrganization, { organizationId, successorId: other.membershipId }),
  'deleting one’s account': (_, me) => me.person.try(deleteOwnAccount, {}),
  'being disabled': (_, me) => operator.try(disableAccount, { accountId: me.person.id, reason: 'Race.' }),
}

/** Allowed refusals of the later request. */
const refusals = [
  'last_admin',
  'sole_admin',
  'admin_privileges_needed',
  'organization_not_found',
  'membership_not_found',
  'not_signed_in',
  'member_disabled',
]

/** Pairs that may both succeed, because the second does not need what the first took. Otherwise exactly one does. */
const bothMay = new Set([
  'leaving against demoting the other',
  'giving up one’s privileges against demoting the other',
  'giving up one’s privileges against removing the other',
  'giving up one’s privileges against handing over and leaving',
  'demoting the other against deleting one’s account',
  'demoting the other against being disabled',
  'removing the other against deleting one’s account',
  'removing the other against being disabled',
])

const names = Object.keys(ways)
const pairs = names.flatMap((first, index) => names.slice(index).map((second) => [first, second] as const))

for (const [first, second] of pairs) {
  test(`${first} against ${second}: never without an admin (${rounds} rounds)`, async () => {
    const codes: (string | undefined)[] = []
    const organizationIds: string[] = []
    await repeat(rounds, 4, async () => {
      const { id, admins } = await cluster.organization(2, 1)
      organizationIds.push(id)
      const [one, two] = [admins[0]!, { ...admins[1]!, person: admins[1]!.person.at(cluster.urls[1]) }]
      const answers = await Promise.all([ways[first]!(id, one, two), ways[second]!(id, two, one)])
      for (const { code } of answers) if (code) expect(refusals).toContain(code)
      const successes = answers.filter(({ code }) => code === undefined).length
      expect(bothMay.has(`${first} against ${second}`) ? [1, 2] : [1]).toContain(successes)
      codes.push(...answers.map(({ code }) => code))
    })
    const orphaned = await cluster.db.rows(sql`
      select o.id from organizations o where o.id = any(${organizationIds}::uuid[]) and not exists (
        select from memberships m where m.organization_id = o.id and m.admin and m.ended_at is null)`)
    console.log(`${first} against ${second}, ${rounds} rounds, orphaned ${orphaned.length}:`, tally(codes))
    expect(orphaned).toEqual([])
  })
}

test(`the sole member dissolving against another person joining: no one is a member of what has ended (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(rounds, 4, async () => {
    const { id: organizationId, admins } = await cluster.organization(1)
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId })
    const newcomer = (await cluster.person()).at(cluster.urls[1])
    const [dissolved, joined] = await Promise.all([
      asSeen(admins[0]!.person).try(dissolveOrganization, { organizationId }),
      newcomer.try(acceptInvitation, { code }),
    ])
    expect([dissolved.code, joined.code]).toSatisfy(
      (both: string[]) => both.join() === 'not_the_sole_member,' || both.join() === ',invitation_revoked',
    )
    codes.push(dissolved.code)
  })
  console.log(`dissolving against joining, ${rounds} rounds:`, tally(codes))
})
