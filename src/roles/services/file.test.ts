import { expect, test } from 'vitest'
import { jsonOf, placeIn, textOf, WrongFile } from './file'
import { catalogueBytes } from './schema'

const utf16 = (text: string, mark = '\ufeff') => new Uint8Array(Buffer.from(mark + text, 'utf16le'))
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16())
const utf32 = (text: string) => new Uint8Array([...text].flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))
const text = '{"services": []}'

test('a file may begin with the mark of UTF-8', () => {
  expect(jsonOf(new TextEncoder().encode(`\ufeff${text}`))).toEqual({ services: [] })
  expect(textOf(new TextEncoder().encode('Łódź'))).toBe('Łódź')
})

test.each([
  ['UTF-16 of Notepad', utf16(text), 'This file is UTF-16. Save it as UTF-8.'],
  ['UTF-16, the other way round', swapped(utf16(text)), 'This file is UTF-16. Save it as UTF-8.'],
  ['UTF-16 without a mark', utf16(text, ''), 'This file is UTF-16. Save it as UTF-8.'],
  ['the same, the other way round', swapped(utf16(text, '')), 'This file is UTF-16. Save it as UTF-8.'],
  ['UTF-32', utf32(text), 'This file is UTF-32. Save it as UTF-8.'],
  [
    'Latin-1',
    new Uint8Array(Buffer.from('{"name": "José"}', 'latin1')),
    'This file is not UTF-8; it may be Latin-1 or Windows-1252. Save it as UTF-8.',
  ],
  ['no JSON', new TextEncoder().encode('name,key'), 'This file is not JSON: '],
  ['nothing', new Uint8Array(), 'This file is not JSON: '],
  [
    'too large',
    new Uint8Array(catalogueBytes + 1),
    'This file is too large: it has 21 MB, and a catalogue has at most 20 MB.',
  ],
])('%s is refused by its name', (_, bytes, sentence) => {
  expect(() => jsonOf(bytes)).toThrow(WrongFile)
  expect(() => jsonOf(bytes)).toThrow(sentence)
})

test.each([
  ['{"services":[{"key":"a","name":"A"}],"services":[]}', 'services: Specified more than once.'],
  ['{"services":[{"key":"a","name":"One","name":"Two"}]}', 'service 1 (a), name: Specified more than once.'],
  [
    '{"services":[{"key":"a","roles":[{"key":"b","k\\u0065y":"c"}]}]}',
    'service 1 (a), role 1 (c), key: Specified more than once.',
  ],
  ['{"services":[{"key":"a","__proto__":{}}]}', 'service 1 (a), __proto__: Unknown field.'],
])('of a field that is there twice none is taken, in the words of its place: %s', (text, sentence) => {
  expect(() => jsonOf(new TextEncoder().encode(text))).toThrow(`This file has an error at ${sentence}`)
})

test.each([
  ['services.1.roles.0.kind', 'service 2 (jupyter), role 1 (low), kind'],
  ['services.1.roles.0.limits.2.value', 'service 2 (jupyter), role 1 (low), number 3, value'],
  ['services.0.name', 'service 1, name'],
  ['', 'the file'],
])('the place %s is called %s', (path, place) => {
  const file = { services: [{}, { key: 'jupyter', roles: [{ key: 'low' }] }] }
  expect(placeIn(file, path)).toBe(place)
})
