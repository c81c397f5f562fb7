import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { setMemberLimit } from '../../src/membership/member-limits/schema'
import { suspendOrganization } from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { getMyEntitlements } from '../../src/roles/entitlements/schema'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, requestRoles } from '../../src/roles/role-requests/schema'
import { importCatalogue, listServices, type Service, saveService } from '../../src/roles/services/schema'
import { type Cluster, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { whileHeld } from '../support/held'
import { asSeen } from '../support/seen'
import type { Person } from '../support/site'

let cluster: Cluster
let operators: [Person, Person]
let service: Service

beforeAll(async () => {
  cluster = await openCluster()
  const [first, second] = [
    await cluster.person('Olga', { operator: true }),
    await cluster.person('Oskar', { operator: true }),
  ]
  operators = [first, second.at(cluster.urls[1])]
  const access = { kind: 'access' as const, name: 'A role' }
  const quota = { kind: 'quota' as const, name: 'Some' }
  const roles = [
    { key: 'reader', ...access },
    { key: 'writer', ...access },
    { key: 'small', ...quota },
  ]
  await first.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  service = (await first.call(listServices, {})).services[0]!
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

const rounds = roundsOf(20)
const reason = 'Race.'

/** An organization that has requested an access role and a quota role. */
async function asking() {
  const { id: organizationId, admins } = await cluster.organization(1)
  const admin = admins[0]!.person
  const [reader, , small] = service.roles
  const wanted = { serviceId: service.id, accessRoleId: reader!.id, quotaRoleId: small!.id }
  const { id: requestId } = await admin.call(requestRoles, { organizationId, ...wanted, description: 'Race.' })
  return { organizationId, admin, requestId }
}
const decidedEvents = (organizationId: string) =>
  cluster.db.rows<{ kind: string; part: string }>(sql`
    select kind, details->>'kind' as part from events
    where organization_id = ${organizationId} and kind in ('role_accepted', 'role_refused') order by position`)
const granted = async (organizationId: string, roleId: string) =>
  (
    await operators[0].call(grantRole, {
      organizationId,
      detailsVersion: 1,
      roleId,
      roleVersion: 1,
      held: null,
      reason,
    })
  ).id
const current = (organizationId: string) =>
  cluster.db.rows<{ kind: string }>(sql`
    select kind from role_assignments where organization_id = ${organizationId} and ended_at is null order by kind`)

test(`two operators deciding the same part: one of them does, with one event (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(rounds, 4, async () => {
    const { organizationId, requestId } = await asking()
    const part = { requestId, kind: 'access' as const }
    const answers = await Promise.all([
      asSeen(operators[0]).try(decideRoleRequests, { decisions: [{ ...part, accept: true }] }),
      asSeen(operators[1]).try(decideRoleRequests, { decisions: [{ ...part, accept: false, reason }] }),
    ])
    expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, role_request_decided: 1 })
    const accepted = !answers[0].code
    expect(await decidedEvents(organizationId)).toEqual([
      { kind: accepted ? 'role_accepted' : 'role_refused', part: 'access' },
    ])
    expect(await current(organizationId)).toHaveLength(accepted ? 1 : 0)
    codes.push(accepted ? 'accepted' : 'refused')
  })
  console.log(`two operators deciding one part, ${rounds} rounds:`, tally(codes))
})

test(`two operators deciding overlapping parts in different orders: all of one’s or none, and no deadlock (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(rounds, 4, async () => {
    const [one, other] = await Promise.all([asking(), asking()])
    const parts = [one, other].flatMap(({ requestId }) =>
      (['access', 'quota'] as const).map((kind) => ({ requestId, kind, accept: true })),
    )
    const answers = await Promise.all([
      asSeen(operators[0]).try(decideRoleRequests, { decisions: parts.slice(0, 3) }),
      asSeen(operators[1]).try(decideRoleRequests, { decisions: parts.slice(1).reverse() }),
    ])
    expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, role_request_decided: 1 })
    const [first, second] = await Promise.all([one, other].map(({ organizationId }) => current(organizationId)))
    expect([first!.length, second!.length]).toEqual(answers[0].code ? [1, 2] : [2, 1])
    codes.push(answers[0].code ? 'the second' : 'the first')
  })
  console.log(`two operators deciding overlapping parts, ${rounds} rounds:`, tally(codes))
})

for (const before of ['nothing', 'a role'])
  test(`granting two roles of one kind where ${before} is held: one is granted, the other operator gets an error (${rounds} rounds)`, async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { id: organizationId } = await cluster.organization(1)
      const [reader, writer] = service.roles
      const until = { reason, expiresAt: '2999-01-01T00:00:00Z' }
      const held = before === 'nothing' ? null : await granted(organizationId, reader!.id)
      const grants = [reader!, writer!].map(({ id: roleId }) => ({
        organizationId,
        roleId,
        detailsVersion: 1,
        roleVersion: 1,
        held,
        ...until,
      }))
      const answers = await Promise.all(grants.map((grant, index) => operators[index]!.try(grantRole, grant)))
      expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, changed_meanwhile: 1 })
      expect(await current(organizationId)).toEqual([{ kind: 'access' }])
      codes.push(answers[0]!.code ? 'the second' : 'the first')
    })
    console.log(`granting two roles of one kind where ${before} is held, ${rounds} rounds:`, tally(codes))
  })

for (const before of ['nothing', 'a role'])
  test(`accepting against granting where ${before} is held: what is replaced is what was seen (${rounds} rounds)`, async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { organizationId, requestId } = await asking()
      const writer = service.roles[1]!
      const held = before === 'nothing' ? null : await granted(organizationId, writer.id)
      const part = { requestId, kind: 'access' as const, detailsVersion: 1, roleVersion: 1, held, accept: true }
      const grant = {
        organizationId,
        roleId: writer.id,
        detailsVersion: 1,
        roleVersion: 1,
        held,
        reason,
        expiresAt: '2999-01-01T00:00:00Z',
      }
      const answers = await Promise.all([
        operators[0].try(decideRoleRequests, { decisions: [part] }),
        operators[1].try(grantRole, grant),
      ])
      expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, changed_meanwhile: 1 })
      expect(await current(organizationId)).toEqual([{ kind: 'access' }])
      codes.push(answers[0].code ? 'granted' : 'accepted')
    })
    console.log(`accepting against granting where ${before} is held, ${rounds} rounds:`, tally(codes))
  })

test(`accepting against suspending: nothing is accepted for a suspended organization, and nothing is held in one (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(rounds, 4, async () => {
    const { organizationId, admin, requestId } = await asking()
    const decisions = (['access', 'quota'] as const).map((kind) => ({ requestId, kind, accept: true }))
    const [accepted, suspended] = await Promise.all([
      asSeen(operators[0]).try(decideRoleRequests, { decisions }),
      asSeen(operators[1]).try(suspendOrganization, { organizationId, reason }),
    ])
    expect(suspended.code).toBeUndefined()
    expect([undefined, 'organization_suspended']).toContain(accepted.code)
    const late = await cluster.db.rows(sql`
      select accepted.id from events accepted join events suspended on suspended.organization_id = accepted.organization_id
      where accepted.organization_id = ${organizationId} and accepted.position > suspended.position
        and accepted.kind = 'role_accepted' and suspended.kind = 'organization_suspended'`)
    expect(late).toEqual([])
    expect(await current(organizationId)).toHaveLength(accepted.code ? 0 : 2)
    expect((await admin.call(getMyEntitlements, {})).entitlements).toEqual([])
    codes.push(accepted.code)
  })
  console.log(`accepting against suspending, ${rounds} rounds:`, tally(codes))
})

test(`accepting and granting against retiring: no one gets a role after it was retired (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  const name = 'A role'
  await repeat(rounds, 4, async (round) => {
    // One service per round, so that concurrent rounds do not retire each other's roles.
    const key = `boats-${round}`
    const form = { key, name: 'Boats', roles: [{ key: 'captain', name, kind: 'access' as const }] }
    const retry = async () => {
      const { code } = await operators[0].try(saveService, form)
      if (code === 'changed_meanwhile') await retry()
      else expect(code).toBeUndefined()
    }
    await retry()
    const own = (await operators[0].call(listServices, {})).services.find((one) => one.key === key)!
    const roleId = own.roles[0]!.id
    const [asked, given] = await Promise.all([cluster.organization(1), cluster.organization(1)])
    const { id: requestId } = await asked.admins[0]!.person.call(requestRoles, {
      organizationId: asked.id,
      ...{ serviceId: own.id, accessRoleId: roleId, quotaRoleId: null, description: 'Race.' },
    })
    const [accepted, granted, retired] = await Promise.all([
      operators[0].try(decideRoleRequests, {
        decisions: [{ requestId, kind: 'access', detailsVersion: 1, roleVersion: 1, held: null, accept: true }],
      }),
      operators[0].try(grantRole, {
        organizationId: given.id,
        detailsVersion: 1,
        roleId,
        roleVersion: 1,
        held: null,
        reason,
      }),
      operators[1].try(saveService, { ...form, roles: [] }),
    ])
    expect([undefined, 'changed_meanwhile']).toContain(retired.code)
    for (const { code } of [accepted, granted]) expect([undefined, 'role_retired']).toContain(code)
    const late = await cluster.db.rows(sql`
      select a.id from role_assignments a join role_versions v on v.role_id = a.role_id and v.retired
      where a.role_id = ${roleId} and a.started_at > v.valid_from
      union all select told.id from events told join events retired on retired.kind = 'catalogue_changed' and retired.position < told.position
        and retired.details->'changes' @> ${JSON.stringify([{ what: 'role_retired', service: key }])}::jsonb
      where told.details->>'roleId' = ${roleId} and told.kind in ('role_accepted', 'role_granted')`)
    expect(late).toEqual([])
    codes.push(accepted.code, granted.code)
  })
  console.log(`accepting and granting against retiring, ${rounds} rounds:`, tally(codes))
})

// Holding a row lock requires more than one connection.
if (process.env.TEST_DATABASE !== 'embedded')
  test('retiring waits for a transaction that grants a role before it locks the role itself, which that transaction is about to reference', async () => {
    const roles = [{ key: 'captain', name: 'Captain', kind: 'access' as const }]
    const form = { key: 'ferries', name: 'Ferries' }
    await operators[0].call(saveService, { ...form, roles })
    const roleId = (await operators[0].call(listServices, {})).services.find(({ key }) => key === form.key)!.roles[0]!
      .id
    const referring = { text: 'select from roles where id = $1 for key share nowait', values: [roleId] }
    const retiring = () => operators[1].try(saveService, { ...form, roles: [] })
    await expect(whileHeld(cluster, roleId, retiring, referring, 'roles')).resolves.toMatchObject({ code: undefined })
  })

test('a grant whose end date passes while it waits is refused as one in the past', async () => {
  const { id: organizationId } = await cluster.organization(1)
  const [reader, writer] = service.roles
  await asSeen(operators[0]).call(grantRole, { organizationId, roleId: reader!.id, reason })
  const started = "update role_assignments set started_at = '2998-01-01' where organization_id = $1"
  // As if the other role had been granted after that end date: the new one begins where that one ends.
  const lend = () =>
    asSeen(operators[1]).try(grantRole, {
      organizationId,
      roleId: writer!.id,
      reason,
      expiresAt: '2997-01-01T00:00:00Z',
    })
  const answer = await whileHeld(
    cluster,
    organizationId,
    lend,
    { text: started, values: [organizationId] },
    'organizations',
  )
  expect(answer).toMatchObject({ status: 400, code: 'end_in_the_past' })
  await cluster.db.rows(sql`update role_assignments set started_at = now() where organization_id = ${organizationId}`)
})

test(`limiting the users against joining: no one joins above the limit (${rounds} rounds)`, async () => {
  const codes: (string | undefined)[] = []
  await repeat(rounds, 4, async () => {
    const { id: organizationId, admins } = await cluster.organization(1)
    const { code } = await admins[0]!.person.call(createInvitation, { organizationId, uses: 10 })
    const people = await Promise.all(Array.from({ length: 5 }, () => cluster.person()))
    const [limited, ...joined] = await Promise.all([
      asSeen(operators[1]).try(setMemberLimit, { organizationId, limit: 3, reason }),
      ...people.map((person, index) => person.at(cluster.urls[index % 2]!).try(acceptInvitation, { code })),
    ])
    expect(limited!.code).toBeUndefined()
    for (const answer of joined) expect([undefined, 'organization_full']).toContain(answer.code)
    const { before, members } = await cluster.db.only<{ before: number; members: number }>(sql`
      select o.member_count as members, 1 + (
        select count(*)::int from events e where e.organization_id = o.id and e.kind = 'invitation_accepted'
          and e.position < (select position from events where organization_id = o.id and kind = 'member_limit_set')) as before
      from organizations o where o.id = ${organizationId}`)
    expect(members).toBe(1 + joined.filter((answer) => !answer.code).length)
    expect(members).toBeLessThanOrEqual(Math.max(3, before))
    codes.push(...joined.map((answer) => answer.code))
  })
  console.log(`limiting the users against joining, ${rounds} rounds:`, tally(codes))
})
