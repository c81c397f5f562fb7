import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, testBaseUrl } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { watchedPool } from '../../../tests/support/watched-pool'
import { suspendOrganization } from '../../membership/organizations/schema'
import { saveMailConfigured } from '../../messaging/mails/store'
import { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { grantRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../roles/services/schema'
import { switchConnection } from '../connection-settings/schema'
import { resync } from '../ledger/enqueueing'
import { createS3Gateway } from '../s3-gateways/schema'
import { createS3Key } from './schema'

/** Happens before the next key is saved, after it was decided. */
let beforeSaving: (() => Promise<unknown>) | undefined

const site = sharedSite({
  schedule: [3600],
  database: ({ pool, kind }) =>
    new Database(
      watchedPool(pool, {
        async query(text, run) {
          if (text.includes('insert into s3_keys')) {
            const first = beforeSaving
            beforeSaving = undefined
            await first?.()
          }
          return run()
        },
      }),
      kind,
    ),
})
const reason = 'A test.'
const service = 'store'
let operator: Person
let organizationId: string
let admin: Person
let connectionId: string
let roleIds: string[]

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  await site.db.rows(sql`update accounts set email_verified = true where id = ${operator.id}`)
  const roles = [
    { key: 'user', kind: 'access' as const, name: 'User' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key: service, name: 'Object store', roles, s3Keys: 2 }] })
  roleIds = (await operator.call(listServices, {})).services[0]!.roles.map(({ id }) => id)
  const gateway = { service, name: 'Gateway', url: 'https://127.0.0.1:9000/', accessKey: 'ADMIN', secretKey: 'secret' }
  connectionId = (await operator.call(createS3Gateway, gateway)).id
  await operator.call(switchConnection, { connectionId, enabled: true })
  // Nothing is sent: what the ledger says is what counts here.
  await site.db.rows(sql`update connections set paused_until = 'infinity'`)
})
beforeEach(async () => {
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
  for (const roleId of roleIds) await asSeen(operator).call(grantRole, { organizationId, roleId, reason })
})

const count = async (rows: Sql) =>
  (await site.db.only<{ count: number }>(sql`select count(*)::int as count from ${rows}`)).count
const held = () => count(sql`propagations where organization_id = ${organizationId} and desired is not null`)

test.each([24, 0])(
  'a loss that nothing explains ends no keys, also not of those of whom something is required (not of %i of 30)',
  async (confirmed) => {
    const people: Person[] = []
    for (let number = 0; number < 30; number++) people.push(await newMember(site, organizationId, admin))
    for (const person of people) await person.call(createS3Key, { service, name: 'Laptop' })
    await until(async () => (await held()) === 30)
    const ready = people.slice(0, confirmed).map(({ id }) => id)
    await site.db.rows(sql`update accounts set email_verified = true where id = any(${ready}::uuid[])`)
    await saveMailConfigured(site.db, true)
    await until(async () => (await held()) === confirmed)
    // As after a mistake in the database. No event since the last comparison explains it.
    await site.db.rows(sql`update connections set compared_at = now() + interval '10 minutes'`)
    await site.db.rows(sql`delete from role_assignments where organization_id = ${organizationId}`)
    expect(await resync(site.db, testBaseUrl, connectionId)).toEqual({ changed: 0, withheld: confirmed })
    expect(await held()).toBe(confirmed)
    expect(
      await count(sql`s3_keys k join memberships m on m.id = k.membership_id
      where m.organization_id = ${organizationId} and k.ended_at is null`),
    ).toBe(30)
    await saveMailConfigured(site.db, false)
    await resync(site.db, testBaseUrl, connectionId, { losses: 30, by: null })
  },
)

// The embedded database has one connection, so nothing else happens between two statements of a request.
if (process.env.TEST_DATABASE === 'postgres') {
  test('a key that was decided before the organization was suspended is not made after it', async () => {
    const member = await newMember(site, organizationId, admin)
    beforeSaving = () => asSeen(operator).call(suspendOrganization, { organizationId, reason })
    expect(await member.try(createS3Key, { service, name: 'Laptop' })).toMatchObject({ code: 'service_not_usable' })
    expect(await count(sql`s3_keys where account_id = ${member.id}`)).toBe(0)
  })
}
