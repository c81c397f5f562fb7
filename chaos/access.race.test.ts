import { expect, test } from 'vitest'
import { access, shortRun } from './access'
import { kinds } from './site'

// The short form of `npm run chaos -- access`.

test.each(kinds)('changes reach a service though servers die, signals are lost, and it fails: %s', async (kind) => {
  const { made, kills, hub, pairs, ends, settled, ...rest } = await access(kind, shortRun(kind))
  expect(rest).toMatchObject({ failures: [], wrongMessages: [], wrong: [], unlikeEvents: [], unproved: 0, broken: [] })
  expect(settled).toEqual(expect.any(Number))
  console.log(`${kind}: ${kills} kills, ${pairs} pairs, ${ends} ends of access`, made, hub)
})
