import { expect, test } from 'vitest'
import { Database } from './database'
import { sql } from './sql'
import { sqlStateOf } from './sqlstate'

test('only what PostgreSQL answered has a SQLSTATE', () => {
  expect(sqlStateOf({ code: '23505', severity: 'ERROR' })).toBe('23505')
  expect(sqlStateOf({ code: '0A000', severity: 'FEHLER' })).toBe('0A000')
  // Node's code for a broken pipe also has five letters.
  for (const code of ['EPIPE', 'EBADF', 'EBUSY', 'ECONNRESET', 44, undefined])
    expect(sqlStateOf(Object.assign(new Error('broken'), { code }))).toBeUndefined()
})

test.each(['EPIPE', 'ECONNRESET'])('a connection that broke with %s is not used again', async (code) => {
  const released: unknown[] = []
  const broken = Object.assign(new Error('broken'), { code })
  const pool = {
    connect: async () => ({
      query: () => Promise.reject(broken),
      release: (error?: unknown) => void released.push(error),
    }),
    end: async () => {},
  }
  await expect(new Database(pool, 'postgres').rows(sql`select 1`)).rejects.toBe(broken)
  expect(released).toEqual([broken])
})
