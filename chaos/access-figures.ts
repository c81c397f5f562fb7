import pg from 'pg'
import { listMemberships, removeMember } from '../src/membership/memberships/schema'
import { grantRole } from '../src/roles/role-assignments/schema'
import { asSeen } from '../tests/support/seen'
import { type AccessSite, openAccessSite } from './access-site'
import { wait } from './writing'

export interface AccessFigures {
  rows: number
  /** How long it took one server to tell the service all of them, in seconds. */
  seconds: number
  /** Milliseconds from the answer to a change until the service is called, with several servers. */
  calls: { quiet: number[]; idling: number[] }
}

/**
 * How long one server needs for many rows that are due at once, against a service that takes 5 ms; and how soon the
 * service is called after a single change, also while a transaction idles in another database. The times of the ledger
 * are the usual ones.
 */
export async function accessFigures(rows: number, changes: number, idleSeconds: number): Promise<AccessFigures> {
  const site = await openAccessSite('postgres', { servers: 1, people: 0, organizations: 1 })
  try {
    site.hub.faults = { refused: 0, lost: 0, slow: 5 }
    const { id: organizationId } = site.organizations[0]!
    await insertMembers(site, organizationId, rows)
    const role = site.maps.roles.find(({ key }) => key === 'reader')!
    const began = Date.now()
    await asSeen(site.operator.at(site.url())).call(grantRole, { organizationId, roleId: role.id, reason: 'Chaos.' })
    while (site.hub.states.size < rows) await wait(20)
    const seconds = (Date.now() - began) / 1000
    for (let count = 0; count < 2; count++) await site.addServer()
    const quiet = await callsAfter(site, changes, 0)
    const idling = await whileIdling(site, () => callsAfter(site, changes, idleSeconds))
    return { rows, seconds, calls: { quiet, idling } }
  } finally {
    await site.close()
  }
}

/** Inserted by SQL and without triggers, because there are thousands. */
async function insertMembers({ databaseUrl }: AccessSite, organizationId: string, count: number): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(`
      insert into accounts (id, email, first_name, last_name, country)
      select gen_random_uuid(), 'member' || n || '@example.org', 'Member', 'Cruz', 'PH' from generate_series(1, ${count - 1}) n`)
    await client.query(
      `insert into memberships (id, organization_id, account_id)
        select gen_random_uuid(), $1, id from accounts where email like 'member%'`,
      [organizationId],
    )
    await client.query(`update organizations set member_count = $2 where id = $1`, [organizationId, count])
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/** Removes members one after the other, spread over some seconds, and waits each time until the service is called. */
async function callsAfter(site: AccessSite, changes: number, seconds: number): Promise<number[]> {
  const { id: organizationId, admin } = site.organizations[0]!
  const { items } = await admin.at(site.url()).call(listMemberships, { organizationId, limit: 100 })
  const members = items.filter((membership) => !membership.admin).slice(0, changes)
  const began = Date.now()
  const waits: number[] = []
  for (const [place, { id: membershipId, account }] of members.entries()) {
    await wait(Math.max(50, began + (place / changes) * seconds * 1000 - Date.now()))
    await admin.at(site.url()).call(removeMember, { organizationId, membershipId })
    const answered = performance.now()
    while (site.hub.states.get(account.id)!.held !== null) await wait(2)
    waits.push(Math.max(0, site.hub.arrivedAt(account.id) - answered))
  }
  return waits.sort((one, other) => one - other)
}

/** While a transaction with a write is open in another database of the same PostgreSQL. */
async function whileIdling<Seen>({ databaseUrl }: AccessSite, work: () => Promise<Seen>): Promise<Seen> {
  const idle = new pg.Client(databaseUrl!.replace(/[^/]*$/, 'postgres'))
  await idle.connect()
  try {
    await idle.query('create table written (number integer)')
    await idle.query('begin')
    await idle.query('insert into written values (1)')
    return await work()
  } finally {
    await idle.end()
  }
}
