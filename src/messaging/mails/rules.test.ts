import { describe, expect, test } from 'vitest'
import { decideRetry, delays } from './rules'

describe('a mail that could not be sent', () => {
  test.each(delays.map((minutes, index) => [index + 1, minutes]))(
    'is tried again after failure %i, in %i minutes',
    (attempts, minutes) => {
      expect(decideRetry(attempts, { reason: 'away', permanent: false })).toBe(minutes)
    },
  )

  test('is tried less and less often, for about two days, and then given up', () => {
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    const days = delays.reduce((sum, minutes) => sum + minutes, 0) / 60 / 24
    expect(days).toBeGreaterThan(2)
    expect(days).toBeLessThan(2.5)
    expect(decideRetry(delays.length + 1, { reason: 'away', permanent: false })).toBeNull()
  })

  test('is given up at once where the recipient is refused for good', () => {
    expect(decideRetry(1, { reason: 'No such mailbox', permanent: true })).toBeNull()
  })
})
