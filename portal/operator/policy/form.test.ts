import { expect, test } from 'vitest'
import type { SitePolicy } from '../../../src/identity/site/schema'
import { changesBetween, fieldOf, lengthInWords, policyOf, policyValuesOf, problemsOf } from './form'

const policy: SitePolicy = {
  secondFactor: 'optional',
  sessionIdleMinutes: 720,
  sessionHours: 168,
  registration: 'domain',
  registrationDomains: ['reef.example', 'coral.example'],
  terms: { version: '2', address: 'https://reef.example/terms' },
  identityChanges: 'accept',
}

test('a policy survives being typed', () => {
  expect(policyOf(policyValuesOf(policy))).toEqual(policy)
  const bare = { ...policy, terms: null, registrationDomains: [] }
  expect(policyOf(policyValuesOf(bare))).toEqual(bare)
})

test('lengths of time are in the largest unit that fits', () => {
  const idle = (minutes: number) => lengthInWords(policyValuesOf({ ...policy, sessionIdleMinutes: minutes }).idle)
  expect([5, 60, 90, 720, 1440, 43_200].map(idle)).toEqual([
    '5 minutes',
    '1 hour',
    '90 minutes',
    '12 hours',
    '1 day',
    '30 days',
  ])
})

test('domains are separated as people separate them', () => {
  const domains = ' reef.example,\n\n coral.example; @sea.example '
  expect(policyOf({ ...policyValuesOf(policy), domains }).registrationDomains).toEqual([
    'reef.example',
    'coral.example',
    'sea.example',
  ])
})

test('a list that was pasted loses its bullets and numbers', () => {
  for (const domains of [
    '- reef.example\n- coral.example',
    '1. reef.example\n2. coral.example',
    'reef.example、coral.example',
  ])
    expect(policyOf({ ...policyValuesOf(policy), domains })).toEqual(policy)
})

test('what cannot be read is an error before the dialog opens', () => {
  const typed = { ...policyValuesOf(policy), domains: 'reef.example coral', termsAddress: 'no address' }
  expect(problemsOf(typed)).toEqual({
    domains: 'Enter a domain, for example example.org.',
    termsAddress: 'Enter a valid URL (https://…).',
  })
  expect(problemsOf(policyValuesOf(policy))).toEqual({})
})

test('a domain that cannot be read is ignored where domains do not matter', () => {
  const open = { ...policyValuesOf(policy), registration: 'open' as const, domains: 'reef.example coral' }
  expect(problemsOf(open)).toEqual({})
  expect(policyOf(open).registrationDomains).toEqual(['reef.example'])
})

test('an address is saved in its normal form', () => {
  const typed = { ...policyValuesOf(policy), termsAddress: ' Reef.example/Terms ' }
  expect(policyOf(typed).terms?.address).toBe('https://reef.example/Terms')
})

test('errors are shown at their fields', () => {
  expect(
    ['registrationDomains.1', 'registration', 'terms.address', 'terms.version', 'sessionHours', ''].map(fieldOf),
  ).toEqual(['domains', 'registration', 'termsAddress', 'termsVersion', 'whole', undefined])
})

test('only what changes is listed', () => {
  expect(changesBetween(policy, policy)).toEqual([])
  expect(changesBetween(policy, { ...policy, sessionIdleMinutes: 60, terms: null })).toEqual([
    'Sign out after inactivity: 12 hours → 1 hour',
    'Terms: version 2, https://reef.example/terms → none',
  ])
})
