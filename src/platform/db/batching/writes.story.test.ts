import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../../tests/support/organizations'
import { openSite, type Site } from '../../../../tests/support/site'
import { gone, watchedPool } from '../../../../tests/support/watched-pool'
import { acceptInvitation, createInvitation } from '../../../membership/invitations/schema'
import { Database } from '../database'
import { sql } from '../sql'
import { bulk } from './writes'

let site: Site
let away = false
/** How often a connection was requested. */
let wanted = 0

beforeAll(async () => {
  const connecting = () => {
    wanted++
    if (away) throw gone()
  }
  site = await openSite({ database: (db) => new Database(watchedPool(db.pool, { connecting }), db.kind) })
  await site.db.rows(sql`
    create table steps (n int primary key, place int generated always as identity, follows int references steps deferrable initially deferred)`)
  await site.db.rows(sql`create table places (left_over int)`)
})
afterAll(async () => {
  const broken = await site.check()
  await site.close()
  expect(broken).toEqual([])
})
beforeEach(() => site.db.rows(sql`truncate steps`))

interface Step {
  id: string
  n: number
  transaction: string
}

const stepping = { id: 'uuid', n: 'int', follows: 'int' } as const
const steps = bulk<typeof stepping, Step>(
  stepping,
  (input) => sql`
    with ${input}, made as (
      insert into steps (n, follows) select n, nullif(follows, 0) from input where n <> 13 returning n
    )
    select input.id, n, pg_current_xact_id()::text as transaction from made join input using (n) order by n`,
)
const step = (n: number, { follows = 0 } = {}) => site.db.saveBatched(steps, { id: randomUUID(), n, follows })
const stepsMade = async () => (await site.db.rows<{ n: number }>(sql`select n from steps order by n`)).map(({ n }) => n)
const codesOf = (answers: PromiseSettledResult<unknown>[]) =>
  answers.map((answer) => (answer.status === 'fulfilled' ? 'saved' : (answer.reason.code as string)))

test('concurrent saves share one statement, and each gets its own result', async () => {
  const answers = await Promise.all([5, 3, 4].map((n) => step(n)))
  expect(answers.map((answer) => answer!.n)).toEqual([5, 3, 4])
  expect(new Set(answers.map((answer) => answer!.transaction)).size).toBe(1)
})

test('a save that finds its facts changed gives nothing, and the others are saved', async () => {
  const answers = await Promise.all([step(1), step(13), step(3)])
  expect(answers.map((answer) => answer?.n)).toEqual([1, undefined, 3])
  expect(await stepsMade()).toEqual([1, 3])
})

test('where there is not enough for all who save at once, as many are saved as there is for', async () => {
  await site.db.rows(sql`truncate places`)
  await site.db.rows(sql`insert into places values (2)`)
  const taking = bulk(
    { id: 'uuid' },
    (input) => sql`
      with ${input}, taken as (
        update places set left_over = left_over - wanted.n from (select count(*)::int as n from input) wanted
        where left_over >= wanted.n returning left_over
      )
      select input.id from input, taken`,
  )
  const answers = await Promise.all(Array.from({ length: 5 }, () => site.db.saveBatched(taking, { id: randomUUID() })))
  expect(answers.filter(Boolean)).toHaveLength(2)
  expect(await site.db.only(sql`select left_over from places`)).toEqual({ left_over: 0 })
})

test('no save waits for more than fifteen others', async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => n + 100)
  const answers = await Promise.all(numbers.map((n) => step(n)))
  expect(answers.map((answer) => answer!.n)).toEqual(numbers)
  expect(new Set(answers.map((answer) => answer!.transaction)).size).toBe(3)
})

test('what one saves and may not does the others no harm', async () => {
  await step(2)
  const answers = await Promise.allSettled([step(1), step(2), step(3)])
  expect(codesOf(answers)).toEqual(['saved', '23505', 'saved'])
  expect(await stepsMade()).toEqual([1, 2, 3])
})

test('a save is confirmed only after the commit, which may fail', async () => {
  const answers = await Promise.allSettled([step(1), step(2, { follows: 7 }), step(3)])
  expect(codesOf(answers)).toEqual(['saved', '23503', 'saved'])
  expect(await stepsMade()).toEqual([1, 3])
})

test('a database that goes away is reported to every pending save', async () => {
  away = true
  wanted = 0
  const answers = await Promise.allSettled([step(1), step(2), step(3)])
  away = false
  expect(codesOf(answers)).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'])
  expect(wanted).toBe(1)
  expect(await step(4)).toMatchObject({ n: 4 })
})

test('a crowd that comes at once with one code gets in as often as it has uses, and its members invite at once', async () => {
  const { id: organizationId, admin } = await acceptedOrganization(site)
  const { code } = await admin.call(createInvitation, { organizationId, uses: 20, grantsAdmin: true })
  const people = await Promise.all(Array.from({ length: 30 }, () => site.person()))
  const answers = await Promise.all(people.map((person) => person.try(acceptInvitation, { code })))
  const members = people.filter((_, index) => !answers[index]!.code)
  expect(members).toHaveLength(20)
  expect(new Set(answers.map((answer) => answer.code))).toEqual(new Set([undefined, 'invitation_used']))
  const invited = await Promise.all(members.map((person) => person.call(createInvitation, { organizationId })))
  expect(new Set(invited.map((invitation) => invitation.code)).size).toBe(20)
})

test('who accepts two invitations at once joins one organization', async () => {
  const codes = []
  for (let n = 0; n < 2; n++) {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    codes.push((await admin.call(createInvitation, { organizationId })).code)
  }
  const person = await site.person()
  const answers = await Promise.all(codes.map((code) => person.try(acceptInvitation, { code })))
  expect(answers.map((answer) => answer.code ?? 'joined').toSorted()).toEqual(['already_in_an_organization', 'joined'])
})

if (process.env.TEST_DATABASE === 'postgres') {
  test('a save that has to wait for a lock waits alone', async () => {
    await Promise.all([step(1), step(2)])
    const touching = { id: 'uuid', n: 'int' } as const
    const touches = bulk<typeof touching, { id: string; n: number }>(
      touching,
      (input) => sql`
        with ${input}, touched as (update steps s set follows = null from input where s.n = input.n returning s.n)
        select input.id, n from touched join input using (n)`,
    )
    const touch = (n: number) => site.db.saveBatched(touches, { id: randomUUID(), n })
    const holder = await site.db.pool.connect()
    await holder.query('begin')
    await holder.query('select from steps where n = 1 for update')
    const waiting = touch(1)
    const other = touch(2)
    let done = false
    void other.then(() => {
      done = true
    })
    // Shorter than the statement timeout, which would also end the wait.
    for (let turn = 0; !done && turn < 10_000; turn++) await holder.query('select')
    // Read before the commit: from then on a batch that waited would answer too, perhaps before the commit does.
    const answeredWhileLocked = done
    await holder.query('commit')
    holder.release()
    expect(answeredWhileLocked).toBe(true)
    expect(await other).toMatchObject({ n: 2 })
    expect(await waiting).toMatchObject({ n: 1 })
  })

  test('a connection lost on the way is reported to every save, and nothing is saved', async () => {
    const fatal = bulk(
      { id: 'uuid', n: 'int' },
      (input) => sql`
        with ${input}, made as (insert into steps (n) select n from input returning n)
        select gen_random_uuid() as id from made where pg_terminate_backend(pg_backend_pid())`,
    )
    const answers = await Promise.allSettled([1, 2, 3].map((n) => site.db.saveBatched(fatal, { id: randomUUID(), n })))
    expect(codesOf(answers)).toEqual(['57P01', '57P01', '57P01'])
    expect(await stepsMade()).toEqual([])
    expect(await Promise.all([step(3), step(4)])).toMatchObject([{ n: 3 }, { n: 4 }])
  })
}
