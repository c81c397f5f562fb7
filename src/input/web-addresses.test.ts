import { expect, test } from 'vitest'
import { readOptionalWebAddress, readWebAddress } from './web-addresses'

test.each([
  ['www.example.org', 'https://www.example.org'],
  ['  Example.ORG/Path?q=1#part ', 'https://example.org/Path?q=1#part'],
  ['example.org:8080', 'https://example.org:8080'],
  ['https://example.org', 'https://example.org'],
  ['HTTP://Example.org/', 'http://example.org/'],
  ['https://example.org:443/x', 'https://example.org/x'],
  ['https://почта.рф/о-нас', 'https://xn--80a1acny.xn--p1ai/о-нас'],
  ['müller.example', 'https://xn--mller-kva.example'],
  ['\u200bhttps://example.org/\u202c', 'https://example.org/'],
  ['https://example.org/a@b', 'https://example.org/a@b'],
  ['http://intranet/terms', 'http://intranet/terms'],
  ['https://192.0.2.1/x', 'https://192.0.2.1/x'],
  ['https://example.org,', 'https://example.org'],
  ['https://example.org/x.', 'https://example.org/x'],
  ['example.org.', 'https://example.org'],
  ['<https://example.org>', 'https://example.org'],
  ['“https://example.org”;', 'https://example.org'],
  ['(https://example.org/).', 'https://example.org/'],
  ['(https://example.org/Reef_(Palawan))', 'https://example.org/Reef_(Palawan)'],
  ['https://example.org/Reef_(Palawan)', 'https://example.org/Reef_(Palawan)'],
  ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ['*https://example.org*', 'https://example.org'],
  ['• www.example.org', 'https://www.example.org'],
  ['- example.org', 'https://example.org'],
  ['Website: www.example.org', 'https://www.example.org'],
  ['Web:https://example.org', 'https://example.org'],
  ['https://example.org/_x_', 'https://example.org/_x_'],
])('%j is read as %s', (typed, value) => {
  expect(readWebAddress(typed, 200)).toEqual({ value })
})

const none = 'Not a web address (https://…).'
const credentials = 'A web address cannot have a name or password in it.'
test.each([
  ['', none],
  ['example', none],
  ['our website', none],
  ['https://', none],
  ['https:///example.org', none],
  ['https://https://example.org', none],
  ['https//example.org', none],
  ['javascript:alert(1)', none],
  ['JavaScript://example.org/%0aalert(1)', none],
  ['javascript:1', none],
  ['javascript:example.org', none],
  ['localhost:8080', none],
  ['data:text/html,<script>', none],
  ['ftp://example.org', none],
  ['mailto:ana@example.org', none],
  ['//example.org', none],
  ['https://example.org/a b', none],
  ['https://example.org\\@evil.example', none],
  ['https://exa mple.org', none],
  ['https://[::1', none],
  ['https://example.org/\u202egro.live', 'Remove U+202E (right-to-left override) at character 21.'],
  ['https://user:secret@example.org', credentials],
  ['https://example.org@evil.example/', credentials],
  ['ana@example.org', credentials],
  [`https://example.org/${'w'.repeat(200)}`, 'At most 200 characters.'],
])('%j is none', (typed, problem) => {
  expect(readWebAddress(typed, 200)).toEqual({ problem })
})

test('where there may be none, an empty field says so, and what people write for it is told', () => {
  for (const empty of ['', '  ', '\u200b']) expect(readOptionalWebAddress(empty, 200)).toEqual({ value: '' })
  for (const nothing of ['-', '–', 'n/a', 'N/A', 'None'])
    expect(readOptionalWebAddress(nothing, 200)).toEqual({ problem: 'Leave this empty if there is none.' })
  expect(readOptionalWebAddress('none.example', 200)).toEqual({ value: 'https://none.example' })
})
