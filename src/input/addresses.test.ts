import { expect, test } from 'vitest'
import { readAddress, readClaimedAddress, readDomain } from './addresses'

test.each([
  ['ana@example.org', 'ana@example.org'],
  [' Ana.Cruz@Example.ORG ', 'ana.cruz@example.org'],
  ['ana+reef@example.org', 'ana+reef@example.org'],
  ['a&b@example.org', 'a&b@example.org'],
  ['a/b=c@example.org', 'a/b=c@example.org'],
  ["o'brien@example.org", "o'brien@example.org"],
  ['_ana-@example.org', '_ana-@example.org'],
  ['ana@почта.рф', 'ana@xn--80a1acny.xn--p1ai'],
  ['ana@xn--80a1acny.XN--P1AI', 'ana@xn--80a1acny.xn--p1ai'],
  ['ana@müller.example', 'ana@xn--mller-kva.example'],
  ['ana@mu\u0308ller.example', 'ana@xn--mller-kva.example'],
  ['ana@例え。テスト', 'ana@xn--r8jz45g.xn--zckzah'],
  ['ana@نامه‌ای.com', 'ana@xn--mgba3gch31f060k.com'],
  ['Ana <ana@x.example>', 'ana@x.example'],
  ['"Cruz, Ana" <ana@x.example>;', 'ana@x.example'],
  ['ana@x.example <ana@x.example>', 'ana@x.example'],
  ["'ana@x.example' <ana@x.example>", 'ana@x.example'],
  ['<ana@x.example>', 'ana@x.example'],
  ['mailto:ana@x.example', 'ana@x.example'],
  ['<MAILTO:ana@x.example?subject=Hello%20there>', 'ana@x.example'],
  ['mailto:ana%2Breef@x.example', 'ana+reef@x.example'],
  ['“ana@x.example”', 'ana@x.example'],
  ["'ana@x.example'", 'ana@x.example'],
  ['`ana@x.example`', 'ana@x.example'],
  ['«ana@x.example»,', 'ana@x.example'],
  ['(ana@x.example).', 'ana@x.example'],
  ['ana@x.example,', 'ana@x.example'],
  ['ana@x.example;', 'ana@x.example'],
  ['ana@x.example.', 'ana@x.example'],
  ['\ufeff\u200bana@x.example\u00a0', 'ana@x.example'],
  ['\u202aana@x.example\u202c', 'ana@x.example'],
  ['ana@x.exam\u00adple\r\n', 'ana@x.example'],
  ['mailto://ana@x.example', 'ana@x.example'],
  ['Ana [mailto:ana@x.example]', 'ana@x.example'],
  ['[ana@x.example](mailto:ana@x.example)', 'ana@x.example'],
  ['[mailto:ana@x.example]', 'ana@x.example'],
  ['ana@x.example (Ana Cruz)', 'ana@x.example'],
  ['E-mail: ana@x.example', 'ana@x.example'],
  ['To: Ana <ana@x.example>', 'ana@x.example'],
  ['ana@x.example。', 'ana@x.example'],
  ['ana@x.example/', 'ana@x.example'],
  ['ana%40x.example', 'ana@x.example'],
  ['o\u2019brien@x.example', "o'brien@x.example"],
  ['ａｎａ＠ｘ．ｅｘａｍｐｌｅ', 'ana@x.example'],
  ['Ana.Cruz@X.example <ana.cruz@x.example>', 'ana.cruz@x.example'],
  ['"ana@x.example" <mailto:ana@x.example>', 'ana@x.example'],
  ['Ana Cruz (ana@x.example)', 'ana@x.example'],
  ['Ana (ana@x.example),', 'ana@x.example'],
  ['&lt;ana@x.example&gt;', 'ana@x.example'],
  ['Ana &lt;ana@x.example&gt;', 'ana@x.example'],
  ['<a href="mailto:ana@x.example?subject=Hi">Ana</a>', 'ana@x.example'],
  ['• ana@x.example', 'ana@x.example'],
  ['•\tAna <ana@x.example>', 'ana@x.example'],
  ['- ana@x.example', 'ana@x.example'],
  ['– ana@x.example', 'ana@x.example'],
  ['* ana@x.example', 'ana@x.example'],
  ['1. ana@x.example', 'ana@x.example'],
  ['*ana@x.example*', 'ana@x.example'],
  ['**ana@x.example**', 'ana@x.example'],
  ['_ana@x.example_', 'ana@x.example'],
  ['E\u2011Mail: ana@x.example', 'ana@x.example'],
  ['Email:ana@x.example', 'ana@x.example'],
  ['Эл. почта: ana@x.example', 'ana@x.example'],
  ['メール：ana@x.example', 'ana@x.example'],
  ['mailto: ana@x.example', 'ana@x.example'],
  ['ana@x.example、', 'ana@x.example'],
  ['「ana@x.example」', 'ana@x.example'],
])('%j is read as %s', (typed, value) => {
  expect(readAddress(typed)).toEqual({ value })
})

const none = 'Not an e-mail address.'
test.each([
  ['', none],
  ['ana', none],
  ['ana@', none],
  ['@example.org', none],
  ['ana@localhost', none],
  ['ana@example', none],
  ['ana@192.0.2.1', none],
  ['ana@０.1', none],
  ['ana@[192.0.2.1]', none],
  ['ana@example.org:25', none],
  ['ana@exam%41ple.org', none],
  ['ana@example.org/x', none],
  ['ana@-example.org', none],
  ['ana@xn--a.example', none],
  ['ana@a..b.example', none],
  ['.ana@example.org', none],
  ['ana.@example.org', none],
  ['a..b@example.org', none],
  ['ana cruz@example.org', none],
  ['"ana cruz"@example.org', none],
  ['a@b@example.org', none],
  ['ana@example.org, eve@example.org', none],
  ['Ana <ana@x.example>, Eve <eve@x.example>', none],
  ['ana@x.example <eve@evil.example>', none],
  ['[ana@x.example](mailto:eve@evil.example)', none],
  ['ana@x.example [eve@evil.example]', none],
  ['ana@x.example (eve@evil.example)', none],
  ['Ana Cruz ana@example.org', none],
  ['https://mail.example/?to=ana@x.example', none],
  ['//mail.example/?to=ana@x.example', none],
  ['mail.example/?to=ana@x.example', none],
  ['mail.example/@ana.example', none],
  ["'ana@x.example", none],
  ["ana@x.example'", none],
  ['`ana@x.example', none],
  ['*ana@x.example', none],
  ['Eve@x.example (ana@x.example)', none],
  ['<a href="mailto:eve@evil.example">ana@x.example</a>', none],
  ['ana@x.example\r\nBcc: eve@evil.example', none],
  ['иван@почта.рф', 'Before the @, an address has the letters a to z, digits and signs only.'],
  [`${'a'.repeat(250)}@example.org`, 'At most 254 characters.'],
])('%j is no address', (typed, problem) => {
  expect(readAddress(typed)).toEqual({ problem })
})

test('what is read is read as itself', () => {
  for (const address of ['a&b@example.org', 'ana@xn--mller-kva.example', '-@a-b.example', '_a@x.example'])
    expect(readAddress(address)).toEqual({ value: address })
})

test.each([
  ['ana@example.org', 'ana@example.org'],
  [' Ana@Example.org ', 'ana@example.org'],
  ['ana@müller.example', 'ana@xn--mller-kva.example'],
  ['ana@xn--mller-kva.example', 'ana@xn--mller-kva.example'],
])('of a provider’s claim %j, %s is taken', (claim, address) => {
  expect(readClaimedAddress(claim)).toBe(address)
})

test.each([
  '\u212aim@example.org',
  'kim@\u212aelp.example',
  'ana@example.org\r\n',
  'eve@evil.example\r\n@example.org',
  'ana@example.org\u0000',
  '\u200bana@example.org',
  'ana@exam\u00adple.org',
  'ａna@example.org',
  'Ana <ana@example.org>',
  'mailto:ana@example.org',
  'ana@example.org.',
  '"ana"@example.org',
  'anä@example.org',
  'ana',
  '',
  `${'a'.repeat(250)}@example.org`,
  undefined,
  null,
  42,
  ['ana@example.org'],
  { toString: () => 'ana@example.org' },
])('a provider’s claim %j is no address', (claim) => {
  expect(readClaimedAddress(claim)).toBeUndefined()
})

test.each([
  ['example.org', 'example.org'],
  [' @Example.ORG. ', 'example.org'],
  ['почта.рф', 'xn--80a1acny.xn--p1ai'],
  ['- “example.org”,', 'example.org'],
  ['Domain: example.org', 'example.org'],
  ['\u200bmüller.example,', 'xn--mller-kva.example'],
])('the domain %j is read as %s', (typed, value) => {
  expect(readDomain(typed)).toEqual({ value })
})

const noDomain = 'Not a domain, like example.org.'
test.each([
  ...['', '@', 'localhost', '1.2.3.4', 'a b.example', 'a@b', 'https://localhost/'].map((typed) => [typed, noDomain]),
  ['ana@example.org', 'Write only the domain: example.org'],
  ['mailto:ana@Müller.example', 'Write only the domain: müller.example'],
  ['https://example.org', 'Write only the domain: example.org'],
  ['<https://www.example.org/contact?x=1>', 'Write only the domain: example.org'],
  ['example.org/path', 'Write only the domain: example.org'],
  ['example.org:25', 'Write only the domain: example.org'],
  ['www.example.org', 'Write only the domain: example.org'],
  ['*.example.org', 'Write each domain by itself, without *.'],
])('%j is no domain, and told what to write', (typed, problem) => {
  expect(readDomain(typed!)).toEqual({ problem })
})
