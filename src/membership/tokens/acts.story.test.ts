import { v7 as uuid } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { whileHeld } from '../../../tests/support/held'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, testBaseUrl } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { exportEvents, listEvents, listOrganizationEvents } from '../../messaging/events/schema'
import { type Actor, loadFacts } from '../../platform/access/actor'
import { requireAdmin } from '../../platform/access/admit'
import { tokenDigest } from '../../platform/access/program-tokens'
import { scopes } from '../../platform/access/scopes'
import { sql } from '../../platform/db/sql'
import { newCode } from '../../platform/invitation-codes/secrecy'
import { decideRoleRequests, requestRoles } from '../../roles/role-requests/schema'
import { importCatalogue, listServices } from '../../roles/services/schema'
import { saveAcceptance } from '../invitations/acceptance-store'
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  revokeInvitation,
  showInvitationCode,
} from '../invitations/schema'
import { insertInvitation } from '../invitations/store'
import { createOrganizationToken, createToken, endToken } from './schema'

// An act by a token names the token in its event; people's own acts name none.

const site = sharedSite()

let organizationId: string
let admin: Person
let operator: Person
beforeEach(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site))
})

interface Program {
  named: { id: string; name: string }
  program: TokenHolder
  /** The actor that the server sees. */
  actor: Actor
}

async function programOf({ id, token }: { id: string; token: string }, name: string): Promise<Program> {
  const { actor } = await loadFacts(site.db, { kind: 'token', digest: tokenDigest('token', token) }, {})
  return { named: { id, name }, program: new TokenHolder(site, token), actor: actor! }
}

const personal = async (maker: Person, name = 'Script') =>
  programOf(await maker.call(createToken, { name, scopes: [...scopes] }), name)

const ofOrganization = async (name = 'CI') =>
  programOf(
    await admin.call(createOrganizationToken, {
      organizationId,
      name,
      scopes: ['read:events', 'write:invitations'],
    }),
    name,
  )

/** The newest events of the organization, with the token of each. */
const newest = async (count: number) =>
  (await admin.call(listOrganizationEvents, { organizationId, limit: count })).items
const without = ({ actor }: Program): Actor => ({ ...actor, token: null })

test('an organization’s token that invites and revokes is named, and so is the admin in whose name it acts', async () => {
  const { named, program } = await ofOrganization()
  const { id } = await program.call(createInvitation, { organizationId })
  await program.call(revokeInvitation, { organizationId, invitationId: id })
  const acts = [
    { kind: 'invitation_revoked', actor: { id: admin.id }, token: named },
    { kind: 'invitation_created', actor: { id: admin.id }, token: named },
  ]
  expect(await newest(2)).toMatchObject(acts)
  expect((await program.call(listOrganizationEvents, { organizationId, limit: 2 })).items).toMatchObject(acts)
  expect((await operator.call(listEvents, { limit: 2 })).items).toMatchObject(acts)
})

test('a personal token that accepts an invitation is named', async () => {
  const person = await site.person()
  const { named, program } = await personal(person)
  const { code } = await admin.call(createInvitation, { organizationId })
  await program.call(acceptInvitation, { code })
  expect(await newest(2)).toMatchObject([
    { kind: 'invitation_accepted', actor: { id: person.id }, subject: { id: person.id }, token: named },
    { kind: 'invitation_created', actor: { id: admin.id }, token: null },
  ])
})

test('an operator’s token that decides about roles is named in every decision', async () => {
  const role = { kind: 'access' as const, name: 'Reader' }
  await operator.call(importCatalogue, {
    services: [{ key: 'maps', name: 'Maps', roles: [{ key: 'reader', ...role }] }],
  })
  const [service] = (await operator.call(listServices, {})).services
  const { id: requestId } = await admin.call(requestRoles, {
    organizationId,
    serviceId: service!.id,
    accessRoleId: service!.roles[0]!.id,
    quotaRoleId: null,
    description: 'Mapping reefs.',
  })
  const { named, program } = await personal(operator)
  await asSeen(program).call(decideRoleRequests, { decisions: [{ requestId, kind: 'access', accept: true }] })
  expect(await newest(2)).toMatchObject([
    { kind: 'role_accepted', actor: { id: operator.id }, subject: { id: admin.id }, token: named },
    { kind: 'role_requested', actor: { id: admin.id }, token: null },
  ])
})

test('people are named alone in what they do themselves, also with a token of theirs in use', async () => {
  const { program } = await personal(admin)
  const { id } = await program.call(createInvitation, { organizationId })
  await admin.call(showInvitationCode, { organizationId, invitationId: id })
  await admin.call(revokeInvitation, { organizationId, invitationId: id })
  await newMember(site, organizationId, admin)
  expect((await newest(4)).map(({ kind, token }) => [kind, token])).toEqual([
    ['invitation_accepted', null],
    ['invitation_created', null],
    ['invitation_revoked', null],
    ['invitation_shown', null],
  ])
})

test('a token that has ended goes on being named, in the download too', async () => {
  const { named, program } = await personal(admin, 'Nightly, sync')
  await program.call(createInvitation, { organizationId })
  await admin.call(endToken, { tokenId: named.id })
  expect((await newest(1))[0]).toMatchObject({ kind: 'invitation_created', token: named })
  const csv = await fetch(`${site.url}${exportEvents.path}?kind=invitation_created`, {
    headers: { cookie: operator.cookie, origin: testBaseUrl },
  })
  expect(await csv.text()).toMatch(/,"Nightly, sync"\r\n/)
})

test('a change that waits while its token is ended is refused', async () => {
  // The embedded database runs one statement at a time.
  if (process.env.TEST_DATABASE !== 'postgres') return
  const { named, program } = await ofOrganization()
  const ending = {
    text: "update tokens set ended_at = now(), ended_reason = 'ended' where id = $1",
    values: [named.id],
  }
  const inviting = () => program.try(createInvitation, { organizationId })
  expect(await whileHeld(site, organizationId, inviting, ending, 'organizations')).toMatchObject({
    status: 401,
    code: 'token_not_valid',
  })
  expect((await admin.call(listInvitations, { organizationId })).items).toEqual([])
})

describe('of many who save in one statement, each event names its own token:', () => {
  /** The transactions of these events, and the id and token of each. */
  async function recorded(column: 'invitation_id' | 'actor_id', kind: string) {
    const rows = await site.db.rows<{ id: string; token: string | null; transaction: string }>(sql`
      select ${column === 'actor_id' ? sql`actor_id` : sql`invitation_id`} as id, token_id as token, transaction::text
      from events where organization_id = ${organizationId} and kind = ${kind}`)
    return {
      tokens: new Map(rows.map(({ id, token }) => [id, token])),
      transactions: new Set(rows.map(({ transaction }) => transaction)).size,
    }
  }

  test('inviting', async () => {
    const [first, second] = [await personal(admin), await ofOrganization()]
    const authors = [first.actor, without(first), second.actor, without(second), first.actor, second.actor]
    const saves = authors.map((actor) => {
      const code = newCode()
      const form = createInvitation.input.parse({ organizationId })
      return {
        id: uuid(),
        by: requireAdmin(actor),
        form,
        code,
        codeHash: Buffer.from(code),
        codeSealed: Buffer.from(code),
        mailed: null,
      }
    })
    await Promise.all(saves.map((save) => insertInvitation(site.db, save)))
    const { tokens, transactions } = await recorded('invitation_id', 'invitation_created')
    expect(transactions).toBe(1)
    expect(tokens).toEqual(new Map(saves.map(({ id, by }) => [id, by.token?.id ?? null])))
  })

  test('accepting', async () => {
    const { id: invitationId } = await admin.call(createInvitation, { organizationId, uses: 6 })
    const programs = await Promise.all(Array.from({ length: 6 }, async () => personal(await site.person())))
    const actors = programs.map((program, n) => (n % 2 === 0 ? program.actor : without(program)))
    const invitation = {
      id: invitationId,
      organizationId,
      organizationName: '',
      organizationState: 'accepted' as const,
      state: 'pending' as const,
      boundEmail: null,
      boundDomain: null,
      grantsAdmin: false,
      needsApproval: false,
      full: false,
    }
    await Promise.all(
      actors.map((actor) => saveAcceptance(site.db, { id: uuid(), membershipId: uuid(), actor, invitation })),
    )
    const { tokens, transactions } = await recorded('actor_id', 'invitation_accepted')
    expect(transactions).toBe(1)
    expect(tokens).toEqual(new Map(actors.map(({ id, token }) => [id, token?.id ?? null])))
  })

  test('through the API', async () => {
    const callers = [await personal(admin), await ofOrganization(), await personal(admin, 'Other')]
    const invited = await Promise.all(
      [...callers, ...callers].flatMap(({ program, named }) => [
        program.call(createInvitation, { organizationId }).then(({ id }) => [id, named.id] as const),
        admin.call(createInvitation, { organizationId }).then(({ id }) => [id, null] as const),
      ]),
    )
    expect((await recorded('invitation_id', 'invitation_created')).tokens).toEqual(new Map(invited))
  })
})
