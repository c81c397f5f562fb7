import { expect, test } from 'vitest'
import { Batcher } from './batcher'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('a batch goes once, also where it is full at the moment when those who wait have tired', async () => {
  const batches: number[][] = []
  let letGo!: () => void
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const gathering = new Batcher<number, number>(async (batch) => {
    batches.push(batch)
    await held
    return batch
  })
  const answers = [gathering.add(0)]
  await turn()
  await turn()
  answers.push(gathering.add(1))
  // Long enough for their patience, with nothing else done in the meantime; then the batch is full.
  const began = performance.now()
  while (performance.now() - began < 20);
  for (let n = 2; n <= 16; n++) answers.push(gathering.add(n))
  await turn()
  await turn()
  letGo()
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 17 }, (_, n) => n))
  expect(batches.map(({ length }) => length)).toEqual([1, 16])
})
