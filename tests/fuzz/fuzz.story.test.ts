import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createServiceKey } from '../../src/connections/service-keys/schema'
import { createInvitation } from '../../src/membership/invitations/schema'
import { createOrganizationToken, createToken } from '../../src/membership/tokens/schema'
import { organizationScopes, type Scope, scopes } from '../../src/platform/access/scopes'
import { sql } from '../../src/platform/db/sql'
import { saveService } from '../../src/roles/services/schema'
import { howMany } from '../support/how-many'
import { acceptedOrganization, membershipOf, newMember } from '../support/organizations'
import { openSite, type Person, type Site } from '../support/site'
import { TokenHolder } from '../support/token-holder'
import { checksOf } from './answers'
import { type Operation, operationsOf, type Request, requests, wellFormed } from './requests'

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
    const { callers, ids, programs } = await people(site)
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
      if (status < 300 && !mayCall(programs.get(callers[request.caller]!), request.operation))
        throw new Error(`${description()} answered ${status}, though the document refuses this credential`)
      if (!check(body))
        throw new Error(`${description()} answered ${JSON.stringify(body)}: ${JSON.stringify(check.errors)}`)
    }
  }
  console.log(`${count} requests with seed ${seed}:`, statuses)
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '403', '404', '409']))
  expect(await site.check()).toEqual([])
  await site.close()
})

/** What a program presents: the key of a service, or a token with these scopes. */
type Program = { serviceKey: true } | { scopes: Scope[] }

/** Whether the document lets a caller use an operation: people may call all that are not for services. */
function mayCall(program: Program | undefined, { security }: Operation): boolean {
  if (security.length === 0) return true
  return security.some(({ session, token, serviceKey }) => {
    if (program === undefined) return session !== undefined
    if ('serviceKey' in program) return serviceKey !== undefined
    return token?.every((scope) => program.scopes.includes(scope as Scope)) ?? false
  })
}

/** Callers of every kind, those of them that are programs, and the IDs of the objects around them. */
async function people(site: Site): Promise<{ callers: Person[]; programs: Map<Person, Program>; ids: string[] }> {
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
  // One of a round before has as many keys as a service may have.
  const key = `fuzzed-${await howManyServices(site)}`
  await operator.call(saveService, {
    key,
    name: 'Fuzzed',
    roles: [{ key: 'reader', kind: 'access', name: 'Reader' }],
  })
  const roles = await site.db.rows<{ id: string }>(sql`select id from roles union all select id from services`)
  const programs = new Map<Person, Program>()
  const tokenOf = async (person: Person, given: Scope[]) => {
    const { id, token } = await person.call(createToken, { name: 'Fuzzed', scopes: given })
    programs.set(new TokenHolder(site, token), { scopes: given })
    return id
  }
  const shared = await second.call(createOrganizationToken, {
    organizationId,
    name: 'Fuzzed',
    scopes: organizationScopes,
  })
  programs.set(new TokenHolder(site, shared.token), { scopes: organizationScopes })
  const tokens = [
    shared.id,
    await tokenOf(admin, scopes),
    await tokenOf(admin, ['read:memberships']),
    await tokenOf(member, scopes),
    await tokenOf(operator, scopes),
  ]
  const { id: keyId, secret } = await operator.call(createServiceKey, { key, name: 'Fuzzed' })
  programs.set(new TokenHolder(site, secret), { serviceKey: true })
  const outsiders = [await site.person(), foreign.admin, site.anonymous]
  const callers = [admin, second, member, operator, ...outsiders, ...programs.keys()]
  const ids = [
    organizationId,
    foreign.id,
    invitation.id,
    await membershipOf(member),
    await membershipOf(second),
    ...callers.map(({ id }) => id).filter(Boolean),
    ...tokens,
    keyId,
    ...roles.map(({ id }) => id),
  ]
  return { callers, programs, ids }
}

const howManyServices = async (site: Site) =>
  (await site.db.only<{ count: number }>(sql`select count(*)::int as count from services`)).count

async function send(caller: Person, { operation, path, query, body }: Request) {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(wellFormed(path[name] ?? '')),
  )
  const search = new URLSearchParams(query).toString()
  return caller.raw(operation.method, filled + (search && `?${search}`), operation.body && JSON.stringify(body ?? {}))
}
