import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createInvitation } from '../../src/membership/invitations/schema'
import { sql } from '../../src/platform/db/sql'
import { saveService } from '../../src/roles/services/schema'
import { howMany } from '../support/how-many'
import { acceptedOrganization, membershipOf, newMember } from '../support/organizations'
import { openSite, type Person, type Site } from '../support/site'
import { checksOf } from './answers'
import { operationsOf, type Request, requests, wellFormed } from './requests'

/** `FUZZ=200000 FUZZ_SEED=7 npx vitest run --project postgres tests/fuzz` sends more requests, or repeats a run. */
const count = howMany('FUZZ', 1250)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
/** After this many requests the callers are replaced, because some sign out, delete their accounts or are disabled. */
const round = 250

test(`${count} requests that the document allows, more or less: each is answered as it says, and everything holds`, async () => {
  const site = await openSite()
  const document = (await (await fetch(`${site.url}/api/openapi.json`)).json()) as Parameters<typeof operationsOf>[0]
  const operations = operationsOf(document)
  const checks = checksOf(operations)
  const statuses: Record<string, number> = {}
  for (let done = 0; done < count; done += round) {
    const { callers, ids } = await people(site)
    const batch = fc.sample(requests(operations, callers.length, ids), {
      numRuns: Math.min(round, count - done),
      seed: seed + done,
    })
    for (const request of batch) {
      const { status, body } = await send(callers[request.caller]!, request)
      statuses[status] = (statuses[status] ?? 0) + 1
      const check = checks.get(`${request.operation.id} ${status}`)
      const description = () =>
        `seed ${seed}: ${JSON.stringify({ ...request, operation: request.operation.id }).slice(0, 1000)}`
      // The database is available, so no request may fail, except with 503 when the server sheds load.
      if (status >= 500 && status !== 503)
        throw new Error(`${description()} answered ${status} ${JSON.stringify(body)}`)
      if (!check) throw new Error(`${description()} answered ${status}, which the document does not know`)
      if (!check(body))
        throw new Error(`${description()} answered ${JSON.stringify(body)}: ${JSON.stringify(check.errors)}`)
    }
  }
  console.log(`${count} requests with seed ${seed}:`, statuses)
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '403', '404', '409']))
  expect(await site.check()).toEqual([])
  await site.close()
})

/** Callers of every kind, and the IDs of the objects around them. */
async function people(site: Site): Promise<{ callers: Person[]; ids: string[] }> {
  // Resets the rate limits, and whatever earlier rounds required of everyone.
  await site.db.rows(sql`delete from tries`)
  await site.db.rows(sql`
    update site set second_factor = 'optional', registration = 'open', registration_domains = '{}', terms_version = null, terms_address = null,
      session_hours = 720, session_idle_minutes = 10080, default_member_limit = null`)
  const { id: organizationId, admin, operator } = await acceptedOrganization(site, `Fuzzed ${Math.random()}`)
  const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
  const member = await newMember(site, organizationId, admin)
  const foreign = await acceptedOrganization(site, `Foreign ${Math.random()}`)
  const invitation = await admin.call(createInvitation, { organizationId })
  await operator.call(saveService, {
    key: 'fuzzed',
    name: 'Fuzzed',
    roles: [{ key: 'reader', kind: 'access', name: 'Reader' }],
  })
  const roles = await site.db.rows<{ id: string }>(sql`select id from roles union all select id from services`)
  const callers = [admin, second, member, await site.person(), foreign.admin, operator, site.anonymous]
  const ids = [
    organizationId,
    foreign.id,
    invitation.id,
    await membershipOf(member),
    await membershipOf(second),
    ...callers.map(({ id }) => id).filter(Boolean),
    ...roles.map(({ id }) => id),
  ]
  return { callers, ids }
}

async function send(caller: Person, { operation, path, query, body }: Request) {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(wellFormed(path[name] ?? '')),
  )
  const search = new URLSearchParams(query).toString()
  return caller.raw(operation.method, filled + (search && `?${search}`), operation.body && JSON.stringify(body ?? {}))
}
