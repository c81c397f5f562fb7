import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, everyPage, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, password } from '../../../tests/support/site'
import { endpoints } from '../../contract'
import { listAccounts, registerAccount } from '../../identity/accounts/schema'
import { createInvitation } from '../../membership/invitations/schema'
import { leaveOrganization, listMemberships } from '../../membership/memberships/schema'
import {
  createOrganization,
  getOrganization,
  listOrganizations,
  resubmitOrganization,
} from '../../membership/organizations/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../db/sql'

const site = sharedSite()
let id: string
let admin: Person
let operator: Person
beforeAll(async () => {
  ;({ id, admin, operator } = await acceptedOrganization(site))
})

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

describe('a cursor of another list, or one made up, is refused as wrong input', () => {
  const uuid = '01890000-0000-7000-8000-000000000000'
  test.each([
    ['listOrganizations: a number for the id', listOrganizations, cursor('2026-01-01', '12')],
    ['listOrganizations: 36 dashes for the id', listOrganizations, cursor('2026-01-01', '-'.repeat(36))],
    ['listOrganizations: a date of JavaScript only', listOrganizations, cursor('1', uuid)],
    ['listOrganizations: 31 February', listOrganizations, cursor('2024-02-31', uuid)],
    ['listEvents: the cursor of a list by id', listEvents, cursor('2026-01-01', uuid)],
    ['listEvents: larger than a bigint', listEvents, cursor('', '9999999999999999999')],
  ] as const)('%s', async (_, endpoint, text) => {
    expect(await operator.try(endpoint as typeof listOrganizations, { cursor: text })).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })
})

describe('a page of names can always be followed by the next', () => {
  async function organizationsOneByOne() {
    const pages = await everyPage((after) => operator.call(listOrganizations, { sort: 'name', limit: 1, ...after }))
    return pages.map((page) => page.map(({ name }) => name))
  }
  /** One page each, including these. */
  async function organizationsAtOnce(names: string[]) {
    const { items } = await operator.call(listOrganizations, { sort: 'name', limit: 100 })
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    return items.map(({ name }) => [name])
  }
  test('organizations by name, with long names that are not Latin', async () => {
    const names = ['ก', 'ข', 'ค'].map((letter) => letter.repeat(110))
    for (const name of names) await (await site.person()).call(createOrganization, details(name))
    expect(await organizationsOneByOne()).toEqual(await organizationsAtOnce(names))
  })
  test('organizations by name, with a name that grows when it is folded', async () => {
    const name = 'ﷺ'.repeat(20)
    await (await site.person()).call(createOrganization, details(name))
    expect(await organizationsOneByOne()).toEqual(await organizationsAtOnce([name]))
  })
  test('members by name', async () => {
    const people = await Promise.all([0, 1].map(() => newMember(site, id, admin)))
    for (const person of people)
      await site.db.rows(
        sql`update accounts set first_name = repeat('Ж', 80), last_name = repeat('Ж', 80) where id = ${person.id}`,
      )
    const list = (page: { limit: number; cursor?: string }) =>
      admin.call(listMemberships, { organizationId: id, sort: 'name', ...page })
    const pages = await everyPage((after) => list({ limit: 1, ...after }))
    const { items } = await list({ limit: 100 })
    expect(items.map(({ account }) => account.id)).toEqual(
      expect.arrayContaining([...people, admin].map(({ id }) => id)),
    )
    expect(pages).toEqual(items.map((item) => [item]))
  })
})

describe('a website holds no control or reordering characters', () => {
  test.each(['\u0000', '\u202e', '\u200b'])('%j', async (character) => {
    const person = await site.person()
    const website = `https://example.org/${character}gro.live`
    expect(await person.try(createOrganization, { ...details(), website })).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })
})

describe('an address that cannot be read gets a problem document too', () => {
  test.each(['/api/organizations/%E0%A4%A', '/api/%', `/api/organizations/${'a'.repeat(300)}`])('%s', async (path) => {
    const { status, headers, code } = await operator.raw('GET', path)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect({ status, code }).toEqual({ status: 404, code: 'not_found' })
  })
})

describe('a field of the wrong kind is not said to be missing', () => {
  test.each([
    ['a number for a name', createOrganization, { ...details(), name: 42 }, 'name'],
    ['a half day', createInvitation, { organizationId: '', days: 1.5 }, 'days'],
    ['null for a country', createOrganization, { ...details(), country: null }, 'country'],
  ] as const)('%s', async (_, endpoint, input, path) => {
    const answer = await admin.try(endpoint as typeof createInvitation, { ...input, organizationId: id } as never)
    const messages = answer.problem.errors!.filter((error) => error.path === path).map(({ message }) => message)
    expect(messages).not.toEqual([])
    expect(messages).not.toContain('This field is required.')
  })
  test('a limit that is none', async () => {
    const answer = await operator.try(listAccounts, { limit: 'x' as never })
    expect(answer.problem.errors).toEqual([{ path: 'limit', message: 'Must be a number.' }])
  })
})

describe('an endpoint declares every problem that it answers', () => {
  const declares = (one: { id: string }, code: string) =>
    endpoints.find(({ id: name }) => name === one.id)!.problems.includes(code as never)
  test('leaveOrganization, to a member who hands over', async () => {
    const member = await newMember(site, id, admin)
    const answer = await member.try(leaveOrganization, { organizationId: id, successorId: await membershipOf(admin) })
    expect(declares(leaveOrganization, answer.code!)).toBe(true)
  })
  test('resubmitOrganization, to a plain member', async () => {
    const member = await newMember(site, id, admin)
    const answer = await asSeen(member).try(resubmitOrganization, { organizationId: id, ...details() })
    expect(declares(resubmitOrganization, answer.code!)).toBe(true)
  })
})

describe('text that shows nothing is no name', () => {
  test.each(['\u3164\u3164\u3164', '\u2800\u2800\u2800', '\u115f\u1160\u115f', 'Coral\u034f Watch'])(
    '%j',
    async (name) => {
      expect((await (await site.person()).try(createOrganization, details(name))).status).toBe(400)
    },
  )
  test('what comes with emoji is left out', async () => {
    await (await site.person()).call(createOrganization, details('Heart \u2764\ufe0f Reef'))
    const second = await (await site.person()).try(createOrganization, details('Heart \u2764 Reef'))
    expect(second).toMatchObject({ code: 'organization_name_taken' })
  })
  test('nor is a person’s', async () => {
    const answer = await site.anonymous.try(registerAccount, {
      email: 'a@example.org',
      password,
      firstName: '\u3164',
      lastName: '\u2800',
      country: 'PH',
    })
    expect(answer.status).toBe(400)
  })
})

describe('an id is the same in capitals', () => {
  test('for a member as for an operator', async () => {
    const organizationId = id.toUpperCase()
    expect((await operator.try(getOrganization, { organizationId })).status).toBe(200)
    expect((await admin.try(getOrganization, { organizationId })).status).toBe(200)
  })
})

describe('plain text is an unsupported media type', () => {
  test('415, not 400', async () => {
    const answer = await admin.raw('POST', '/api/organizations', '{}', { 'content-type': 'text/plain' })
    expect(answer).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  })
})

describe('a body that is not UTF-8 is refused, and nothing of it is stored', () => {
  const rest = '","lastName":"Cruz","country":"PH"}'
  test.each([
    ['Latin-1', 'application/json', Buffer.from(`{"firstName":"René${rest}`, 'latin1'), 'invalid_input'],
    [
      'said to be Latin-1',
      'application/json; charset=iso-8859-1',
      Buffer.from(`{"firstName":"Ana${rest}`),
      'unsupported_media_type',
    ],
    [
      'cut in the middle of a letter',
      'application/json',
      Buffer.from(`{"firstName":"A\xc3${rest}`, 'latin1'),
      'invalid_input',
    ],
  ])('%s', async (_, type, body, code) => {
    const person = await site.person()
    const before = (await person.raw('GET', '/api/me')).body
    const answer = await person.raw('PUT', '/api/me', body, { 'content-type': type })
    expect(answer.code).toBe(code)
    if (code === 'invalid_input')
      expect(answer.problem.errors![0]!.message).toBe('The request must be encoded in UTF-8.')
    expect((await person.raw('GET', '/api/me')).body).toEqual(before)
  })
})

describe('a body that is null is no JSON object, and one sent with DELETE is not passed over', () => {
  test('a body with DELETE is refused', async () => {
    const path = `/api/organizations/${id}/memberships/${await membershipOf(admin)}`
    expect(await admin.raw('DELETE', path, '{}')).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  test('null makes no invitation', async () => {
    expect((await admin.raw('POST', `/api/organizations/${id}/invitations`, 'null')).status).toBe(400)
  })
})

describe('names that differ only in case are one', () => {
  test.each([
    ['Weiße Flotte', 'WEISSE FLOTTE'],
    ['Ναυς', 'Ναυσ'],
  ])('%s and %s', async (first, second) => {
    await (await site.person()).call(createOrganization, details(first))
    expect(await (await site.person()).try(createOrganization, details(second))).toMatchObject({
      code: 'organization_name_taken',
    })
  })
})
