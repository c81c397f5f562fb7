import { describe, expect, test } from 'vitest'
import { failover } from './failover'
import { secondServers } from './second'
import { kinds } from './site'
import { killedStarts, states } from './starting'

// Short forms of `npm run chaos`: killed servers, and concurrent ones.

describe.each(kinds)('a start that is killed on its way, on the database: %s', (kind) => {
  test.each(Object.entries(states))('%s: the next one finds nothing half done', async (_, known) => {
    expect(await killedStarts(kind, 1, known)).toMatchObject({ recovered: 1, broken: [] })
  })
})

test('a second server on the directory of the embedded database is refused, and takes it over after a kill', async () => {
  expect(await secondServers(2)).toEqual({ refused: 2, takenOver: 2 })
})

test('two servers before a primary and its standby: either may be killed, and nothing that was acknowledged is lost', async () => {
  const { acknowledged, pause, lost, broken } = await failover(1)
  expect(acknowledged).toBeGreaterThan(50)
  expect(Number.isFinite(pause.primary) && Number.isFinite(pause.server)).toBe(true)
  expect({ lost, broken }).toEqual({ lost: 0, broken: [] })
})
