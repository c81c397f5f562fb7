import { expect, test } from 'vitest'
import { roleLimitText } from './role-limit-text'

test.each([
  [{ name: 'S3 requests', value: 400, unit: '1/min' }, '400/min'],
  [{ name: 'S3 requests', value: 2000, unit: '1/min' }, '2,000/min'],
  [{ name: 'Memory', value: 32000, unit: 'MB' }, '32,000 MB'],
  [{ name: 'Zipper sessions', value: 1, unit: 'session' }, '1'],
  [{ name: 'Instances', value: 10, unit: '' }, '10'],
  [{ name: 'Ratio', value: 0.25, unit: '' }, '0.25'],
  [{ name: 'Transfer', value: null, unit: 'TB/month' }, 'Unlimited'],
])('%j is written %s', (limit, text) => {
  expect(roleLimitText(limit)).toBe(text)
})
