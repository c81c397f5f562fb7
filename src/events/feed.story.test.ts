import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { createOrganization, requestChanges } from '../organizations/schema'
import { details } from '../testing/organizations'
import { asSeen } from '../testing/seen'
import { openSite, type Person, type Site } from '../testing/site'
import { until } from '../testing/until'
import { Feed, type Listener } from './feed'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  expect(await site.check()).toEqual([])
  await site.close()
})

/** The same database. What it answers next can be kept on its way. */
class SlowDatabase extends Database {
  private way: Promise<void> | undefined

  /** Gives what lets it arrive. */
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

test('whoever founds an organization while they are let in hears of it from then on', async () => {
  const db = new SlowDatabase(site.db.pool, site.db.kind)
  const feed = new Feed(db)
  const [operator, founder] = await Promise.all([site.person('Olga', { operator: true }), site.person('Ana')])
  const listens = async ({ id }: Person) => {
    const heard: string[] = []
    const { session } = await site.db.only<{ session: string }>(
      sql`select token as session from sessions where account_id = ${id}`,
    )
    const listener: Listener = { session, send: ({ kind }) => heard.push(kind), close: () => {} }
    await feed.listen(listener)
    return heard
  }
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
