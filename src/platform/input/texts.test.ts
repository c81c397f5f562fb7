import { expect, test } from 'vitest'
import { inOneLine, readText } from './texts'

const line = (typed: string, max = 80) => readText(typed, 'line', 1, max)
const paragraph = (typed: string) => readText(typed, 'paragraph', 1, 80)

test.each([
  ['Persian, with a non-joiner', 'علی‌رضا'],
  ['Persian, with a joiner at the end of an abbreviation', '۱۳۴۵ ه‍.ش'],
  ['Sinhala', 'ශ්‍රී ලංකා'],
  ['Malayalam, a chillu of old', 'അരവിന്ദന്‍'],
  ['Devanagari', 'क्‍ष क्‌ष'],
  ['Bengali', 'র‍্যাব'],
  ['Khmer, with a space that is not seen', 'កម្ពុជា\u200bភាសា'],
  ['Arabic, with the sign before a number', '\u0600123'],
  ['a woman at a computer', 'Ana 👩🏽‍💻'],
  ['a family, and a rainbow', '👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥'],
  ['England', 'Reef 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
  ['a heart and a keycap', '❤️ 1️⃣'],
  ['an ideograph in its variant', '葛\u{e0100}城'],
  ['Mongolian', 'ᠠ\u180eᠠ'],
])('%s stays as it is', (_, text) => {
  expect(line(text)).toEqual({ value: text })
  expect(inOneLine(text)).toBe(text)
})

test.each([
  ['spaces around', '\u00a0 Reef Watch \ufeff', 'Reef Watch'],
  ['parts of a character', 'E\u0301mile', 'Émile'],
  ['soft hyphens', 'Donau\u00addampf\u00adschiff', 'Donaudampfschiff'],
  ['a variant of what has none', 'Reef\ufe0f', 'Reef'],
  [
    'line breaks of word processors',
    'Reef\u000bWatch\u2028of\u2029the\u0085sea\u000cside',
    'Reef Watch of the sea side',
  ],
  ['a non-joiner at the end of a word', 'علی\u200c رضا', 'علی رضا'],
  ['a joiner that was typed twice', 'علی\u200c\u200cرضا', 'علی\u200cرضا'],
])('of a line, %s are put right', (_, typed, value) => {
  expect(line(typed)).toEqual({ value })
})

const [ali, reza] = ['\u0639\u0644\u06cc', '\u0631\u0636\u0627']
const noa = '\u05e0\u05d5\u05e2\u05d4'

test.each([
  ['a cell of our own lists', `\u2068${ali} ${reza}\u2069`, `${ali} ${reza}`],
  ['a contact of a phone', '\u2068Ana\u2069', 'Ana'],
  ['a contact with its direction', `\u202b${ali} ${reza}\u202c`, `${ali} ${reza}`],
  ['a contact that is in one within the other', `\u202a\u2067${noa}\u2069\u202c`, noa],
  ['a sentence of ours', `Ask \u2068${ali}\u2069, or (\u2067${noa}\u2069).`, `Ask ${ali}, or (${noa}).`],
  ['half of it, up to a mark', `${ali}\u2069`, ali],
  ['half of it, from a mark on', '\u2068Ana', 'Ana'],
  ['a mail', 'J.\u2060R.\u2060R. Tolkien A/\u2060B', 'J.R.R. Tolkien A/B'],
  ['a keyboard, at the end', `${ali}\u200f`, ali],
  ['a keyboard, behind a comma', `${noa},\u200f ${noa} 12\u200f`, `${noa}, ${noa} 12`],
  ['a keyboard, between two scripts', `Reef\u200e ${ali}\u061c (Tide)`, `Reef ${ali} (Tide)`],
  ['a page, with invisible spaces', '\ufeff\u200b Ana\u00a0\u200b\t\u200e\n', 'Ana'],
  ['a page, with joiners that join nothing', 'Ana\u200d \u200c', 'Ana'],
  ['a word that ends in a joiner', '\u2068\u0647\u200d\u2069', '\u0647\u200d'],
])('of a line from %s, what was carried along goes', (_, typed, value) => {
  expect(line(typed)).toEqual({ value })
  expect(paragraph(typed)).toEqual({ value })
  expect(inOneLine(typed)).toBe(value)
})

test('what was carried along goes from the ends of every line', () => {
  const typed = `\u2068One\u2069\u200e\r\n \u200b${ali}\u200f\u2028\u202atwo\u202c\u200b\n\ufeffthree`
  expect(paragraph(typed)).toEqual({ value: `One\n ${ali}\ntwo\nthree` })
})

test.each([
  ['\r\n', '\n'],
  ['\r', '\n'],
  ['\u000b', '\n'],
  ['\u000c', '\n'],
  ['\u0085', '\n'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ['\t', '\t'],
])('in a text of several lines, %j is %j', (typed, written) => {
  expect(paragraph(`One${typed}two`)).toEqual({ value: `One${written}two` })
})

test.each([
  ['Ana\u202eCruz', 'U+202E (right-to-left override) at position 4'],
  ['  \u202eAna', 'U+202E (right-to-left override) at position 3'],
  ['👩🏽‍💻\u200bA', 'U+200B (zero-width space) at position 5'],
  ['Coral\u200dWatch', 'U+200D (zero-width joiner) at position 6'],
  ['Coral\u200cWatch', 'U+200C (zero-width non-joiner) at position 6'],
  ['Soft\u00adhy\u2066phen', 'U+2066 (left-to-right isolate) at position 8'],
  ['Soft\u2068hy\u2069phen', 'U+2068 (first strong isolate) at position 5'],
  ['Ana\u2069 Cruz', 'U+2069 (pop directional isolate) at position 4'],
  ['Ana \u202bCruz', 'U+202B (right-to-left embedding) at position 5'],
  ['Ana \u202bBen\u2069 Cruz', 'U+202B (right-to-left embedding) at position 5'],
  ['Co\u200fral', 'U+200F (right-to-left mark) at position 3'],
  ['Co\u200bral', 'U+200B (zero-width space) at position 3'],
  ['\u2068Ana\u202eCruz\u202c\u2069', 'U+202E (right-to-left override) at position 5'],
  [`\u202d${noa}\u202c`, 'U+202D (left-to-right override) at position 1'],
  [`${noa}\u202e`, 'U+202E (right-to-left override) at position 5'],
  ['A\u0000', 'U+0000 (null character) at position 2'],
  ['A\u0007B', 'U+0007 (control character) at position 2'],
  ['A\nB', 'U+000A (line break) at position 2'],
  ['A\tB', 'U+0009 (tab) at position 2'],
  ['A\ud800B', 'U+D800 (unpaired surrogate) at position 2'],
  ['A\u{e0041}', 'U+E0041 (tag character) at position 2'],
  ['\u3164', 'U+3164 (Hangul filler) at position 1'],
  ['\u2800', 'U+2800 (blank Braille pattern) at position 1'],
  ['A\u2062B', 'U+2062 (invisible character) at position 2'],
  [`🏴${'\u{e0061}'.repeat(7)}\u{e007f}`, 'U+E0061 (tag character) at position 2'],
])('%j is refused with the position', (typed, what) => {
  expect(line(typed)).toEqual({ problem: `Remove ${what}.` })
})

test('the place is that in the text as it was typed', () => {
  expect(paragraph('One\nt\u200ewo')).toEqual({ problem: 'Remove U+200E (left-to-right mark) at position 6.' })
  expect(line(' \u2068Ana\u2069 \u202eCruz')).toEqual({
    problem: 'Remove U+202E (right-to-left override) at position 8.',
  })
})

test('lengths are counted in code points, after everything is put right', () => {
  expect(line('🐠'.repeat(80))).toEqual({ value: '🐠'.repeat(80) })
  expect(line('🐠'.repeat(81))).toEqual({ problem: 'At most 80 characters.' })
  expect(line(`${'a\u00ad'.repeat(80)}`)).toEqual({ value: 'a'.repeat(80) })
  expect(line(' \u00ad ')).toEqual({ problem: 'Cannot be empty.' })
  expect(readText('ab', 'line', 3, 80)).toEqual({ problem: 'At least 3 characters.' })
})

test.each([
  ['\u202aana@example.org\u202c', 'ana@example.org'],
  ['Ana\u0000\u200b\ud800 Cruz\t\n', 'Ana Cruz'],
  ['Ana\r\nBcc: eve', 'Ana Bcc: eve'],
])('of %j in one line, %j is left', (text, left) => {
  expect(inOneLine(text)).toBe(left)
})

test('long runs of what hides are refused too', () => {
  for (const one of ['\u200d', '\u200cا', '\u{e0061}', '\ufe0f', '🏴\u{e0061}', '👩\u200d', '\u00ad'])
    expect(readText(one.repeat(30_000), 'line', 1, 80)).toHaveProperty('problem')
  for (const one of ['\u200b', '\u200f', '\u202a\u2069', '\u2068\u2069', ' \u200e'])
    expect(line(`A${one.repeat(10_000)}${noa.repeat(20)}A`)).toHaveProperty('problem')
})
