import { expect, test } from 'vitest'
import { Bulkhead } from './bulkhead'

/** Work that ends on request. */
function piece() {
  let end!: (error?: Error) => void
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve())
  })
  return { end, ended }
}

/** Lets everything run that can. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('so much runs at once, so much waits in order, and the rest is refused at once', async () => {
  const turns = new Bulkhead(2, 3)
  const begun: number[] = []
  const pieces = Array.from({ length: 6 }, piece)
  const results = pieces.map(({ ended }, index) =>
    turns
      .run(async () => {
        begun.push(index)
        await ended
        return index
      })
      .catch((error: unknown) => error),
  )
  expect(await results[5]).toMatchObject({ code: 'too_busy', status: 503, retryAfter: 2 })
  expect(begun).toEqual([0, 1])
  pieces[1]!.end()
  await settle()
  expect(begun).toEqual([0, 1, 2])
  // What fails gives up its place too.
  pieces[0]!.end(new Error('broken'))
  await settle()
  expect(begun).toEqual([0, 1, 2, 3])
  for (const { end } of pieces) end()
  expect(await Promise.all(results.slice(1, 5))).toEqual([1, 2, 3, 4])
  expect(await results[0]).toMatchObject({ message: 'broken' })
})

test('places come back: later work runs as if nothing had been', async () => {
  const turns = new Bulkhead(1, 1)
  for (let round = 0; round < 10; round++) {
    const both = [turns.run(async () => 1), turns.run(async () => 2)]
    await expect(turns.run(async () => 3)).rejects.toMatchObject({ code: 'too_busy' })
    expect(await Promise.all(both)).toEqual([1, 2])
  }
})

test('tells when nothing runs any more', async () => {
  const turns = new Bulkhead(2, 2)
  await turns.ended()
  const pieces = Array.from({ length: 3 }, piece)
  for (const { ended } of pieces) void turns.run(() => ended)
  let over = false
  const ended = turns.ended().then(() => {
    over = true
  })
  for (const { end } of pieces) {
    await settle()
    expect(over).toBe(false)
    end()
  }
  await ended
})
