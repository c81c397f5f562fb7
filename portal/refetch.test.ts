import { readdirSync, readFileSync } from 'node:fs'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { refetch } from './refetch'

test('an answer that was on its way before the change is not taken', async () => {
  const client = new QueryClient()
  const answers: ((answer: string) => void)[] = []
  const watched = new QueryObserver(client, {
    queryKey: ['members'],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
  })
  const stop = watched.subscribe(() => {})
  expect(answers).toHaveLength(1)
  const asked = refetch(client)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[0]!('before')
  answers[1]!('after')
  await asked
  expect(client.getQueryData(['members'])).toBe('after')
  stop()
  client.clear()
})

test('a refetch that another one takes over ends with that one', async () => {
  const client = new QueryClient()
  const answers: ((answer: string) => void)[] = []
  const watched = new QueryObserver(client, {
    queryKey: ['members'],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
  })
  const stop = watched.subscribe(() => {})
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
  stop()
  client.clear()
})

test('everything is refetched through it', () => {
  const others = readdirSync('portal', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('refetch.'))
    .filter((name) => readFileSync(`portal/${name}`, 'utf8').includes('invalidateQueries'))
  expect(others).toEqual([])
})
