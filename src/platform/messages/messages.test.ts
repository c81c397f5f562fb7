import { afterEach, expect, test } from 'vitest'
import { formatMessage } from './format-message'
import { formatDate, formatList } from './intl'
import { setLocale } from './locale'
import { t } from './t'

afterEach(() => setLocale(() => 'en'))

const members = (count: number) => formatMessage('{count, plural, one {# member} other {# members}}', { count })

test('a message is its English text, with what its placeholders stand for', () => {
  expect(t('Request submitted.')).toBe('Request submitted.')
  expect(t('Remove {name} from {organization}?', { name: 'Ana', organization: '{name}' })).toBe(
    'Remove Ana from {name}?',
  )
})

test('plurals follow the rules of the language', () => {
  expect([members(0), members(1), members(1234)]).toEqual(['0 members', '1 member', '1,234 members'])
})

test('dates and lists are written in the language', () => {
  expect(formatDate(new Date('2026-11-28T12:00:00Z'), { dateStyle: 'long', timeZone: 'UTC' })).toBe('28 November 2026')
  expect(formatList(['a', 'b', 'c'])).toBe('a, b and c')
  expect(formatList(['a', 'b'], 'disjunction')).toBe('a or b')
})

test('in the pseudo-locale every sentence has accents, and what people wrote has none', () => {
  setLocale(() => 'en-XA')
  expect(t('Remove {name}?', { name: 'Ana' })).toBe('Ŕéɱóṽé Ana?')
  expect(members(2)).toBe('2 ɱéɱƀéŕš')
  expect(
    formatMessage('{who} has {kind, select, access {an access role} other {a quota role}}', {
      who: 'Ana',
      kind: 'access',
    }),
  ).toBe('Ana ĥáš áñ áççéšš ŕóļé')
  expect(formatList(['Ana', 'Ben'])).toBe('Ana áñđ Ben')
})
