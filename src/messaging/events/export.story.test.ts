import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { openSite, type Person, type Site, testBaseUrl } from '../../../tests/support/site'
import { watchedPool } from '../../../tests/support/watched-pool'
import { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'

let site: Site
let organizationId: string
let admin: Person
let operator: Person
/** The batches of events that the server has read so far. */
let batchesRead = 0

beforeAll(async () => {
  const query = <Answer>(text: string, run: () => Answer) => {
    if (text.includes('from events e')) batchesRead++
    return run()
  }
  site = await openSite({ database: (db) => new Database(watchedPool(db.pool, { query }), db.kind) })
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site))
  await site.db.rows(sql`
    insert into events (kind, actor_id, organization_id, at)
    select 'invitation_shown', ${admin.id}::uuid, ${organizationId}::uuid, now() - interval '1 day' from generate_series(1, 2500)`)
})
afterAll(() => site.close())

async function download(person: Person, path: string) {
  const response = await fetch(site.url + path, { headers: { cookie: person.cookie, origin: testBaseUrl } })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

test('an admin gets every event of the organization once, newest first, across the pages in which they are read', async () => {
  const { status, type, text } = await download(admin, `/api/organizations/${organizationId}/events.csv`)
  expect([status, type]).toEqual([200, 'text/csv; charset=utf-8'])
  const lines = text.trimEnd().split('\r\n')
  expect(lines[0]).toBe('time,what,who,who (address),to whom,to whom (address),organization,details,with the token')
  expect(lines.filter((line) => line.includes(',invitation_shown,'))).toHaveLength(2500)
  expect(lines).toHaveLength(1 + 2500 + 2)
  expect(lines[1]).toContain('invitation_shown')
})

test('by kind and by time', async () => {
  const path = `/api/organizations/${organizationId}/events.csv`
  const kinds = async (query: string) =>
    new Set(
      (await download(admin, `${path}?${query}`)).text
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[1]),
    )
  expect(await kinds('kind=organization_accepted')).toEqual(new Set(['organization_accepted']))
  const yesterday = new Date(Date.now() - 3600_000).toISOString()
  expect(await kinds(`until=${yesterday}`)).toEqual(new Set(['invitation_shown']))
  expect(await kinds(`from=${yesterday}`)).toEqual(new Set(['organization_created', 'organization_accepted']))
  expect((await download(admin, `${path}?kind=nothing`)).status).toBe(400)
})

test('only its admins and operators get it, and only operators the site’s', async () => {
  const path = `/api/organizations/${organizationId}/events.csv`
  const stranger = await site.person()
  expect((await download(stranger, path)).status).toBe(404)
  expect((await download(site.anonymous, path)).status).toBe(401)
  expect((await download(admin, '/api/events.csv')).status).toBe(403)
  expect((await download(operator, '/api/events.csv?kind=account_registered')).status).toBe(200)
  const member = await newMember(site, organizationId, admin)
  expect((await download(member, path)).status).toBe(403)
})

test('an id in capitals is the same', async () => {
  const path = `/api/organizations/${organizationId.toUpperCase()}/events.csv`
  expect((await download(admin, path)).status).toBe(200)
  expect((await download(operator, path)).status).toBe(200)
})

test('HEAD is not answered: nothing is read for it', async () => {
  const response = await fetch(`${site.url}/api/organizations/${organizationId}/events.csv`, {
    method: 'HEAD',
    headers: { cookie: admin.cookie },
  })
  expect(response.status).toBe(404)
})

describe('while an export goes on', () => {
  // More than the socket buffers hold, so that an export whose client does not read stops.
  const batches = 12
  let many: { id: string; admin: Person; operator: Person }

  beforeAll(async () => {
    many = await acceptedOrganization(site)
    await site.db.rows(sql`
      insert into events (kind, actor_id, organization_id, details)
      select 'invitation_shown', ${many.admin.id}::uuid, ${many.id}::uuid, jsonb_build_object('note', repeat('long ', 300))
      from generate_series(1, ${(batches - 1) * 1000}::int)`)
  })

  /** An export whose first bytes have arrived and whose client has stopped reading. */
  async function begun(person: Person): Promise<IncomingMessage> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${site.url}/api/organizations/${many.id}/events.csv`, { headers: { cookie: person.cookie } }, resolve).on(
        'error',
        reject,
      )
    })
    await new Promise((resolve) => response.once('readable', resolve))
    return response
  }

  async function rest(response: IncomingMessage): Promise<string> {
    let text = ''
    for await (const part of response) text += part
    return text
  }

  test('what is not read is not loaded, and nothing more once the reader has hung up', async () => {
    batchesRead = 0
    const response = await begun(many.admin)
    // A whole concurrent export, before and after disconnecting: it takes as long as the first would need for the rest.
    await download(many.admin, `/api/organizations/${many.id}/events.csv`)
    expect(batchesRead).toBeGreaterThanOrEqual(batches)
    expect(batchesRead).toBeLessThan(2 * batches - 2)
    response.destroy()
    batchesRead = 0
    await download(many.admin, `/api/organizations/${many.id}/events.csv`)
    expect(batchesRead - batches).toBeLessThanOrEqual(1)
  })

  test.each<[string, (person: Person) => Promise<unknown>]>([
    ['signed out', ({ id }) => site.db.rows(sql`delete from sessions where account_id = ${id}`)],
    [
      'lost admin privileges',
      ({ id }) => site.db.rows(sql`update memberships set admin = false where account_id = ${id}`),
    ],
  ])('it breaks off for a person who has %s in the meantime', async (_, lose) => {
    const person = await newMember(site, many.id, many.admin, { grantsAdmin: true })
    const response = await begun(person)
    await lose(person)
    await expect(rest(response)).rejects.toThrow('aborted')
    expect(response.complete).toBe(false)
  })
})
