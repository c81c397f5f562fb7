import { expect, test } from 'vitest'
import { details } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { createOrganization, rejectOrganization, requestChanges } from '../../membership/organizations/schema'
import { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { Feed } from './feed'

const site = sharedSite()

/** The same database. Its next result can be held back. */
class SlowDatabase extends Database {
  private way: Promise<void> | undefined

  /** Returns a function that releases it. */
  keepNext(): () => void {
    let arrive = () => {}
    this.way = new Promise((resolve) => {
      arrive = resolve
    })
    return () => arrive()
  }

  override async rows<Row>(statement: Sql): Promise<Row[]> {
    const { way } = this
    this.way = undefined
    const rows = await super.rows<Row>(statement)
    await way
    return rows
  }
}

/** A feed and a listener. */
function openFeed() {
  const db = new SlowDatabase(site.db.pool, site.db.kind)
  const feed = new Feed(db)
  const listens = async ({ id }: Person) => {
    const heard: string[] = []
    const { session } = await site.db.only<{ session: string }>(
      sql`select token as session from sessions where account_id = ${id}`,
    )
    await feed.listen({ session, send: ({ kind }) => heard.push(kind), close: () => {} })
    return heard
  }
  return { db, feed, listens }
}

test('a listener who creates an organization while being admitted hears of it from then on', async () => {
  const { db, feed, listens } = openFeed()
  const [operator, founder] = await Promise.all([site.person('Olga', { operator: true }), site.person('Ana')])
  const operatorHeard = await listens(operator)
  const arrive = db.keepNext()
  const letIn = listens(founder)
  const { id: organizationId } = await founder.call(createOrganization, details())
  await until(async () => operatorHeard.includes('organization_created'))
  arrive()
  const founderHeard = await letIn
  await asSeen(operator).call(requestChanges, { organizationId, reason: 'Say where.' })
  await until(async () => operatorHeard.includes('changes_requested'))
  feed.stop()
  expect(founderHeard).toContain('changes_requested')
})

test('a listener whose organization was rejected hears of the rejection and of nothing after it', async () => {
  const { feed, listens } = openFeed()
  const [operator, founder] = await Promise.all([site.person('Olga', { operator: true }), site.person('Ana')])
  const { id: organizationId } = await founder.call(createOrganization, details())
  const [operatorHeard, founderHeard] = [await listens(operator), await listens(founder)]
  await asSeen(operator).call(rejectOrganization, { organizationId, reason: 'Say where.' })
  await until(async () => operatorHeard.includes('organization_rejected'))
  const other = await site.person('Ben')
  await other.call(createOrganization, details())
  await until(async () => operatorHeard.includes('organization_created'))
  feed.stop()
  expect(founderHeard).toEqual(['organization_rejected'])
})
