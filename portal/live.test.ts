import { expect, test, vi } from 'vitest'
import { gathering, waitBefore } from './live'

test.each([
  [0, 0, 750],
  [0, 0.5, 1000],
  [0, 1, 1250],
  [1, 0.5, 2000],
  [4, 0.5, 16_000],
  [5, 0.5, 30_000],
  [50, 0, 22_500],
  [50, 1, 37_500],
])('attempt %i, at random %d, waits %i milliseconds', (attempt, random, wait) => {
  expect(waitBefore(attempt, random)).toBe(wait)
})

test('changes that come together are reported once, and the next ones again', async () => {
  let calls = 0
  const { change } = gathering(() => calls++)
  for (const round of [1, 2]) {
    change()
    change()
    expect(calls).toBe(round - 1)
    await vi.waitFor(() => expect(calls).toBe(round))
  }
})

test('pending changes are not reported after the end', async () => {
  let calls = 0
  const over = gathering(() => calls++)
  over.change()
  over.stop()
  let later = 0
  gathering(() => later++).change()
  await vi.waitFor(() => expect(later).toBe(1))
  expect(calls).toBe(0)
})
