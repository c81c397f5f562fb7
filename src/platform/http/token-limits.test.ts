import { describe, expect, test } from 'vitest'
import { Problem } from '../errors'
import { TokenLimits } from './token-limits'

describe.each([
  ['token', 'token_not_valid'],
  ['serviceKey', 'service_key_not_valid'],
] as const)('the limits of a %s', (kind, refusal) => {
  const refuses = () => Promise.reject(new Problem(refusal))

  test('ask the database once about one that was refused', async () => {
    const limits = new TokenLimits(kind)
    let asked = 0
    const ask = () => {
      asked++
      return refuses()
    }
    for (let time = 0; time < 100; time++)
      await expect(limits.run('ended', 'network', ask)).rejects.toMatchObject({ code: refusal })
    expect(asked).toBe(1)
    await expect(limits.run('good', 'network', async () => 'answer')).resolves.toBe('answer')
  })

  test('count one that was refused once, however many of its requests were under way', async () => {
    const limits = new TokenLimits(kind)
    for (const ended of ['one', 'two', 'three'])
      await Promise.allSettled(Array.from({ length: 20 }, () => limits.run(ended, 'network', refuses)))
    await expect(limits.run('good', 'network', async () => 'answer')).resolves.toBe('answer')
  })

  test('never ask about what cannot be one', async () => {
    const limits = new TokenLimits(kind)
    const work = () => Promise.resolve('answer')
    await expect(limits.run('', 'network', work)).rejects.toMatchObject({ code: refusal })
  })

  test('refuse a network that sent many wrong ones, except those that have worked, and no other network', async () => {
    const limits = new TokenLimits(kind)
    await limits.run('known', 'network', async () => 'answer')
    for (let wrong = 0; wrong < 30; wrong++)
      await expect(limits.run(`wrong ${wrong}`, 'network', refuses)).rejects.toMatchObject({ code: refusal })
    const work = () => Promise.resolve('answer')
    await expect(limits.run('good', 'network', work)).rejects.toMatchObject({ code: 'too_many_tries' })
    expect(await limits.run('good', 'another', work)).toBe('answer')
    await expect(limits.run('known', 'network', work)).resolves.toBe('answer')
    await expect(limits.run('known', 'network', refuses)).rejects.toMatchObject({ code: refusal })
    await expect(limits.run('known', 'network', work)).rejects.toMatchObject({ code: refusal })
  })
})
