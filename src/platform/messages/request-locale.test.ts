import { expect, test } from 'vitest'
import { preferredLocale } from './request-locale'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de-DE, fr;q=0.8', 'en'],
  ['en-XA', 'en-XA'],
  ['en-xa', 'en-XA'],
  ['de, en-XA;q=0.5', 'en-XA'],
  ['en, en-XA;q=0.5', 'en'],
  ['en-XA;q=0', 'en'],
  ['*', 'en'],
  ['en-XA,'.repeat(2500), 'en'],
])('Accept-Language %j is answered in %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})
