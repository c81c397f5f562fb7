import { expect, test } from 'vitest'
import { fitting, writtenOut } from './option-matching'

const labelled = (...labels: string[]) => labels.map((label) => ({ label }))
const labels = (found: { label: string }[]) => found.map(({ label }) => label)

test.each([
  ['Türkiye', 'turkiye'],
  ['Côte d’Ivoire', "cote d'ivoire"],
  ['Åland Islands', 'islands ALAND'],
  ['Curaçao', 'Curac\u0327ao'],
  ['Réunion', '\u202areunion\u202c'],
  ['Łukasz Straße', 'strasse, lukasz'],
  ['Antigua & Barbuda', 'antigua AND barbuda'],
  ['Antigua and Barbuda', 'Antigua & Barbuda'],
  ['St. Lucia', 'Saint Lucia'],
  ['Saint Lucia', 'St Lucia'],
  ['Saint Lucia', 'St'],
  ['U.S. Virgin Islands', 'us virgin'],
  ['Congo - Kinshasa', 'congo-kinshasa'],
  ['Netherlands', 'The Netherlands'],
  ['anything', ' '],
])('“%s” is found by “%s”', (label, typed) => {
  expect(labels(fitting(labelled(label), typed))).toEqual([label])
})

test('every word has to be there', () => {
  expect(fitting(labelled('Philippines'), 'philippines islands')).toEqual([])
})

test('the first is the one that was written out, then what is called so, then what begins with it, then the rest', () => {
  const all = [
    { label: 'Romania' },
    { label: 'Great Oman Sea' },
    { label: 'Omanis' },
    { label: 'Elsewhere', keywords: ['Oman'] },
    { label: 'Oman' },
    { label: 'Coded', keywords: ['OMN'] },
  ]
  expect(labels(fitting(all, 'oman'))).toEqual(['Oman', 'Elsewhere', 'Omanis', 'Great Oman Sea', 'Romania'])
  expect(labels(fitting(all, 'omn'))).toEqual(['Coded'])
  expect(labels(fitting(all, 'om'))).not.toContain('Coded')
})

test('what is typed out is the choice where it is the name of one only', () => {
  expect(writtenOut(labelled('José Cruz', 'Jose Cruz'), 'jose cruz')?.label).toBe('Jose Cruz')
  expect(writtenOut(labelled('José Cruz', 'Jóse Cruz'), 'jose cruz')).toBeUndefined()
  expect(writtenOut(labelled('José Cruz', 'Jose Cruzado'), 'jose cruz')?.label).toBe('José Cruz')
  expect(writtenOut(labelled('Philippines'), 'philip')).toBeUndefined()
})
