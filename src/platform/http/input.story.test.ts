import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, membershipOf, newMember } from '../../../tests/support/organizations'
import { send as request } from '../../../tests/support/requests'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, password, testBaseUrl } from '../../../tests/support/site'
import { endpoints } from '../../contract'
import { confirmAddress, registerAccount } from '../../identity/accounts/schema'
import { signIn } from '../../identity/authentication/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
  revokeInvitation,
  showInvitationCode,
} from '../../membership/invitations/schema'
import {
  getMembership,
  leaveOrganization,
  listMemberships,
  removeMember,
  setAdminPrivileges,
} from '../../membership/memberships/schema'
import {
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  rejectOrganization,
  requestChanges,
  resubmitOrganization,
  suspendOrganization,
} from '../../membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../messaging/events/schema'
import { Sql, sql } from '../db/sql'
import { detailOf } from '../errors'
import { type ProblemCode, statusOf } from '../problems'
import { inQuery } from './client'
import { type Endpoint, pathParameters } from './endpoint'

const site = sharedSite()
/** An admin who is also an operator, so that every endpoint admits them. Any refusal is therefore about the input. */
let insider: Person
let organizationId: string
/** Ids of things that exist in another organization. */
const foreign = { membershipId: '', invitationId: '', acceptanceId: '', accountId: '' }

beforeAll(async () => {
  const own = await acceptedOrganization(site)
  organizationId = own.id
  insider = own.admin
  await newMember(site, organizationId, insider)
  await site.db.rows(sql`update accounts set operator = true where id = ${insider.id}`)

  const other = await acceptedOrganization(site)
  const waiting = await site.person()
  const needsApproval = { organizationId: other.id, needsApproval: true, uses: 2 }
  const { id: invitationId, code } = await other.admin.call(createInvitation, needsApproval)
  await waiting.call(acceptInvitation, { code })
  const { items } = await other.admin.call(listAcceptances, { organizationId: other.id })
  const membershipId = await membershipOf(await newMember(site, other.id, other.admin))
  Object.assign(foreign, { membershipId, invitationId, acceptanceId: items[0]!.id, accountId: waiting.id })
})

/**
 * The contents of every table except the one that counts refusals. The last use of a session is recorded separately
 * from the response.
 */
async function contents(): Promise<unknown[]> {
  everything ??= await statementOfAll()
  return site.db.rows(everything)
}
let everything: Sql | undefined

async function statementOfAll(): Promise<Sql> {
  const tables = await site.db.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'tries' order by 1`,
  )
  const digest = `md5(coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text, '' order by t::text), ''))`
  const selects = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int as rows, ${digest} as digest from "${name}" t`,
  )
  return new Sql([`${selects.join(' union all ')} order by name`], [])
}

let before: unknown[]
beforeAll(async () => {
  before = await contents()
})
afterEach(async () => {
  expect(await contents(), 'a refused request changed something').toEqual(before)
})

interface Sent {
  status: number
  type: string | null
  document: { code?: string; detail?: string; status?: number; errors?: { path: string; message: string }[] }
  headers: Headers
}

async function send(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = { origin: testBaseUrl, 'content-type': 'application/json' },
  cookie = insider.cookie,
): Promise<Sent> {
  const reply = await request(site.url + path, {
    method,
    body,
    headers: { ...headers, ...(cookie ? { cookie } : {}) },
  })
  const type = reply.headers.get('content-type')
  return { status: reply.status, type, document: JSON.parse(reply.text), headers: reply.headers }
}

const isUnsafe = ({ method }: Endpoint) => method !== 'GET'

/** The path with valid ids; if it contains an organization, the caller's own. */
function pathOf({ path }: Endpoint, parameters: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(
      parameters[name] ?? (name === 'organizationId' ? organizationId : '01890000-0000-7000-8000-000000000000'),
    ),
  )
}

/** Sends fields where the endpoint expects them: in the query or in the body. */
function sendFields(endpoint: Endpoint, fields: Record<string, unknown>, parameters?: Record<string, string>) {
  const path = pathOf(endpoint, parameters)
  if (!inQuery(endpoint)) return send(endpoint.method, path, JSON.stringify(fields))
  const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
  return send(endpoint.method, `${path}?${query}`, undefined, { origin: testBaseUrl })
}

/** Problem details with the status and message of the code, and nothing that may be cached. */
function expectProblem({ status, type, document, headers }: Sent, code: ProblemCode, what: string) {
  expect({ what, status, type, code: document.code, detail: document.detail }).toEqual({
    what,
    status: statusOf(code),
    type: 'application/problem+json; charset=utf-8',
    code,
    detail: detailOf(code),
  })
  expect(document.status).toBe(status)
  expect(headers.get('cache-control')).toBe('no-store')
}

/** Refused as wrong input, with an error at the field (or within it). */
function expectWrong(sent: Sent, path: string, what: string, message?: string) {
  expectProblem(sent, 'invalid_input', what)
  const errors = sent.document.errors ?? []
  const atField = errors.filter((error) => error.path === path || error.path.startsWith(`${path}.`))
  expect(atField, `${what}: an error at ${path} among ${JSON.stringify(errors)}`).not.toEqual([])
  for (const error of errors) expect(error.message).toMatch(/\S/)
  if (message) expect(atField.map((error) => error.message)).toContain(message)
}

const fieldsOf = (endpoint: Endpoint) =>
  Object.entries(endpoint.input.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>).filter(
    ([name]) => !pathParameters(endpoint.path).includes(name),
  )

const byName = (list: Endpoint[]) => list.map((endpoint) => [endpoint.id, endpoint] as const)
/** Rows of a table with the endpoint's name in front, for the tests' names. */
const named = <Rest extends unknown[]>(rows: [Endpoint, ...Rest][]) =>
  rows.map(([endpoint, ...rest]): [string, Endpoint, ...Rest] => [endpoint.id, endpoint, ...rest])

describe('a field that is not known', () => {
  const unknown = ['surprise', 'operator', 'admin', 'id', 'emailVerified', 'disabledAt', 'state', 'constructor']

  test.each(byName(endpoints.filter(({ lenient }) => !lenient)))('is refused by %s', async (_, endpoint) => {
    for (const name of unknown.filter((field) => !(field in endpoint.input.shape)))
      expectWrong(await sendFields(endpoint, { [name]: true }), name, name, 'Unknown field.')
  })

  test.each(byName(endpoints.filter((endpoint) => !inQuery(endpoint))))(
    'is refused by %s as a prototype too',
    async (_, endpoint) => {
      for (const body of ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'])
        expectProblem(await send(endpoint.method, pathOf(endpoint), body), 'invalid_input', body)
    },
  )

  test('is refused inside of an option', async () => {
    for (const boundTo of [
      { email: 'ana@example.org', domain: 'example.org' },
      { domain: 'example.org', admin: true },
      { organization: organizationId },
      {},
    ])
      expectWrong(await sendFields(createInvitation, { boundTo }), 'boundTo', JSON.stringify(boundTo))
  })
})

describe('a value of the wrong kind', () => {
  const values = [null, 42, -1, 1.5, true, '', 'x', [], ['x'], {}, { $ne: null }]

  test.each(byName(endpoints.filter((endpoint) => !inQuery(endpoint) && fieldsOf(endpoint).length > 0)))(
    'is refused by %s at its field',
    async (_, endpoint) => {
      for (const [name, field] of fieldsOf(endpoint))
        for (const value of values.filter((candidate) => !field.safeParse(candidate).success))
          expectWrong(await sendFields(endpoint, { [name]: value }), name, `${name}: ${JSON.stringify(value)}`)
    },
  )

  test.each(
    named<[string, unknown, string | undefined]>([
      [createOrganization, 'name', ' ', 'Cannot be empty.'],
      [createOrganization, 'name', 'n'.repeat(201), 'At most 200 characters.'],
      [createOrganization, 'name', 'https://evil.example', 'A name cannot be a URL. Remove “://”.'],
      [createOrganization, 'name', 42, undefined],
      [createOrganization, 'country', 'ph', 'Choose a country (two letters, ISO 3166-1).'],
      [createOrganization, 'country', 'XX', 'Choose a country (two letters, ISO 3166-1).'],
      [createOrganization, 'country', 'P', 'Choose a country (two letters, ISO 3166-1).'],
      [createOrganization, 'description', ' \n ', 'Cannot be empty.'],
      [createOrganization, 'description', 'd'.repeat(2001), 'At most 2,000 characters.'],
      [createOrganization, 'website', 'example', 'Enter a valid URL (https://…).'],
      [createOrganization, 'website', 'javascript:alert(1)', 'Enter a valid URL (https://…).'],
      [createOrganization, 'website', 'data:text/html,<script>', 'Enter a valid URL (https://…).'],
      [createOrganization, 'website', `https://example.org/${'w'.repeat(200)}`, 'At most 200 characters.'],
      [createOrganization, 'website', 'https://a:b@x.example', 'A URL cannot contain a user name or password.'],
      [resubmitOrganization, 'taxId', '1'.repeat(51), 'At most 50 characters.'],
      [rejectOrganization, 'reason', '', 'Cannot be empty.'],
      [suspendOrganization, 'reason', ' ', 'Cannot be empty.'],
      [requestChanges, 'reason', 'r'.repeat(1001), 'At most 1,000 characters.'],
      [dissolveOrganization, 'reason', false, undefined],
      [appointAdmin, 'email', 'ana@', 'Enter a valid e-mail address.'],
      [appointAdmin, 'email', 'ana@example.org, eve@example.org', 'Enter a valid e-mail address.'],
      [appointAdmin, 'email', 'ana@example.org <eve@example.org>', 'Enter a valid e-mail address.'],
      [appointAdmin, 'email', `${'a'.repeat(250)}@example.org`, 'At most 254 characters.'],
      [leaveOrganization, 'successorId', 'nobody', 'Not a valid ID.'],
      [createInvitation, 'days', 0, 'At least 1 day.'],
      [createInvitation, 'days', 366, 'At most 365 days.'],
      [createInvitation, 'days', 1.5, undefined],
      [createInvitation, 'days', '7', undefined],
      [createInvitation, 'uses', 0, 'At least 1 use.'],
      [createInvitation, 'uses', 1001, 'At most 1,000 uses.'],
      [createInvitation, 'uses', 1e300, undefined],
      [createInvitation, 'grantsAdmin', 'true', undefined],
      [createInvitation, 'needsApproval', 1, undefined],
      [createInvitation, 'note', 'n'.repeat(201), 'At most 200 characters.'],
      [createInvitation, 'boundTo', { email: 'not an address' }, undefined],
      [createInvitation, 'boundTo', { domain: 'localhost' }, undefined],
      [createInvitation, 'boundTo', { domain: '*.example.org' }, undefined],
      [createInvitation, 'boundTo', { domain: 'example.org/path' }, undefined],
      [createInvitation, 'boundTo', 'ana@example.org', undefined],
      [setAdminPrivileges, 'admin', 'true', undefined],
      [registerAccount, 'password', 'fourteen chars', 'At least 15 characters.'],
      [registerAccount, 'password', 'p'.repeat(129), 'At most 128 characters.'],
      [registerAccount, 'firstName', ' ', 'Enter a first name, a last name, or both.'],
      [registerAccount, 'lastName', 'www.evil.example', 'A name cannot be a URL. Remove “://” or “www.”.'],
      [signIn, 'password', '', 'Cannot be empty.'],
      [acceptInvitation, 'code', '0'.repeat(4001), 'Too long for a code.'],
    ]),
  )('$0 refuses $2 = $3', async (_, endpoint, field, value, message) => {
    expectWrong(await sendFields(endpoint, { [field]: value }), field, String(value), message)
  })

  test.each(
    named<[string, string]>([
      [listOrganizationEvents, 'kind', 'everything'],
      [listOrganizationEvents, 'accountId', 'ana'],
      [listEvents, 'kind', ''],
      [listMemberships, 'sort', 'name desc'],
      [listMemberships, 'admins', 'true'],
      [listMemberships, 'q', 'q'.repeat(501)],
      [listAcceptances, 'state', 'pending'],
      [listAcceptances, 'invitationId', 'x'],
    ]),
  )('$0 refuses $2=$3 in the query', async (_, endpoint, field, value) => {
    expectWrong(await sendFields(endpoint, { [field]: value }), field, value)
  })
})

test.each(byName(endpoints))('%s names every field that is missing', async (_, endpoint) => {
  const missing = fieldsOf(endpoint).filter(([, field]) => !field.safeParse(undefined).success)
  if (missing.length === 0) return
  const sent = await sendFields(endpoint, {})
  for (const [name] of missing) expectWrong(sent, name, endpoint.id, 'This field is required.')
})

describe('text that is too long', () => {
  test('of a megabyte is refused before it is read', async () => {
    for (const endpoint of endpoints.filter((one) => !inQuery(one) && !one.long)) {
      const sent = await send(endpoint.method, pathOf(endpoint), JSON.stringify({ name: 'n'.repeat(1_000_000) }))
      expectProblem(sent, 'payload_too_large', endpoint.id)
    }
  })

  // A regular expression with catastrophic backtracking would not finish on one of these within the time limit.
  const patterns = ['a', 'a@', '@', 'a.', '.', '-', '0-', ' ', '\t', 'é', 'https://a', 'a ', '\u0000']

  test.each(byName(endpoints.filter((endpoint) => !inQuery(endpoint) && !endpoint.long)))(
    'of 60 kB is refused by %s, whatever it looks like',
    async (_, endpoint) => {
      for (const [name, field] of fieldsOf(endpoint)) {
        for (const pattern of patterns) {
          const value = pattern.repeat(Math.floor(60_000 / Buffer.byteLength(JSON.stringify(pattern).slice(1, -1))))
          if (field.safeParse(value).success) throw new Error(`${name} takes 60 kB`)
          expectWrong(await sendFields(endpoint, { [name]: value }), name, `${name}: ${pattern} …`)
        }
      }
      for (const pattern of patterns) {
        const boundTo = { domain: `example.${pattern.repeat(5_000)}` }
        if ('boundTo' in endpoint.input.shape)
          expectWrong(await sendFields(endpoint, { boundTo }), 'boundTo', `domain: ${pattern} …`)
      }
    },
    30_000,
  )
})

describe('control, invisible and reordering characters', () => {
  const characters = [
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u061c',
    '\u200b',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ufeff',
    '\ud800',
    '\u{e0041}',
  ]
  const texts: [Endpoint, string][] = [
    [createOrganization, 'name'],
    [createOrganization, 'description'],
    [createOrganization, 'address'],
    [createOrganization, 'city'],
    [createOrganization, 'postalCode'],
    [createOrganization, 'taxId'],
    [resubmitOrganization, 'name'],
    [registerAccount, 'firstName'],
    [registerAccount, 'lastName'],
    [createInvitation, 'note'],
    [rejectOrganization, 'reason'],
    [appointAdmin, 'reason'],
  ]
  test.each(named(texts))('are refused by $0 in $2, by name and place', async (_, endpoint, field) => {
    for (const character of characters) {
      const what = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
      const sent = await sendFields(endpoint, { [field]: `Coral${character}Watch` })
      expectWrong(sent, field, what)
      expect(sent.document.errors!.find(({ path }) => path === field)!.message).toMatch(
        new RegExp(`^Remove ${what.replace('+', '\\+')} \\([a-zA-Z -]+\\) at position 6\\.$`),
      )
    }
  })

  test('are passed over by every search', async () => {
    // What there is not cannot be searched.
    const searching = endpoints.filter(
      ({ input, answer, path }) => 'q' in input.shape && answer !== 'csv' && !path.includes('{connectionId}'),
    )
    expect(searching.length).toBeGreaterThan(5)
    // A lone surrogate cannot be encoded in a query.
    const q = characters.filter((character) => character !== '\ud800').join('Ana')
    for (const endpoint of searching)
      expect((await sendFields(endpoint, { q })).document, endpoint.id).toMatchObject({ items: [] })
  })

  test('are refused in a one-line text also where they are a line’s end', async () => {
    for (const end of ['\n', '\r\n', '\t'])
      expectWrong(await sendFields(createOrganization, { name: `Coral${end}Watch` }), 'name', JSON.stringify(end))
  })
})

describe('ids', () => {
  const notIds = ['x', '0', 'null', '{organizationId}', '00000000-0000-0000-0000-00000000000g', "' or 1=1 --", '\u0000']
  const notKeys = ['X', '-x', '{key}', 'a b', 'a/b', 'é', 'k'.repeat(64), "' or 1=1 --", '\u0000']
  const messageOf = (name: string) =>
    name === 'key' ? 'Use up to 63 lowercase letters, digits and dashes. Don’t start with a dash.' : 'Not a valid ID.'
  const withParameters = endpoints.filter(({ path }) => pathParameters(path).length > 0)

  test.each(byName(withParameters))('that are none are refused by %s', async (_, endpoint) => {
    for (const name of pathParameters(endpoint.path))
      for (const value of name === 'key' ? notKeys : notIds)
        expectWrong(await sendFields(endpoint, {}, { [name]: value }), name, `${name}: ${value}`, messageOf(name))
  })

  test.each(byName(withParameters))('of the path are refused by %s where they are said twice', async (_, endpoint) => {
    for (const name of pathParameters(endpoint.path))
      expectWrong(await sendFields(endpoint, { [name]: organizationId }), name, name, 'Allowed in the path only.')
  })

  test.each(
    named<[keyof typeof foreign, object, ProblemCode]>([
      [getMembership, 'membershipId', {}, 'membership_not_found'],
      [setAdminPrivileges, 'membershipId', { admin: true }, 'membership_not_found'],
      [removeMember, 'membershipId', {}, 'membership_not_found'],
      [showInvitationCode, 'invitationId', {}, 'invitation_not_found'],
      [revokeInvitation, 'invitationId', {}, 'invitation_not_found'],
      [approveAcceptance, 'acceptanceId', { email: 'nobody@example.org' }, 'acceptance_not_found'],
      [declineAcceptance, 'acceptanceId', {}, 'acceptance_not_found'],
    ]),
  )('of another organization are not found by $0', async (_, endpoint, name, fields, code) => {
    const sent = await sendFields(endpoint, { ...fields }, { [name]: foreign[name] })
    expectProblem(sent, code, endpoint.id)
    const absent = await sendFields(endpoint, { ...fields })
    expect(absent.document).toEqual(sent.document)
  })

  test('of another organization’s member are no successor', async () => {
    const sent = await sendFields(leaveOrganization, { successorId: foreign.membershipId })
    expectProblem(sent, 'membership_not_found', 'successor')
  })

  test('of another organization find nothing in lists', async () => {
    const empty = { items: [], next: null }
    const { invitationId, accountId } = foreign
    expect(await insider.call(listAcceptances, { organizationId, invitationId })).toEqual(empty)
    expect(await insider.call(listOrganizationEvents, { organizationId, accountId })).toEqual(empty)
  })

  test('of no account are not found', async () => {
    expectProblem(
      await sendFields(confirmAddress, { email: 'nobody@example.org' }),
      'account_not_found',
      'confirmAddress',
    )
    const appointment = { email: 'nobody@example.org', reason: 'No one is left.' }
    expectProblem(await sendFields(appointAdmin, appointment), 'account_not_found', 'appointAdmin')
  })
})

describe('a body that is no JSON object', () => {
  const withBody = byName(endpoints.filter((endpoint) => !inQuery(endpoint)))

  test.each(withBody)('is refused by %s', async (_, endpoint) => {
    for (const body of ['{', '{"name":', "{'name': 1}", '', 'undefined', '[]', '[{}]', '"text"', '42', 'true'])
      expectProblem(await send(endpoint.method, pathOf(endpoint), body), 'invalid_input', body)
  })

  test.each(withBody)('is refused by %s where it comes as another content type', async (_, endpoint) => {
    const types = {
      'application/x-www-form-urlencoded': 'name=Coral+Watch',
      'multipart/form-data; boundary=x': '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nCoral\r\n--x--',
      'application/xml': '<name/>',
      'application/octet-stream': '{}',
      '': '{}',
    }
    for (const [type, body] of Object.entries(types)) {
      const sent = await send(endpoint.method, pathOf(endpoint), body, { origin: testBaseUrl, 'content-type': type })
      expectProblem(sent, 'unsupported_media_type', type)
    }
    // What a page of another site can send without a preflight request.
    for (const body of ['{}', '', JSON.stringify(details())]) {
      const headers = { origin: testBaseUrl, 'content-type': 'text/plain' }
      const { status, type } = await send(endpoint.method, pathOf(endpoint), body, headers)
      expect([400, 415]).toContain(status)
      expect(type).toBe('application/problem+json; charset=utf-8')
    }
  })
})

describe('pages', () => {
  const lists = byName(endpoints.filter(({ input }) => 'cursor' in input.shape))
  /** A person has few sessions, tokens and S3 keys, and little is pending. The catalogue is returned as a whole, because it is one file. */
  const whole = [
    'listSessions',
    'listTokens',
    'listOrganizationTokens',
    'listServices',
    'listServiceKeys',
    'listChanges',
    'listConnections',
    'listOpenIdClients',
    'listApplications',
    'listS3Keys',
    'listPendingAccess',
  ]

  test('are what all lists have', () => {
    expect(lists.map(([id]) => id).filter((id) => !id.startsWith('list'))).toEqual([])
    const others = endpoints.filter(({ id, input }) => id.startsWith('list') && !('cursor' in input.shape))
    expect(others.map(({ id }) => id)).toEqual(whole)
    expect(lists.filter(([, { input }]) => !('limit' in input.shape))).toEqual([])
  })

  /** Services read whole lists, in longer pages. */
  const ofPeople = lists.filter(([, { access }]) => access !== 'service')

  test.each(ofPeople)('of %s have a limit from 1 to 100', async (_, endpoint) => {
    for (const limit of ['0', '-1', '101', '1000000000', '1e9', 'x', '', '1.5', 'NaN', 'Infinity', '-0', '10;--'])
      expectWrong(await sendFields(endpoint, { limit }), 'limit', limit)
    const twice = await send('GET', `${pathOf(endpoint)}?limit=1&limit=2`, undefined, {})
    expectWrong(twice, 'limit', 'twice')
  })

  test.each(lists)('of %s begin only where a page ended', async (_, endpoint) => {
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cursors = [
      'x',
      '%',
      'null',
      '{}',
      encoded(null),
      encoded([]),
      encoded({ length: 2, 0: 'a', 1: organizationId }),
      encoded([organizationId]),
      encoded(['2026-01-01', 'x']),
      encoded(['2026-01-01', `${organizationId}' or true`]),
      encoded(['2026-01-01', organizationId, 'more']),
      encoded([1, 2]),
      encoded(['\u0000', organizationId]),
      encoded([['a'], organizationId]),
      'c'.repeat(401),
    ]
    for (const cursor of cursors) expectWrong(await sendFields(endpoint, { cursor }), 'cursor', cursor)
  })
})

test.each([
  ['GET', '/api'],
  ['GET', '/api/'],
  ['GET', '/api/nothing'],
  ['POST', '/api/nothing'],
  ['DELETE', '/api/me'],
  ['PUT', '/api/organizations'],
  ['PATCH', '/api/organizations'],
  ['GET', '/api/Organizations'],
  ['GET', '/api/invitations/accept'],
  ['POST', '/api/auth/sign-up/email'],
  ['GET', '/api/auth/get-session'],
  ['GET', '/nothing'],
  ['GET', '/'],
])('%s %s is not found, as a problem', async (method, path) => {
  expectProblem(await send(method, path, method === 'GET' ? undefined : '{}'), 'not_found', path)
})

describe('another site', () => {
  const unsafe = byName(endpoints.filter(isUnsafe))
  const { host } = new URL(testBaseUrl)
  const others = [
    'https://evil.example',
    'null',
    '',
    `https://${host}`,
    `http://${host}:8080`,
    `http://${host}.evil.example`,
    `http://evil.${host}`,
    `${testBaseUrl}/`,
    `${testBaseUrl}, https://evil.example`,
  ]

  test.each(unsafe)('cannot make a browser call %s with our cookie', async (_, endpoint) => {
    const body = inQuery(endpoint) ? undefined : '{}'
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
    for (const origin of others) {
      const sent = await send(endpoint.method, pathOf(endpoint), body, { ...type, origin })
      expectProblem(sent, 'foreign_origin', origin)
    }
    expectProblem(await send(endpoint.method, pathOf(endpoint), body, type), 'foreign_origin', 'no origin')
  })

  test('cannot sign a browser in either, where there is no cookie yet', async () => {
    const body = JSON.stringify({ email: insider.email, password })
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' }
    expectProblem(await send('POST', '/api/sessions', body, headers, ''), 'foreign_origin', 'sign in')
  })

  test('may be no site at all: a program without a cookie needs no origin', async () => {
    const body = JSON.stringify({ email: insider.email, password })
    const sent = await send('POST', '/api/sessions', body, { 'content-type': 'application/json' }, '')
    expectProblem(sent, 'wrong_credentials', 'sign in')
  })

  test('is not let read our answers', async () => {
    const response = await fetch(`${site.url}/api/me`, {
      headers: { origin: 'https://evil.example', cookie: insider.cookie },
    })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})
