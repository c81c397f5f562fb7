import { afterAll, beforeAll, expect, test } from 'vitest'
import { disableAccount } from '../../src/identity/accounts/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  listAcceptances,
  revokeInvitation,
} from '../../src/membership/invitations/schema'
import { changeOwnAddress, deleteOwnAccount } from '../../src/membership/me/schema'
import { setMemberLimit } from '../../src/membership/member-limits/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../src/membership/memberships/schema'
import {
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  suspendOrganization,
} from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { type Cluster, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { queuedFor, whileHeld } from '../support/held'
import { details } from '../support/organizations'
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

const crowd = (size: number) => Promise.all(Array.from({ length: size }, () => cluster.person()))
/** Alternates between the two servers. */
const spread = (person: Person, index: number) => person.at(cluster.urls[index % 2]!)
const rounds = roundsOf(6)

const memberCount = async (organizationId: string) =>
  (
    await cluster.db.only<{ count: number }>(
      sql`select count(*)::int as count from memberships where organization_id = ${organizationId} and ended_at is null`,
    )
  ).count

for (const { uses, people } of [
  { uses: 1, people: 100 },
  { uses: 10, people: 100 },
]) {
  test(`${people} people on one code of ${uses} uses: exactly ${uses} join, the others get an error (${rounds} rounds)`, async () => {
    const codes: (string | undefined)[] = []
    for (let round = 0; round < rounds; round++) {
      const { id: organizationId, admins } = await cluster.organization(1)
      const { code } = await admins[0]!.person.call(createInvitation, { organizationId, uses })
      const answers = await Promise.all(
        (await crowd(people)).map((person, index) => spread(person, index).try(acceptInvitation, { code })),
      )
      expect(tally(answers.map((answer) => answer.code))).toEqual({ done: uses, invitation_used: people - uses })
      expect(await memberCount(organizationId)).toBe(1 + uses)
      codes.push(...answers.map((answer) => answer.code))
    }
    console.log(`${people} people, ${uses} uses, ${rounds} rounds:`, tally(codes))
  })
}

test(`50 people on one code of 50 uses where 10 members may be: exactly 10 are, the others get an error (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  for (let round = 0; round < rounds; round++) {
    const { id: organizationId, admins } = await cluster.organization(1)
    await asSeen(operator).call(setMemberLimit, { organizationId, limit: 10, reason: 'Race.' })
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId, uses: 50 })
    const answers = await Promise.all(
      (await crowd(50)).map((person, index) => spread(person, index).try(acceptInvitation, { code })),
    )
    // The admin is one of the ten.
    expect(tally(answers.map((answer) => answer.code))).toEqual({ done: 9, organization_full: 41 })
    expect(await memberCount(organizationId)).toBe(10)
    codes.push(...answers.map((answer) => answer.code))
  }
  console.log(`50 people, 10 members at most, ${rounds} rounds:`, tally(codes))
})

test(`one person with 50 codes at once: one membership (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  for (let round = 0; round < rounds; round++) {
    const organizations = await Promise.all(Array.from({ length: 5 }, () => cluster.organization(1)))
    const invitations = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const { id, admins } = organizations[index % organizations.length]!
        return admins[0]!.person.call(createInvitation, { organizationId: id })
      }),
    )
    const person = await cluster.person()
    const answers = await Promise.all(
      invitations.map(({ code }, index) => spread(person, index).try(acceptInvitation, { code })),
    )
    expect(tally(answers.map((answer) => answer.code))).toEqual({
      done: 1,
      already_in_an_organization: 40,
      member_already: 9,
    })
    const counts = await Promise.all(organizations.map(({ id }) => memberCount(id)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(organizations.length + 1)
    const spent = await cluster.db.only<{ spent: number }>(
      sql`select sum(uses_spent)::int as spent from invitations where organization_id = any(${organizations.map(({ id }) => id)}::uuid[])`,
    )
    expect(spent).toEqual({ spent: 1 })
    codes.push(...answers.map((answer) => answer.code))
  }
  console.log(`one person, 50 codes, ${rounds} rounds:`, tally(codes))
})

test(`one person accepting one code 20 times at once gets the same response each time (${rounds} rounds)`, async () => {
  for (let round = 0; round < rounds; round++) {
    const { id: organizationId, admins } = await cluster.organization(1)
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId, uses: 20 })
    const person = await cluster.person()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => spread(person, index).try(acceptInvitation, { code })),
    )
    expect(tally(answers.map((answer) => answer.code))).toEqual({ done: 20 })
    expect(await memberCount(organizationId)).toBe(2)
  }
})

test(`one person creating 10 organizations at once gets one (${rounds} rounds)`, async () => {
  for (let round = 0; round < rounds; round++) {
    const person = await cluster.person()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        spread(person, index).try(createOrganization, details(`Race ${person.id} ${index}`)),
      ),
    )
    expect(tally(answers.map((answer) => answer.code))).toEqual({ done: 1, waiting_for_own_organization: 9 })
  }
})

/** Both write their events under the organization's row lock, so events are in the order of the changes. */
const acceptedTooLate = (organizationId: string) =>
  cluster.db.rows(sql`
    select accepted.id from events accepted join events ender on ender.organization_id = accepted.organization_id
    where accepted.organization_id = ${organizationId} and accepted.position > ender.position
      and accepted.kind = 'invitation_accepted' and ender.kind in
        ('invitation_revoked', 'organization_suspended', 'organization_dissolved', 'admin_revoked', 'member_removed')`)

const against = roundsOf(15)
const enders = {
  revoking: { refusals: ['invitation_revoked'] },
  suspending: { refusals: ['organization_suspended'] },
  dissolving: { refusals: ['invitation_revoked'] },
  'demoting the inviter': { refusals: ['invitation_revoked'] },
  'removing the inviter': { refusals: ['invitation_revoked'] },
}

for (const [name, { refusals }] of Object.entries(enders)) {
  test(`accepting against ${name}: in before it, or refused (${against} rounds)`, async () => {
    const codes: (string | undefined)[] = []
    await repeat(against, 4, async () => {
      const { id: organizationId, admins } = await cluster.organization(2)
      const [inviter, other] = [admins[0]!, admins[1]!]
      const invitation = await inviter.person.call(createInvitation, { organizationId })
      // Read in advance, so that ending begins at the same moment.
      const { stateVersion } = await operator.call(getOrganization, { organizationId })
      const end = {
        revoking: () => other.person.try(revokeInvitation, { organizationId, invitationId: invitation.id }),
        suspending: () => operator.try(suspendOrganization, { organizationId, stateVersion, reason: 'Race.' }),
        dissolving: () => operator.try(dissolveOrganization, { organizationId, stateVersion, reason: 'Race.' }),
        'demoting the inviter': () =>
          other.person.try(setAdminPrivileges, { organizationId, membershipId: inviter.membershipId, admin: false }),
        'removing the inviter': () =>
          other.person.try(removeMember, { organizationId, membershipId: inviter.membershipId }),
      }[name]!
      const person = (await cluster.person()).at(cluster.urls[1])
      const [accepted, ended] = await Promise.all([person.try(acceptInvitation, { code: invitation.code }), end()])
      if (accepted.code) expect(refusals).toContain(accepted.code)
      // A used invitation cannot be revoked, so exactly one of these two succeeds; other ways to end it always do.
      if (name === 'revoking') expect([accepted.code, ended.code].filter((code) => !code)).toHaveLength(1)
      else expect(ended.code).toBeUndefined()
      expect(await acceptedTooLate(organizationId)).toEqual([])
      codes.push(accepted.code)
    })
    console.log(`accepting against ${name}, ${against} rounds:`, tally(codes))
  })
}

test(`an invitation created while its inviter is removed is revoked (${against} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(against, 4, async () => {
    const { id: organizationId, admins } = await cluster.organization(2)
    const [inviter, other] = [admins[0]!, admins[1]!]
    const [created, removed] = await Promise.all([
      inviter.person.at(cluster.urls[1]).try(createInvitation, { organizationId }),
      other.person.try(removeMember, { organizationId, membershipId: inviter.membershipId }),
    ])
    expect(removed.code).toBeUndefined()
    if (!created.code) {
      const late = await (await cluster.person()).try(acceptInvitation, { code: created.body.code })
      expect(late.code).toBe('invitation_revoked')
    } else expect(['organization_not_found', 'admin_privileges_needed']).toContain(created.code)
    codes.push(created.code)
  })
  console.log(`inviting against being removed, ${against} rounds:`, tally(codes))
})

test(`two admins approving and two organizations wanting one person: one membership (${against} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(against, 4, async () => {
    const first = await cluster.organization(2)
    const second = await cluster.organization(1)
    const person = await cluster.person()
    const approval = await first.admins[0]!.person.call(createInvitation, {
      organizationId: first.id,
      needsApproval: true,
    })
    await person.call(acceptInvitation, { code: approval.code })
    const [acceptance] = (await first.admins[0]!.person.call(listAcceptances, { organizationId: first.id })).items
    const input = { organizationId: first.id, acceptanceId: acceptance!.id, email: person.email }
    const answers = await Promise.all([
      first.admins[0]!.person.try(approveAcceptance, input),
      first.admins[1]!.person.at(cluster.urls[1]).try(approveAcceptance, input),
      operatorAppoints(second.id, person),
    ])
    expect(answers.filter((answer) => !answer.code)).toHaveLength(1)
    codes.push(...answers.map((answer) => answer.code))
  })
  console.log(`approving twice against being appointed elsewhere, ${against} rounds:`, tally(codes))
})

function operatorAppoints(organizationId: string, person: Person) {
  return operator.at(cluster.urls[1]).try(appointAdmin, { organizationId, email: person.email, reason: 'Race.' })
}

/** Their own latest event of these kinds. */
const returned = (accountId: string) =>
  cluster.db.rows(sql`
    select accepted.id from events accepted join events removed on removed.subject_id = accepted.subject_id
    where accepted.subject_id = ${accountId} and accepted.kind = 'invitation_accepted'
      and removed.kind = 'member_removed' and removed.position < accepted.position`)

test(`accepting another code against being removed: a member no more, or waiting for an approval (${against} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(against, 4, async () => {
    const { id: organizationId, admins, members } = await cluster.organization(1, 1)
    const [admin, member] = [admins[0]!, members[0]!]
    const { code } = await admin.person.call(createInvitation, { organizationId, uses: 20 })
    const [removed, ...accepted] = await Promise.all([
      admin.person.try(removeMember, { organizationId, membershipId: member.membershipId }),
      ...Array.from({ length: 5 }, (_, index) => spread(member.person, index).try(acceptInvitation, { code })),
    ])
    expect(removed.code).toBeUndefined()
    for (const { code: refusal, body } of accepted)
      expect(refusal ?? body.state).toSatisfy((is: string) => ['member_already', 'awaiting_approval'].includes(is))
    expect(await returned(member.person.id)).toEqual([])
    expect(await memberCount(organizationId)).toBe(1)
    codes.push(...accepted.map((answer) => answer.code))
  })
  console.log(`accepting against being removed, ${against} rounds:`, tally(codes))
})

if (process.env.TEST_DATABASE !== 'embedded')
  test('a person who is removed while it waits for the organization waits for an approval', async () => {
    const { id: organizationId, admins } = await cluster.organization(1)
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId })
    const person = await cluster.person()
    // Others let them in and remove them before this one gets the organization.
    const change = {
      text: `with joined as (
          insert into memberships (id, organization_id, account_id, ended_at, ended_reason)
          values (gen_random_uuid(), $1, $2, now(), 'removed')
        )
        insert into events (kind, subject_id, organization_id)
        values ('admin_appointed', $2, $1), ('member_removed', $2, $1)`,
      values: [organizationId, person.id],
    }
    const accepting = () => person.at(cluster.urls[1]).call(acceptInvitation, { code })
    const answer = await whileHeld(cluster, organizationId, accepting, change, 'organizations')
    expect(answer.state).toBe('awaiting_approval')
    expect(await memberCount(organizationId)).toBe(1)
  })

/** These pairs run fewer rounds in `npm test`. */
const pairRounds = roundsOf(15)

const liveMemberships = (accountId: string) =>
  cluster.db.rows(sql`select from memberships where account_id = ${accountId} and ended_at is null`)

const endings: Record<string, (person: Person) => Promise<{ code: string | undefined }>> = {
  deleted: (person) => person.try(deleteOwnAccount, {}),
  disabled: (person) => operator.try(disableAccount, { accountId: person.id, reason: 'Race.' }),
}

for (const [name, end] of Object.entries(endings)) {
  for (const needsApproval of [false, true])
    test(`accepting ${needsApproval ? 'with approval ' : ''}against being ${name}: nothing begins afterwards (${pairRounds} rounds)`, async () => {
      const codes: string[] = []
      await repeat(pairRounds, 4, async () => {
        const { id: organizationId, admins } = await cluster.organization(1)
        const { code } = await admins[0]!.person.call(createInvitation, { organizationId, needsApproval })
        const person = await cluster.person()
        const [accepted, ended] = await Promise.all([
          person.try(acceptInvitation, { code }),
          end(person.at(cluster.urls[1])),
        ])
        expect(ended.code).toBeUndefined()
        if (accepted.code) expect(['not_signed_in', 'changed_meanwhile']).toContain(accepted.code)
        codes.push(accepted.code ?? 'joined')
        const { at, began } = await cluster.db.only<{ at: string; began: string | null }>(sql`
          select max(position) filter (where kind like 'account\_%ed' and kind <> 'account_registered')::text as at,
            max(position) filter (where kind in ('invitation_accepted', 'acceptance_awaiting_approval'))::text as began
          from events where subject_id = ${person.id}`)
        expect(began === null || BigInt(began) < BigInt(at)).toBe(true)
        if (name === 'deleted') expect(await liveMemberships(person.id)).toEqual([])
      })
      console.log(`accepting${needsApproval ? ' with approval' : ''} against being ${name}:`, tally(codes))
    })

  test(`approving against being ${name}: no one joins afterwards (${pairRounds} rounds)`, async () => {
    const codes: string[] = []
    await repeat(pairRounds, 4, async () => {
      const { id: organizationId, admins } = await cluster.organization(1)
      const admin = admins[0]!.person
      const { code } = await admin.call(createInvitation, { organizationId, needsApproval: true })
      const person = await cluster.person()
      await person.call(acceptInvitation, { code })
      const [waiting] = (await admin.call(listAcceptances, { organizationId })).items
      const [approved, ended] = await Promise.all([
        admin.try(approveAcceptance, { organizationId, acceptanceId: waiting!.id, email: person.email }),
        end(person.at(cluster.urls[1])),
      ])
      expect(ended.code).toBeUndefined()
      if (approved.code) expect(['acceptance_decided', 'member_disabled']).toContain(approved.code)
      codes.push(approved.code ?? 'approved')
      if (name === 'deleted') expect(await liveMemberships(person.id)).toEqual([])
    })
    console.log(`approving against being ${name}:`, tally(codes))
  })
}

for (const bound of ['address', 'domain'])
  test(`accepting what is bound to one’s ${bound} against changing it: only its holder joins (${pairRounds} rounds)`, async () => {
    const codes: string[] = []
    await repeat(pairRounds, 4, async (round) => {
      const { id: organizationId, admins } = await cluster.organization(1)
      const person = await cluster.person(undefined, { confirmed: true })
      const boundTo = bound === 'address' ? { email: person.email } : { domain: 'example.org' }
      const { code } = await admins[0]!.person.call(createInvitation, { organizationId, boundTo })
      const [accepted] = await Promise.all([
        person.try(acceptInvitation, { code }),
        person
          .at(cluster.urls[1])
          .call(changeOwnAddress, { email: `other.${round}.${person.email}`.replace('@example.org', '@example.com') }),
      ])
      if (accepted.code) expect(accepted.code).toBe('invitation_for_somebody_else')
      codes.push(accepted.code ?? 'joined')
      const { changed, joined } = await cluster.db.only<{ changed: string; joined: string | null }>(sql`
        select max(position) filter (where kind = 'address_changed')::text as changed,
          max(position) filter (where kind = 'invitation_accepted')::text as joined
        from events where subject_id = ${person.id}`)
      expect(joined === null || BigInt(joined) < BigInt(changed)).toBe(true)
    })
    console.log(`accepting what is bound to an ${bound} against changing it:`, tally(codes))
  })

for (const bound of ['nothing', 'address', 'domain'])
  test(`approving what is bound to ${bound} against changing the address: an approval fails if the address is not the one the admin saw (${pairRounds} rounds)`, async () => {
    const codes: string[] = []
    await repeat(pairRounds, 4, async (round) => {
      const { id: organizationId, admins } = await cluster.organization(1)
      const admin = admins[0]!.person
      const person = await cluster.person(undefined, { confirmed: true })
      const boundTo = { nothing: null, address: { email: person.email }, domain: { domain: 'example.org' } }[bound]!
      const { code } = await admin.call(createInvitation, { organizationId, boundTo, needsApproval: true })
      await person.call(acceptInvitation, { code })
      const [waiting] = (await admin.call(listAcceptances, { organizationId })).items
      const seen = { organizationId, acceptanceId: waiting!.id, email: waiting!.account.email! }
      const [approved] = await Promise.all([
        admin.try(approveAcceptance, seen),
        person
          .at(cluster.urls[1])
          .call(changeOwnAddress, { email: `other.${round}.${person.email}`.replace('@example.org', '@example.com') }),
      ])
      if (approved.code) expect(approved.code).toBe('changed_meanwhile')
      codes.push(approved.code ?? 'joined')
      const { changed, joined } = await cluster.db.only<{ changed: string; joined: string | null }>(sql`
        select max(position) filter (where kind = 'address_changed')::text as changed,
          max(position) filter (where kind = 'acceptance_approved')::text as joined
        from events where subject_id = ${person.id}`)
      expect(joined === null || BigInt(joined) < BigInt(changed)).toBe(true)
    })
    console.log(`approving what is bound to ${bound} against changing the address:`, tally(codes))
  })

test(`handing over against the successor being disabled: an admin stays, and is no disabled one (${pairRounds} rounds)`, async () => {
  const codes: string[] = []
  await repeat(pairRounds, 4, async () => {
    const { id: organizationId, admins, members } = await cluster.organization(1, 1)
    const [admin, successor] = [admins[0]!, members[0]!]
    const [handed, disabled] = await Promise.all([
      admin.person.try(leaveOrganization, { organizationId, successorId: successor.membershipId }),
      operator.at(cluster.urls[1]).try(disableAccount, { accountId: successor.person.id, reason: 'Race.' }),
    ])
    expect([handed.code, disabled.code]).toSatisfy((both: string[]) =>
      ['member_disabled,', ',sole_admin'].includes(both.join()),
    )
    codes.push(handed.code ?? 'handed over')
  })
  console.log('handing over against the successor being disabled:', tally(codes))
})

if (process.env.TEST_DATABASE !== 'embedded')
  test('joining, being disabled and being appointed, each behind the one before: no deadlock, and disabled is disabled', async () => {
    const own = await openCluster()
    const olga = await own.person('Olga', { operator: true })
    const { id: organizationId, admins } = await own.organization(1)
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId })
    const person = await own.person()
    const [accepted, disabled, appointed] = await queuedFor<{ code: string | undefined }>(own.db, person.id, [
      () => person.try(acceptInvitation, { code }),
      () => olga.at(own.urls[1]).try(disableAccount, { accountId: person.id, reason: 'Race.' }),
      () => olga.try(appointAdmin, { organizationId, email: person.email, reason: 'Race.' }),
    ])
    expect([accepted!.code, disabled!.code]).toEqual([undefined, undefined])
    expect([undefined, 'account_not_found']).toContain(appointed!.code)
    const { admin } = await own.db.only<{ admin: boolean }>(
      sql`select admin from memberships where account_id = ${person.id} and ended_at is null`,
    )
    expect(admin).toBe(false)
    // Closed here, so that a deadlock fails this test.
    await own.close()
  })
