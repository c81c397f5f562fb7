import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSite, type Site } from '../../../../tests/support/site'
import { gone, watchedPool } from '../../../../tests/support/watched-pool'
import { getMe } from '../../../membership/me/schema'
import { type Connection, Database } from '../database'
import { matches } from '../search'
import { sql } from '../sql'

let site: Site
/**
 * The texts of the statements that reached the database, and the results that are held back until they are released.
 */
let sent: string[] = []
let held: { text: string; letGo: () => void }[] = []
let holding = (_: string) => false
let away = false

beforeAll(async () => {
  const watch = {
    connecting() {
      if (away) throw gone()
    },
    async query(text: string, run: () => ReturnType<Connection['query']>) {
      sent.push(text)
      const answer = run()
      if (holding(text)) await new Promise<void>((letGo) => held.push({ text, letGo }))
      return answer
    },
  }
  site = await openSite({ database: (db) => new Database(watchedPool(db.pool, watch), db.kind) })
})
afterAll(() => site.close())
beforeEach(() => {
  sent = []
  held = []
  holding = () => false
})

const double = (n: number) => site.db.loadBatched<{ doubled: number }>(sql`select ${n}::int * 2 as doubled`)
const doubles = (numbers: number[]) => Promise.all(numbers.map(async (n) => (await double(n)).doubled))

test('concurrent reads of one kind share one statement, and each gets its own result', async () => {
  await doubles([0, 1])
  sent = []
  expect(await doubles([5, 3, 4])).toEqual([10, 6, 8])
  expect(sent).toHaveLength(1)
})

test('no read waits for more than fifteen others', async () => {
  await doubles([0, 1])
  sent = []
  const numbers = Array.from({ length: 40 }, (_, n) => n)
  expect(await doubles(numbers)).toEqual(numbers.map((n) => n * 2))
  expect(sent).toHaveLength(3)
})

test('values of every type arrive as they do alone', async () => {
  const ask = (whole: number, words: string | null, bytes: Uint8Array, at: Date, yes: boolean, json: string) =>
    site.db.loadBatched(sql`
      select ${whole}::int as whole, ${words}::text as words, encode(${bytes}::bytea, 'hex') as bytes, ${at}::timestamptz as at,
        ${yes}::boolean as yes, ${json}::jsonb as json`)
  const words = fc.option(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', '')))
  const values = fc.tuple(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.oneof(words, fc.constantFrom('null', '', '{}', '","', '\\', '"', ' ')),
    fc.uint8Array({ maxLength: 20 }),
    fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.boolean(),
    fc.json().filter((text) => !text.includes('\\u0000')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(values, { minLength: 2, maxLength: 6 }), async (asked) => {
      const together = await Promise.all(asked.map((one) => ask(...one)))
      const alone = []
      for (const one of asked) alone.push(await ask(...one))
      expect(together).toEqual(alone)
    }),
    { numRuns: 60 },
  )
})

test('what one asks for and cannot be does the others no harm', async () => {
  const ask = (text: string) => site.db.loadBatched<{ n: number }>(sql`select ${text}::text::int as n`)
  const [first, second, third] = await Promise.allSettled([ask('1'), ask('two'), ask('3')])
  expect([first, third]).toEqual([1, 3].map((n) => ({ status: 'fulfilled', value: { n } })))
  expect(second).toMatchObject({ status: 'rejected', reason: { code: '22P02' } })
})

test('a search does not wait for another search', async () => {
  const search = (name: string) =>
    site.db.loadBatched<{ found: boolean }>(sql`select ${matches(sql`${name}::text`, 'a')} as found`)
  await Promise.all([search('a'), search('b')])
  sent = []
  expect(await Promise.all([search('ab'), search('b')])).toEqual([{ found: true }, { found: false }])
  expect(sent).toHaveLength(2)
})

test('a list among the values is asked for alone', async () => {
  const ask = (numbers: number[]) => site.db.loadBatched(sql`select cardinality(${numbers}::int[]) as length`)
  expect(await Promise.all([ask([1, 2]), ask([]), ask([3])])).toEqual([{ length: 2 }, { length: 0 }, { length: 1 }])
})

test('who comes later waits for those who are on their way, but not for ever', async () => {
  await doubles([0, 1])
  holding = (text) => text.includes('* 2')
  const slow = double(1)
  while (held.length === 0) await new Promise(setImmediate)
  holding = () => false
  sent = []
  const later = doubles([2, 3])
  // On the embedded database, no statement can overtake another: it has one connection.
  let overtook = site.db.kind === 'embedded'
  void later.then(() => {
    overtook = true
  })
  for (let turn = 0; !overtook && turn < 1_000_000; turn++) await new Promise(setImmediate)
  for (const { letGo } of held) letGo()
  expect(overtook).toBe(true)
  expect(await slow).toEqual({ doubled: 2 })
  expect(await later).toEqual([4, 6])
  expect(sent).toHaveLength(1)
})

test('what was done before is seen, also by who asks together with others', async () => {
  await site.db.rows(sql`create table steps (n int)`)
  const count = () => site.db.loadBatched<{ n: number }>(sql`select count(*)::int as n from steps where n > ${-1}::int`)
  for (let step = 1; step <= 20; step++) {
    const before = count()
    await site.db.rows(sql`insert into steps values (${step})`)
    expect((await Promise.all([count(), count(), before])).slice(0, 2)).toEqual([{ n: step }, { n: step }])
  }
})

test('many people at once get each their own account, and those without a session none', async () => {
  const people = await Promise.all(Array.from({ length: 30 }, () => site.person()))
  const everyone = Array.from({ length: 5 }, () => [...people, site.anonymous]).flat()
  const answers = await Promise.all(everyone.map((person) => person.try(getMe, {})))
  expect(answers.map(({ body, code }) => code ?? body.account.id)).toEqual(
    everyone.map(({ id }) => id || 'not_signed_in'),
  )
})

test('a database that goes away is reported to every pending read', async () => {
  await doubles([0, 1])
  away = true
  const answers = await Promise.allSettled([double(1), double(2), double(3)])
  away = false
  expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual(
    Array.from({ length: 3 }, () => 'ECONNREFUSED'),
  )
  expect(await doubles([4])).toEqual([8])
})

if (process.env.TEST_DATABASE === 'postgres') {
  test('a read that runs into the timeout fails alone', async () => {
    const slowly = (n: number) =>
      site.db.loadBatched<{ n: number }>(
        sql`select ${n}::int as n, case ${n}::int when 2 then pg_sleep(600) end as slept`,
      )
    await Promise.all([slowly(0), slowly(1)])
    let over = false
    const asked = Promise.allSettled([slowly(1), slowly(2), slowly(3)]).finally(() => {
      over = true
    })
    // As PostgreSQL does after half a minute: first it cancels the three together, then the slow one.
    let last = '-infinity'
    // Each only once: a second signal would hit the connection's next statement.
    const cancel = () =>
      site.db.rows<{ began: string }>(sql`
        with slow as materialized (
          select pid, query_start::text as began from pg_stat_activity
          where datname = current_database() and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()
            and wait_event = 'PgSleep' and query_start > ${last}::timestamptz
        )
        select began from slow where pg_cancel_backend(pid)`)
    for (let ended = 0; ended < 2 && !over; ) {
      const [cancelled] = await cancel()
      if (!cancelled) continue
      last = cancelled.began
      ended++
    }
    const [first, second, third] = await asked
    expect([first, third]).toMatchObject([1, 3].map((n) => ({ status: 'fulfilled', value: { n } })))
    expect(second).toMatchObject({ status: 'rejected', reason: { code: '57014' } })
  })
}
