import { expect, test } from 'vitest'
import { operatorAddress } from './operator-address'

test.each([
  ['Olga <Olga@müller.example>', 'olga@xn--mller-kva.example'],
  ['mailto:olga@example.org', 'olga@example.org'],
  ['Olga', 'olga'],
])('the operator %s is looked for as %s', (typed, address) => {
  expect(operatorAddress(typed)).toBe(address)
})
