import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { whileHeld } from '../../../tests/support/held'
import { acceptedOrganization, isMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { dissolveOrganization } from '../../membership/organizations/schema'
import { sql } from '../db/sql'
import { lockedOrganizations } from './admin'

const site = sharedSite({}, { unchecked: true })

const locking = (ids: string[]) =>
  site.db.only<{ locked: number }>(sql`
    with ${lockedOrganizations(sql`select unnest(${ids}::uuid[])`, 'change', ['accepted'])}
    select count(*)::int as locked from org`)

const twoOrganizations = async () =>
  [(await acceptedOrganization(site)).id, (await acceptedOrganization(site)).id].toSorted()

test('organizations in another state are left out', async () => {
  const [first, second] = await twoOrganizations()
  await site.db.rows(sql`update organizations set state = 'suspended' where id = ${first}`)
  expect(await locking([first!, second!])).toEqual({ locked: 1 })
})

if (process.env.TEST_DATABASE === 'postgres') {
  test('a person who left while waiting dissolves nothing, even if one member remains', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const successor = await site.person()
    const answer = await whileHeld(
      site,
      organizationId,
      () => asSeen(admin).try(dissolveOrganization, { organizationId }),
      {
        text: `with joined as (
            insert into memberships (id, organization_id, account_id, admin) values ($3, $1, $2, true)
          ) update memberships set ended_at = now(), ended_reason = 'left' where organization_id = $1 and account_id = $4`,
        values: [organizationId, successor.id, uuid(), admin.id],
      },
      'organizations',
    )
    expect(answer.code).toBe('organization_not_found')
    expect(await isMember(successor)).toBe(true)
  })

  test('several are locked in the order of their ids, so no transaction holds the second while it waits for the first', async () => {
    const [first, second] = await twoOrganizations()
    const holder = await site.db.pool.connect()
    await holder.query('begin')
    await holder.query('select from organizations where id = $1 for no key update', [first])
    const waiting = locking([second!, first!])
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while ((await holder.query(waits)).rowCount === 0) await holder.query('select pg_stat_clear_snapshot()')
    const free = await holder.query('select from organizations where id = $1 for no key update skip locked', [second])
    await holder.query('commit')
    holder.release()
    expect(free.rowCount).toBe(1)
    expect(await waiting).toEqual({ locked: 2 })
  })
}
