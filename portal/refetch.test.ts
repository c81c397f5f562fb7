import { readdirSync, readFileSync } from 'node:fs'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { refetch } from './refetch'

const ending: (() => void)[] = []
afterEach(() => {
  for (const end of ending.splice(0)) end()
})

/** A query on the screen, and its pending responses in the order of the requests. */
function watchedQuery() {
  const client = new QueryClient()
  const answers: ((answer: string) => void)[] = []
  const watched = new QueryObserver(client, {
    queryKey: ['members'],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
  })
  const stop = watched.subscribe(() => {})
  ending.push(stop, () => client.clear())
  return { client, answers }
}

test('an answer that was on its way before the change is not taken', async () => {
  const { client, answers } = watchedQuery()
  expect(answers).toHaveLength(1)
  const asked = refetch(client)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[0]!('before')
  answers[1]!('after')
  await asked
  expect(client.getQueryData(['members'])).toBe('after')
})

test('a refetch that another one takes over ends with that one', async () => {
  const { client, answers } = watchedQuery()
  let ended = false
  const first = refetch(client).then(() => {
    ended = true
  })
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  const second = refetch(client)
  await vi.waitFor(() => expect(answers).toHaveLength(3))
  expect(ended).toBe(false)
  answers[2]!('current')
  await Promise.all([first, second])
  expect(client.getQueryData(['members'])).toBe('current')
})

test('everything is refetched through it', () => {
  const others = readdirSync('portal', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('refetch.'))
    .filter((name) => readFileSync(`portal/${name}`, 'utf8').includes('invalidateQueries'))
  expect(others).toEqual([])
})
