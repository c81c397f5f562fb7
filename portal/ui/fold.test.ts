import { expect, test } from 'vitest'
import { hasWords } from './fold'

test.each([
  ['Türkiye', 'turkiye'],
  ['Côte d’Ivoire', "cote d'ivoire"],
  ['Åland Islands', 'islands ALAND'],
  ['Curaçao', 'Curac\u0327ao'],
  ['Réunion', '\u202areunion\u202c'],
  ['Łukasz Straße', 'strasse, lukasz'],
  ['anything', ' '],
])('“%s” is found by “%s”', (text, typed) => {
  expect(hasWords(text, typed)).toBe(true)
})

test('every word has to be there', () => {
  expect(hasWords('Philippines', 'philippines islands')).toBe(false)
})
