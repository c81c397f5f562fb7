import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnection, deleteConnection, switchConnection } from '../../src/connections/connection-settings/schema'
import { createS3Gateway } from '../../src/connections/s3-gateways/schema'
import { createServiceKey, endServiceKey } from '../../src/connections/service-keys/schema'
import { confirmAddress, disableAccount, enableAccount, listAccounts } from '../../src/identity/accounts/schema'
import { makeResetLink } from '../../src/identity/passwords/schema'
import { removeSecondFactorOf } from '../../src/identity/second-factors/schema'
import { getSiteSettings, setDefaultMemberLimit, setSitePolicy } from '../../src/identity/site/schema'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { changeOwnAddress } from '../../src/membership/me/schema'
import { requestHigherLimit, setMemberLimit } from '../../src/membership/member-limits/schema'
import { decideIdentityChange, editOrganizationDetails } from '../../src/membership/organization-details/schema'
import {
  acceptOrganization,
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  resubmitOrganization,
  suspendOrganization,
} from '../../src/membership/organizations/schema'
import { retryMail } from '../../src/messaging/mails/schema'
import { sql } from '../../src/platform/db/sql'
import type { ProblemCode } from '../../src/platform/problems'
import { grantRole, revokeRole } from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, requestRoles } from '../../src/roles/role-requests/schema'
import {
  importCatalogue,
  listServices,
  retireService,
  type Service,
  saveService,
} from '../../src/roles/services/schema'
import { type Cluster, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { whileHeld } from '../support/held'
import { details } from '../support/organizations'
import { asSeen } from '../support/seen'
import type { Person } from '../support/site'

// A decision applies only to the version that was seen, and only while its operator is still one, despite concurrency.

let cluster: Cluster
let operator: Person
let service: Service

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
  const roles = [{ key: 'reader', kind: 'access' as const, name: 'Reader' }]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  service = (await operator.call(listServices, {})).services[0]!
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

const rounds = roundsOf(15)
const reason = 'Race.'
type Outcome = { status: number; code: string | undefined }

async function pending() {
  const author = await cluster.person()
  const { id } = await author.call(createOrganization, details(`Race ${uuid()}`))
  return { id, author }
}

describe(`what was seen (${rounds} rounds)`, () => {
  test('confirming an address against a change of it: only the address that was seen is confirmed', async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const person = (await cluster.person()).at(cluster.urls[1])
      const other = `other.${person.email}`
      const [confirmed, changed] = await Promise.all([
        operator.try(confirmAddress, { accountId: person.id, email: person.email }),
        person.try(changeOwnAddress, { email: other }),
      ])
      expect(changed.code).toBeUndefined()
      expect([undefined, 'changed_meanwhile']).toContain(confirmed.code)
      const account = await cluster.db.only<{ email: string; confirmed: boolean }>(
        sql`select email, email_verified as confirmed from accounts where id = ${person.id}`,
      )
      expect(account).toEqual({ email: other, confirmed: false })
      codes.push(confirmed.code)
    })
    console.log(`confirming against changing, ${rounds} rounds:`, tally(codes))
  })

  test('accepting against asking for changes and resubmitting: what is accepted is what was seen', async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { id: organizationId, author } = await pending()
      await asSeen(operator).call(requestChanges, { organizationId, reason })
      await asSeen(author).call(resubmitOrganization, { organizationId, ...details(`Race ${uuid()}`) })
      const { stateVersion, name } = await operator.call(getOrganization, { organizationId })
      const corrected = details(`Race ${uuid()}`)
      const correct = async () => {
        const asked = await operator.at(cluster.urls[1]).try(requestChanges, { organizationId, stateVersion, reason })
        if (!asked.code)
          await author
            .at(cluster.urls[1])
            .call(resubmitOrganization, { organizationId, stateVersion: stateVersion + 1, ...corrected })
        return asked
      }
      const [accepted, asked] = await Promise.all([
        operator.try(acceptOrganization, { organizationId, stateVersion }),
        correct(),
      ])
      const now = await operator.call(getOrganization, { organizationId })
      expect([accepted.code === undefined, asked.code === undefined].filter(Boolean)).toHaveLength(1)
      expect([now.state, now.name]).toEqual(accepted.code ? ['pending', corrected.name] : ['accepted', name])
      codes.push(accepted.code)
    })
    console.log(`accepting against correcting, ${rounds} rounds:`, tally(codes))
  })

  test('setting a limit against another wish: the number that is granted is one that was seen', async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { id: organizationId, admins } = await cluster.organization(1)
      await asSeen(operator).call(setMemberLimit, { organizationId, limit: 2, reason })
      const admin = admins[0]!.person.at(cluster.urls[1])
      await admin.call(requestHigherLimit, { organizationId, limit: 5, reason })
      const [granted, wished] = await Promise.all([
        operator.try(setMemberLimit, { organizationId, limit: 5, seen: { limit: 2, wanted: 5 }, reason }),
        admin.try(requestHigherLimit, { organizationId, limit: 900, reason }),
      ])
      expect(wished.code).toBeUndefined()
      const { memberLimit, limitWanted } = await operator.call(getOrganization, { organizationId })
      expect([memberLimit, limitWanted?.limit]).toEqual(granted.code ? [2, 900] : [5, 900])
      codes.push(granted.code)
    })
    console.log(`granting a limit against another wish, ${rounds} rounds:`, tally(codes))
  })

  test('granting a limit against joining: no one is above it, and a person who came too early sees why', async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const { id: organizationId, admins } = await cluster.organization(1)
      await asSeen(operator).call(setMemberLimit, { organizationId, limit: 1, reason })
      const admin = admins[0]!.person
      const { code } = await admin.call(createInvitation, { organizationId })
      await admin.call(requestHigherLimit, { organizationId, limit: 2, reason })
      const newcomer = (await cluster.person()).at(cluster.urls[1])
      const [granted, joined] = await Promise.all([
        operator.try(setMemberLimit, { organizationId, limit: 2, seen: { limit: 1, wanted: 2 }, reason }),
        newcomer.try(acceptInvitation, { code }),
      ])
      expect(granted.code).toBeUndefined()
      expect([undefined, 'organization_full']).toContain(joined.code)
      const { members } = await operator.call(getOrganization, { organizationId })
      expect(members).toBe(joined.code ? 1 : 2)
      codes.push(joined.code)
    })
    console.log(`granting a limit against joining, ${rounds} rounds:`, tally(codes))
  })

  test('two operators who change the policy at once: one of them does, the other gets an error', async () => {
    const other = (await cluster.person('Oskar', { operator: true })).at(cluster.urls[1])
    for (let round = 0; round < rounds; round++) {
      const { policy, policyVersion: version } = await operator.call(getSiteSettings, {})
      const answers = await Promise.all([
        operator.try(setSitePolicy, { ...policy, sessionHours: 100 + round, version }),
        other.try(setSitePolicy, { ...policy, sessionHours: 1000 + round, version }),
      ])
      expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, changed_meanwhile: 1 })
      const now = (await operator.call(getSiteSettings, {})).policy.sessionHours
      expect(now).toBe(answers[0]!.code ? 1000 + round : 100 + round)
    }
  })

  test('two organizations that want each other’s name: neither gets it, and neither waits for the other', async () => {
    await repeat(rounds, 4, async () => {
      const both = await Promise.all([cluster.organization(1), cluster.organization(1)])
      const names = [`Race ${uuid()}`, `Race ${uuid()}`] as const
      const edit = (which: number, name: string, detailsVersion: number) =>
        both[which]!.admins[0]!.person.at(cluster.urls[which]!).try(editOrganizationDetails, {
          ...{ organizationId: both[which]!.id, detailsVersion, ...details(name) },
        })
      for (const which of [0, 1]) expect((await edit(which, names[which]!, 1)).code).toBeUndefined()
      const answers = await Promise.all([edit(0, names[1], 2), edit(1, names[0], 2)])
      expect(answers.map(({ code }) => code)).toEqual(['organization_name_taken', 'organization_name_taken'])
    })
    expect(await cluster.deadlocks()).toEqual([])
  })

  // Holding the lock on a name requires more than one connection.
  if (process.env.TEST_DATABASE !== 'embedded')
    test('a name is waited for before the row is written, so that no transaction waits for a row while it holds another', async () => {
      const [one, other] = await Promise.all([cluster.organization(1), cluster.organization(1)])
      const given = { organizationId: one.id, detailsVersion: 1, ...details(`Race ${uuid()}`) }
      expect((await one.admins[0]!.person.try(editOrganizationDetails, given)).code).toBeUndefined()
      const wanting = () => other.admins[0]!.person.try(editOrganizationDetails, { ...given, organizationId: other.id })
      const giving = {
        text: `update organizations set name = name || ' II', name_key = name_key || ' ii' where id = $1`,
        values: [one.id],
      }
      // A request that does not wait is refused, because the name is taken until the other transaction commits.
      await expect(whileHeld(cluster, one.id, wanting, giving, 'names')).resolves.toMatchObject({ code: undefined })
    })

  test('two organizations that want one name: one of them gets it', async () => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const [one, two] = await Promise.all([cluster.organization(1), cluster.organization(1)])
      const name = `Race ${uuid()}`
      const edit = ({ id, admins }: typeof one, url: string) =>
        admins[0]!.person
          .at(url)
          .try(editOrganizationDetails, { organizationId: id, detailsVersion: 1, ...details(name) })
      const answers = await Promise.all([edit(one, cluster.urls[0]), edit(two, cluster.urls[1])])
      expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, organization_name_taken: 1 })
      codes.push(answers[0]!.code)
    })
    console.log(`two organizations and one name, ${rounds} rounds:`, tally(codes))
  })
})

interface Save {
  /** Prepares the subject of each round, and returns the call. */
  prepare(by: Person): Promise<() => Promise<Outcome>>
  event: string
  /** Allowed outcomes besides “done” and “operator_needed”. */
  also?: ProblemCode[]
}

const nobodys = async () => {
  const person = await cluster.person()
  return { accountId: person.id, email: person.email }
}
const accepted = async () => (await cluster.organization(1)).id

/** Every save by operators. */
const saves: Record<string, Save> = {
  confirmAddress: {
    event: 'address_confirmed',
    async prepare(by) {
      const whom = await nobodys()
      return () => by.try(confirmAddress, whom)
    },
  },
  disableAccount: {
    event: 'account_disabled',
    async prepare(by) {
      const { accountId } = await nobodys()
      return () => by.try(disableAccount, { accountId, reason })
    },
  },
  enableAccount: {
    event: 'account_enabled',
    async prepare(by) {
      const { accountId } = await nobodys()
      await operator.call(disableAccount, { accountId, reason })
      const { items } = await operator.call(listAccounts, { limit: 100 })
      const { disabledAt } = items.find(({ id }) => id === accountId)!
      return () => by.try(enableAccount, { accountId, disabledAt: disabledAt! })
    },
  },
  makeResetLink: {
    event: 'reset_link_made',
    async prepare(by) {
      const whom = await nobodys()
      return () => by.try(makeResetLink, { ...whom, reason })
    },
  },
  removeSecondFactorOf: {
    event: 'second_factor_removed',
    async prepare(by) {
      const whom = await nobodys()
      await cluster.db.rows(sql`
        with factor as (
          insert into two_factors (id, account_id, secret, backup_codes, verified)
          values (${uuid()}, ${whom.accountId}, 'x', 'x', true) returning account_id
        ) update accounts set two_factor_enabled = true from factor where id = factor.account_id`)
      return () => by.try(removeSecondFactorOf, { ...whom, reason })
    },
  },
  acceptOrganization: {
    event: 'organization_accepted',
    async prepare(by) {
      const { id: organizationId } = await pending()
      return () => by.try(acceptOrganization, { organizationId, stateVersion: 1 })
    },
  },
  requestChanges: {
    event: 'changes_requested',
    async prepare(by) {
      const { id: organizationId } = await pending()
      return () => by.try(requestChanges, { organizationId, stateVersion: 1, reason })
    },
  },
  rejectOrganization: {
    event: 'organization_rejected',
    async prepare(by) {
      const { id: organizationId } = await pending()
      return () => by.try(rejectOrganization, { organizationId, stateVersion: 1, reason })
    },
  },
  suspendOrganization: {
    event: 'organization_suspended',
    async prepare(by) {
      const organizationId = await accepted()
      return () => by.try(suspendOrganization, { organizationId, stateVersion: 1, reason })
    },
  },
  reinstateOrganization: {
    event: 'organization_reinstated',
    async prepare(by) {
      const organizationId = await accepted()
      await operator.call(suspendOrganization, { organizationId, stateVersion: 1, reason })
      return () => by.try(reinstateOrganization, { organizationId, stateVersion: 2, reason })
    },
  },
  dissolveOrganization: {
    event: 'organization_dissolved',
    also: ['organization_not_found'],
    async prepare(by) {
      const organizationId = await accepted()
      return () => by.try(dissolveOrganization, { organizationId, stateVersion: 1, reason })
    },
  },
  appointAdmin: {
    event: 'admin_appointed',
    async prepare(by) {
      const organizationId = await accepted()
      const { email } = await nobodys()
      return () => by.try(appointAdmin, { organizationId, email, reason })
    },
  },
  setMemberLimit: {
    event: 'member_limit_set',
    async prepare(by) {
      const organizationId = await accepted()
      const { memberLimit: limit } = await operator.call(getOrganization, { organizationId })
      return () => by.try(setMemberLimit, { organizationId, limit: 7, seen: { limit, wanted: null }, reason })
    },
  },
  decideIdentityChange: {
    event: 'identity_change_accepted',
    async prepare(by) {
      const organizationId = await accepted()
      await cluster.db.rows(sql`
        update organizations set wanted_tax_id = 'new', wanted_by = author_id, wanted_at = now() where id = ${organizationId}`)
      return () => by.try(decideIdentityChange, { organizationId, detailsVersion: 2, accept: true })
    },
  },
  grantRole: {
    event: 'role_granted',
    async prepare(by) {
      const organizationId = await accepted()
      const [{ id: roleId, version: roleVersion }] = service.roles as [Service['roles'][0]]
      return () => by.try(grantRole, { organizationId, detailsVersion: 1, roleId, roleVersion, held: null, reason })
    },
  },
  revokeRole: {
    event: 'role_revoked',
    async prepare(by) {
      const organizationId = await accepted()
      const { id } = await asSeen(operator).call(grantRole, { organizationId, roleId: service.roles[0]!.id, reason })
      return () => by.try(revokeRole, { organizationId, assignmentId: id, reason })
    },
  },
  decideRoleRequests: {
    event: 'role_accepted',
    async prepare(by) {
      const { id: organizationId, admins } = await cluster.organization(1)
      const { id: requestId } = await admins[0]!.person.call(requestRoles, {
        organizationId,
        ...{ serviceId: service.id, accessRoleId: service.roles[0]!.id, quotaRoleId: null, description: 'Race.' },
      })
      const decisions = [
        { requestId, kind: 'access' as const, detailsVersion: 1, roleVersion: 1, held: null, accept: true },
      ]
      return () => by.try(decideRoleRequests, { decisions })
    },
  },
  saveService: {
    event: 'catalogue_changed',
    also: ['changed_meanwhile'],
    prepare: async (by) => () => by.try(saveService, { key: `s-${uuid()}`, name: 'S', roles: [] }),
  },
  retireService: {
    event: 'catalogue_changed',
    also: ['changed_meanwhile'],
    async prepare(by) {
      const key = `s-${uuid()}`
      await operator.call(saveService, { key, name: 'S', roles: [] })
      return () => by.try(retireService, { key })
    },
  },
  setSitePolicy: {
    event: 'site_policy_changed',
    also: ['changed_meanwhile'],
    async prepare(by) {
      const { policy, policyVersion: version } = await operator.call(getSiteSettings, {})
      return () => by.try(setSitePolicy, { ...policy, sessionHours: (policy.sessionHours % 1000) + 1, version })
    },
  },
  setDefaultMemberLimit: {
    event: 'default_member_limit_set',
    also: ['changed_meanwhile'],
    async prepare(by) {
      const { memberLimit: seen } = await operator.call(getSiteSettings, {})
      return () => by.try(setDefaultMemberLimit, { limit: (seen ?? 1000) + 1, seen })
    },
  },
  retryMail: {
    event: 'mail_retried',
    async prepare(by) {
      const mailId = uuid()
      await cluster.db.rows(
        sql`insert into mails (id, address, template) values (${mailId}, 'ana@example.org', 'password_changed')`,
      )
      return () => by.try(retryMail, { mailId })
    },
  },
  createServiceKey: {
    event: 'service_key_created',
    async prepare(by) {
      const key = await newService()
      return () => by.try(createServiceKey, { key, name: 'Hub' })
    },
  },
  createConnection: {
    event: 'connection_created',
    async prepare(by) {
      const service = await newService()
      return () => by.try(createConnection, { service, kind: 'pull', name: 'Hub' })
    },
  },
  switchConnection: {
    event: 'connection_switched_on',
    async prepare(by) {
      const service = await newService()
      const { id: connectionId } = await operator.call(createConnection, { service, kind: 'pull', name: 'Hub' })
      return () => by.try(switchConnection, { connectionId, enabled: true })
    },
  },
  createS3Gateway: {
    event: 'connection_created',
    async prepare(by) {
      const service = await newService()
      const gateway = { service, name: 'Gateway', url: `https://127.0.0.1/${service}` }
      return () => by.try(createS3Gateway, { ...gateway, accessKey: 'KEY', secretKey: 'secret' })
    },
  },
  deleteConnection: {
    event: 'connection_deleted',
    async prepare(by) {
      const service = await newService()
      const { id: connectionId } = await operator.call(createConnection, { service, kind: 'pull', name: 'Hub' })
      return () => by.try(deleteConnection, { connectionId, revoke: false })
    },
  },
  endServiceKey: {
    event: 'service_key_ended',
    async prepare(by) {
      const key = await newService()
      const { id: keyId } = await operator.call(createServiceKey, { key, name: 'Hub' })
      return () => by.try(endServiceKey, { key, keyId })
    },
  },
}

/** The key of a service of its own. */
async function newService(): Promise<string> {
  const key = `s-${uuid()}`
  await cluster.db.rows(sql`insert into services (id, key, name) values (${uuid()}, ${key}, 'Maps')`)
  return key
}

describe(`an operator who is demoted at the same moment saves nothing after it (${rounds} rounds)`, () => {
  test.each(Object.entries(saves))('%s', async (name, { prepare, event, also = [] }) => {
    const codes: (string | undefined)[] = []
    // Sequential if all rounds change the same row.
    const atOnce = also.includes('changed_meanwhile') ? 1 : 4
    await repeat(rounds, atOnce, async (round) => {
      const by = await cluster.person('Demoted', { operator: true })
      const save = await prepare(by.at(cluster.urls[1]))
      // Like “guildhall operator revoke”.
      const demote = async () => {
        // Varies the moment by a few round trips to the database.
        for (let trip = 0; trip < round % 10; trip++) await cluster.db.rows(sql`select 1`)
        return cluster.db.rows(sql`
        with demoted as (update accounts set operator = false where id = ${by.id} returning id), told as (
          insert into events (kind, actor_id, subject_id) select 'operator_revoked', null, id from demoted
        ) select id from demoted`)
      }
      const [{ code }] = await Promise.all([save(), demote()])
      expect([undefined, 'operator_needed', ...also]).toContain(code)
      const events = await cluster.db.rows<{ kind: string }>(sql`
        select kind from events
        where (actor_id = ${by.id} and kind <> 'account_registered') or (subject_id = ${by.id} and kind = 'operator_revoked')
        order by position`)
      expect(events.map(({ kind }) => kind)).toEqual(code ? ['operator_revoked'] : [event, 'operator_revoked'])
      codes.push(code)
    })
    console.log(`${name} against a demotion, ${rounds} rounds:`, tally(codes))
  })
})
