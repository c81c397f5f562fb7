import { expect, test } from 'vitest'
import { type EventItem, type EventKind, eventKinds } from '../../src/messaging/events/schema'
import type { CatalogueChange } from '../../src/roles/services/schema'
import { changeInWords, remarksOf } from './remarks'
import { eventSentence, kindOptions, organizationKindOptions } from './sentences'

const ana = { id: '1', firstName: 'Ana', lastName: 'Cruz' } as EventItem['actor']
const ben = { id: '2', firstName: 'Ben', lastName: '' } as EventItem['actor']

function event(kind: EventKind, given: Partial<EventItem> = {}): EventItem {
  const organization = { id: '3', name: 'Sea Watch' }
  return {
    id: '9',
    at: '2026-01-01T00:00:00Z',
    kind,
    actor: ana,
    token: null,
    subject: ben,
    organization,
    details: {},
    ...given,
  }
}

const reader = { kind: 'access', service: { key: 'maps', name: 'Maps' }, role: { key: 'reader', name: 'Reader' } }
const small = { kind: 'quota', service: { key: 'maps', name: 'Maps' }, role: { key: 'small', name: 'Small' } }

test.each<[EventKind, Partial<EventItem>, string]>([
  ['member_removed', {}, 'Ana Cruz removed Ben from Sea Watch.'],
  ['member_removed', { actor: null }, 'The system removed Ben from Sea Watch.'],
  ['member_removed', { organization: null }, 'Ana Cruz removed Ben from the organization.'],
  ['admin_granted', {}, 'Ana Cruz granted admin privileges to Ben.'],
  ['admin_revoked', {}, 'Ana Cruz revoked the admin privileges of Ben.'],
  // People who did it themselves are named once, whether they are the subject or not.
  ['admin_revoked', { subject: ana }, 'Ana Cruz gave up their admin privileges.'],
  ['member_left', { subject: ana }, 'Ana Cruz left Sea Watch.'],
  ['member_left', { subject: null }, 'Ana Cruz left Sea Watch.'],
  ['invitation_accepted', { subject: null }, 'Ana Cruz accepted an invitation and joined Sea Watch.'],
  ['invitation_accepted', {}, 'Ben accepted an invitation and joined Sea Watch.'],
  ['role_granted', { details: reader }, 'Ana Cruz granted Reader (access role on Maps) to Sea Watch.'],
  ['role_granted', {}, 'Ana Cruz granted a role to Sea Watch.'],
  [
    'role_requested',
    { details: { parts: [reader, small] } },
    'Ana Cruz requested Reader (access role on Maps) and Small (quota role on Maps) for Sea Watch.',
  ],
  ['role_request_withdrawn', {}, 'Ana Cruz withdrew Sea Watch’s request for a role.'],
  [
    'role_request_withdrawn',
    { details: reader },
    'Ana Cruz withdrew Sea Watch’s request for Reader (access role on Maps).',
  ],
  ['role_accepted', { subject: null }, 'Ana Cruz accepted a role requested by someone for Sea Watch.'],
  // Right-to-left names do not turn the rest of the sentence.
  ['handed_over', { organization: { id: '3', name: 'בית' } }, 'Ana Cruz handed \u2068בית\u2069 over to Ben.'],
])('%s with %j: %s', (kind, given, sentence) => {
  expect(eventSentence(event(kind, given))).toBe(sentence)
})

test.each(eventKinds)('%s is a sentence, whatever is missing', (kind) => {
  const nothing = { actor: null, subject: null, organization: null }
  for (const given of [{}, nothing, { details: { parts: [] } }, { details: { parts: [reader] } }])
    expect(eventSentence(event(kind, given))).toMatch(/^(?!.*undefined|.*null)\S.*\S\.$/)
})

const added: CatalogueChange = { what: 'role_added', service: 'maps', role: 'reader', fields: [] }

test.each<[EventItem['details'], string[]]>([
  [{}, []],
  [{ note: '', reason: '', changed: {}, changes: [], requests: [] }, []],
  [{ note: 'Ben', reason: 'Asked for' }, ['Note: Ben', 'Reason: Asked for']],
  [{ admin: false, removed: true }, ['Was removed from the organization before']],
  [{ limit: 0 }, ['Member limit: 0']],
  [{ limit: null }, []],
  [
    { requests: [{ parts: [reader] }, { parts: [small] }] },
    ['Requested roles: Reader (access role on Maps) and Small (quota role on Maps)'],
  ],
  [
    { changed: { city: { from: 'Manila', to: 'Cebu' }, taxId: { from: '7', to: '' } } },
    ['City: Manila → Cebu', 'Tax ID: 7 → none'],
  ],
  [{ changed: { other: { from: '', to: 'x' } } }, ['other: none → x']],
  [{ changes: Array(5).fill(added) }, Array(5).fill('Role reader of maps added')],
  [{ changes: Array(8).fill(added) }, [...Array(5).fill('Role reader of maps added'), '3 more changes']],
])('the remarks on %j are %j', (details, remarks) => {
  expect(remarksOf(event('organization_created', { details }))).toEqual(remarks)
})

test.each<[EventKind, string]>([
  ['service_key_created', 'Service key: Backup (storage)'],
  ['s3_key_created', 'S3 key: Backup (storage)'],
  ['s3_secret_shown', 'S3 key: Backup (storage)'],
])('the key of %s is “%s”', (kind, remark) => {
  const details = { keyId: '5', name: 'Backup', service: 'storage' }
  expect(remarksOf(event(kind, { details }))).toEqual([remark])
})

test('a token with which it was done is the first remark', () => {
  const token = { id: '4', name: 'Nightly sync' }
  expect(remarksOf(event('invitation_created', { token, details: { note: 'Ben' } }))).toEqual([
    'With the token Nightly sync',
    'Note: Ben',
  ])
})

test.each<[CatalogueChange, string]>([
  [added, 'Role reader of maps added'],
  [{ ...added, what: 'role_changed', fields: ['name', 'limits'] }, 'Role reader of maps changed: name, limits'],
  [{ what: 'service_retired', service: 'maps', role: null, fields: [] }, 'Service maps retired'],
])('%j is “%s”', (change, words) => {
  expect(changeInWords(change)).toBe(words)
})

test('the filter has every kind, once; an organization’s, only what can happen in one', () => {
  expect(kindOptions.map(({ value }) => value).sort()).toEqual([...eventKinds].sort())
  expect(new Set(kindOptions.map(({ label }) => label)).size).toBe(eventKinds.length)
  const within = organizationKindOptions.map(({ value }) => value)
  expect(within).toEqual(expect.arrayContaining(['member_left', 'account_disabled', 'account_deleted', 'role_granted']))
  for (const kind of ['account_registered', 'password_changed', 'catalogue_changed', 'operator_granted'])
    expect(within).not.toContain(kind)
})
