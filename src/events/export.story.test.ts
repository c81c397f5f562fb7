import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../db/sql'
import { acceptedOrganization, newMember } from '../testing/organizations'
import { openSite, type Person, type Site, testBaseUrl } from '../testing/site'

let site: Site
let organizationId: string
let admin: Person
let operator: Person

beforeAll(async () => {
  site = await openSite()
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
  expect(lines[0]).toBe('time,what,who,who (address),to whom,to whom (address),organization,details')
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
