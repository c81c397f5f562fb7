import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, everyPage, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { listAccounts } from '../../identity/accounts/schema'
import { createInvitation, listInvitations } from '../../membership/invitations/schema'
import { listMemberships } from '../../membership/memberships/schema'
import { createOrganization, listOrganizations } from '../../membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../messaging/events/schema'
import { grantRole, listRoleAssignments } from '../../roles/role-assignments/schema'
import { listPendingRequests, listRoleRequests, requestRoles } from '../../roles/role-requests/schema'
import { listServices, saveService } from '../../roles/services/schema'
import { sql } from './sql'

const site = sharedSite()
let admin: Person
let operator: Person
let organizationId: string
const ids: Record<string, string> = {}

const names: [firstName: string, lastName: string][] = [
  ['Łukasz', 'Żółć'],
  ['José', 'Núñez'],
  ['Anke', 'Straße'],
  ['Åsa', 'Ørsted'],
  ['Þór', 'Æsir'],
  ['İpek', 'Işık'],
  ['Đặng', 'Thị Hoa'],
  ['Seán', 'O’Brien'],
  ['Σοφία', 'Λόγος'],
  ['Фёдор', 'Королёв'],
  ['علی', 'رضایی'],
  ['Zoe', 'Zimmer'],
  ['anna', 'Adams'],
]

beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Łódź Škola Straße'))
  for (const [firstName, lastName] of names) {
    const { id } = await newMember(site, organizationId, admin)
    ids[firstName] = id
    await site.db.rows(sql`update accounts set first_name = ${firstName}, last_name = ${lastName} where id = ${id}`)
  }
})

const members = async (q: string) =>
  (await admin.call(listMemberships, { organizationId, q })).items.map(({ account }) => account.firstName)

describe('a person is found', () => {
  test.each([
    ['lukasz', 'Łukasz'],
    ['ZOLC', 'Łukasz'],
    ['Jose', 'José'],
    ['Núñez José', 'José'],
    ['nunez, jose', 'José'],
    ['jose\u0301', 'José'],
    ['ＪＯＳＥ', 'José'],
    ['strasse', 'Anke'],
    ['STRASSE ank', 'Anke'],
    ['asa orsted', 'Åsa'],
    ['thor aesir', 'Þór'],
    ['ipek isik', 'İpek'],
    ['IPEK IŞIK', 'İpek'],
    ['dang hoa', 'Đặng'],
    ['obrien', 'Seán'],
    ["O'Brien", 'Seán'],
    ['O´Brien', 'Seán'],
    ['ΣΟΦΙΑ ΛΟΓΟΣ', 'Σοφία'],
    ['королев', 'Фёдор'],
    ['على', 'علی'],
    ['\u202aZimmer\u202c', 'Zoe'],
    ['Zim\u00admer', 'Zoe'],
    ['\ufeffzoe\u200b\u00a0zimmer\n', 'Zoe'],
  ])('by “%s”', async (q, firstName) => {
    expect(await members(q)).toEqual([firstName])
  })

  test('by an address as it was pasted, with invisible characters around it', async () => {
    await site.db.rows(sql`update accounts set email = 'zoe.pasted@example.org' where id = ${ids.Zoe!}`)
    for (const q of [
      '\u202azoe.pasted@example.org\u202c',
      'zoe.pasted\u200b@example.org',
      ' Zoe.Pasted@Example.org\t',
      'zoe zimmer pasted@',
    ])
      expect(await members(q)).toEqual(['Zoe'])
  })

  test('by all of the words, and by nothing that only looks like a pattern', async () => {
    expect(await members('Zimmer José')).toEqual([])
    for (const q of ['%', '_', '\\', '％', '.*']) expect(await members(q)).toEqual([])
    expect(await members(' , ')).toHaveLength(names.length + 1)
  })

  test('wherever people are listed', async () => {
    const found = {
      accounts: (await operator.call(listAccounts, { q: 'orsted asa' })).items.map(({ firstName }) => firstName),
      activity: (await admin.call(listOrganizationEvents, { organizationId, q: 'orsted asa' })).items.map(
        ({ kind }) => kind,
      ),
      site: (await operator.call(listEvents, { q: 'orsted asa' })).items.map(({ kind }) => kind),
    }
    expect(found).toEqual({
      accounts: ['Åsa'],
      activity: ['invitation_accepted'],
      site: ['invitation_accepted', 'account_registered'],
    })
  })
})

describe('by what people have at hand', () => {
  const people: [firstName: string, lastName: string, email: string][] = [
    ['Zoe', 'Zorn', 'zoe@xn--mller-kva.example'],
    ['Ana', 'Cruz', "ana.cruz+o'b@x.example"],
    ['철수', '김', 'kim@k.example'],
    ['さくら', '田中', 'tanaka@xn--r8jz45g.xn--zckzah'],
    ['小龍', '李', 'lee@l.example'],
    ['Jean Luc', 'Picard', 'jl@p.example'],
    ['Jean-Marc', 'Smith–Jones', 'jm@s.example'],
    ['St John', 'Ambrose', 'st@j.example'],
    ['J.R.R.', 'Tolkien', 'jrr@t.example'],
    ['علی رضا', 'ک', 'ali@r.example'],
    ['امیر\u200cحسین', 'ن', 'amir@r.example'],
    ['محمـد', 'م', 'mohammed@m.example'],
    ['احمد', 'ب', 'ahmed@m.example'],
    ['Gal·la', 'Placídia', 'galla@g.example'],
    ['D＇Arcy', 'Fitz (Bill)', 'fitz@f.example'],
  ]
  let id: string
  let by: Person
  beforeAll(async () => {
    ;({ id, admin: by } = await acceptedOrganization(site))
    for (const [firstName, lastName, email] of people) {
      const { id: accountId } = await newMember(site, id, by)
      await site.db.rows(sql`
        update accounts set first_name = ${firstName}, last_name = ${lastName}, email = ${email} where id = ${accountId}`)
    }
  })
  const found = async (q: string) =>
    (await by.call(listMemberships, { organizationId: id, q })).items.map(({ account }) => account.firstName)

  test.each([
    ['zoe@müller.example', 'Zoe'],
    ['Zoe Zorn <zoe@MÜLLER.example>', 'Zoe'],
    ['müller.example', 'Zoe'],
    ['müller', 'Zoe'],
    ['Zoë müller', 'Zoe'],
    ['@müller.ex', 'Zoe'],
    ['zoe@mül', 'Zoe'],
    ['xn--mller-kva.example', 'Zoe'],
    ['zorn zoe@xn--mller', 'Zoe'],
    ['例え.テスト', 'さくら'],
    ['tanaka@例え。テスト', 'さくら'],
    ["<ana.cruz+o'b@x.example>", 'Ana'],
    ["Ana Cruz <ana.cruz+o'b@x.example>", 'Ana'],
    ['"Cruz, Ana" <ana.cruz+o\'b@x.example>;', 'Ana'],
    ["mailto:ana.cruz+o'b@x.example", 'Ana'],
    ["(ana.cruz+o'b@x.example)", 'Ana'],
    ["ana.cruz+o'b@x.example.", 'Ana'],
    ['Cruz: ana.cruz+o’b@x.example, Ana', 'Ana'],
    ['mailto:ana.cruz+', 'Ana'],
    ['mailto:ana.cruz+o', 'Ana'],
    ['(ana.cruz+o’b@', 'Ana'],
    ['ana.cruz', 'Ana'],
    ['Cruz/Ana', 'Ana'],
    ['Ana & Cruz', 'Ana'],
    ['*Ana_Cruz*', 'Ana'],
    ['Ana__Cruz', 'Ana'],
    ['“Cruz”…Ana', 'Ana'],
    ['김철수', '철수'],
    ['철수김', '철수'],
    ['김 철수', '철수'],
    ['田中さくら', 'さくら'],
    ['さくら田中', 'さくら'],
    ['田中・さくら', 'さくら'],
    ['李小龍', '小龍'],
    ['小龍李', '小龍'],
    ['Jean-Luc', 'Jean Luc'],
    ['Picard, Jean‐Luc', 'Jean Luc'],
    ['Jean Marc Smith Jones', 'Jean-Marc'],
    ['jeanmarc', 'Jean-Marc'],
    ['Smith-Jones', 'Jean-Marc'],
    ['Smith—Jones', 'Jean-Marc'],
    ['St. John', 'St John'],
    ['JRR Tolkien', 'J.R.R.'],
    ['J. R. R. Tolkien', 'J.R.R.'],
    ['علی\u200cرضا', 'علی رضا'],
    ['علی رضا', 'علی رضا'],
    ['امیر حسین', 'امیر\u200cحسین'],
    ['امیرحسین', 'امیر\u200cحسین'],
    ['محمد', 'محمـد'],
    ['احمـد', 'احمد'],
    ['Galla', 'Gal·la'],
    ['Gal·la', 'Gal·la'],
    ['Gaŀla', 'Gal·la'],
    ["D'Arcy", 'D＇Arcy'],
    ['darcy', 'D＇Arcy'],
    ['D＇Arcy', 'D＇Arcy'],
    ['Bill Fitz', 'D＇Arcy'],
    ['［Bill］', 'D＇Arcy'],
  ])('“%s” finds %s', async (q, firstName) => {
    expect(await found(q)).toEqual([firstName])
  })

  test.each(['김수', '龍李小', 'ana.cruz@x.example', 'zoe@müllex', 'nac', 'cruzana', 'Ana_', 'Cruz#', '&', '*'])(
    '“%s” finds no one',
    async (q) => {
      expect(await found(q)).toEqual([])
    },
  )

  test('accounts, activity, invitations and organizations are found so, too', async () => {
    await by.call(createInvitation, { organizationId: id, boundTo: { domain: 'müller.example' } })
    await (await site.person()).call(createOrganization, details('Saint-Exupéry (L’Aéro·Club)'))
    const counts = {
      accounts: (await operator.call(listAccounts, { q: '김철수' })).items.length,
      events: (await by.call(listOrganizationEvents, { organizationId: id, q: '田中さくら' })).items.length,
      invitations: (await by.call(listInvitations, { organizationId: id, q: 'müller.example' })).items.length,
      organizations: (await operator.call(listOrganizations, { q: 'aeroclub saint exupery' })).items.length,
    }
    expect(counts).toEqual({ accounts: 1, events: 1, invitations: 1, organizations: 1 })
  })

  test('a domain is read back as it was written, and what is none stays', async () => {
    const domains = [
      'müller.example',
      '例え.テスト',
      'почта.рф',
      'نامه‌ای.com',
      'bücher-straße.de',
      '🐠.example',
      'a.みんな',
    ]
    for (const domain of domains) {
      const ascii = new URL(`http://${domain}`).hostname
      const { letters } = await site.db.only<{ letters: string }>(sql`select in_letters(${`a@${ascii}`}) as letters`)
      expect(letters).toBe(`a@${domain}`)
    }
    for (const odd of ['a@xn--.example', 'a@xn--99999999999.example', `a@xn--${'z'.repeat(59)}`]) {
      const { letters } = await site.db.only<{ letters: string }>(sql`select in_letters(${odd}) as letters`)
      expect(letters).toBe(odd)
    }
  })
})

test('organizations, invitations, requests and roles are found by words without their accents', async () => {
  const { changes } = await operator.call(saveService, {
    key: 'images',
    name: 'Übersicht',
    roles: [{ key: 'viewer', kind: 'access', name: 'Señor viewer' }],
  })
  expect(changes).toHaveLength(2)
  const { id: serviceId, roles } = (await operator.call(listServices, {})).services.find(({ key }) => key === 'images')!
  await admin.call(createInvitation, { organizationId, note: 'Für Zoë', boundTo: { domain: 'example.org' } })
  const request = { organizationId, serviceId, accessRoleId: roles[0]!.id, description: 'Zähler für Façaden' }
  await admin.call(requestRoles, request)
  const counts = {
    organizations: (await operator.call(listOrganizations, { q: 'strasse LODZ' })).items.length,
    invitations: (await admin.call(listInvitations, { organizationId, q: 'zoe @example.org fur' })).items.length,
    requests: (await admin.call(listRoleRequests, { organizationId, q: 'facaden ubersicht' })).items.length,
    pending: (await operator.call(listPendingRequests, { q: 'ubersicht skola' })).items.length,
  }
  expect(counts).toEqual({ organizations: 1, invitations: 1, requests: 1, pending: 1 })
  await asSeen(operator).call(grantRole, { organizationId, roleId: roles[0]!.id, reason: 'A partner.' })
  const held = async (q: string) => (await admin.call(listRoleAssignments, { organizationId, q })).items.length
  expect([await held('senor ubersicht'), await held('nothing')]).toEqual([1, 0])
})

describe('by name', () => {
  test('members come as people sort, page by page: Å beside A, capitals beside small letters', async () => {
    const pages = await everyPage((cursor) =>
      admin.call(listMemberships, { organizationId, sort: 'name', limit: 3, ...cursor }),
    )
    const sorted = pages.flat().map(({ account }) => account.firstName)
    const latin = sorted.filter((name) => name !== admin.name && /^\p{Script=Latin}/u.test(name))
    expect(latin).toEqual(['Anke', 'anna', 'Åsa', 'Đặng', 'İpek', 'José', 'Łukasz', 'Seán', 'Zoe', 'Þór'])
    expect(new Set(sorted).size).toBe(names.length + 1)
    expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 3, 2])
  })

  test('organizations too, and those with one name by their ids', async () => {
    const wanted = ['Zeta tide', 'ålesund tide', 'Atoll tide', 'Éclair tide', 'Fjord tide', 'zeta tide II']
    for (const name of wanted) await (await site.person()).call(createOrganization, details(name))
    const pages = await everyPage((cursor) =>
      operator.call(listOrganizations, { q: 'tide', sort: 'name', limit: 2, ...cursor }),
    )
    expect(pages.flat().map(({ name }) => name)).toEqual([
      'ålesund tide',
      'Atoll tide',
      'Éclair tide',
      'Fjord tide',
      'Zeta tide',
      'zeta tide II',
    ])
  })
})
