import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptInvitation, createInvitation } from '../invitations/schema'
import { acceptedOrganization } from '../testing/organizations'
import { openSite, type Site } from '../testing/site'
import { sql, text } from './sql'

let site: Site

beforeAll(async () => {
  site = await openSite()
  await site.db.rows(sql`
    create table steps (n int primary key, place int generated always as identity, follows int references steps deferrable initially deferred)`)
})
afterAll(async () => {
  const broken = await site.check()
  await site.close()
  expect(broken).toEqual([])
})
beforeEach(() => site.db.rows(sql`truncate steps`))

interface Step {
  n: number
  before: number
  transaction: string
}

const step = (n: number, { locks = '', follows = null as number | null } = {}) =>
  site.db.commit<Step>(
    sql`
      insert into steps (n, follows) values (${n}::int, ${follows}::int)
      returning n, (select count(*)::int from steps) as before, pg_current_xact_id()::text as transaction`,
    { locks },
  )
const steps = async () => (await site.db.rows<{ n: number }>(sql`select n from steps order by place`)).map(({ n }) => n)
const codesOf = (answers: PromiseSettledResult<unknown>[]) =>
  answers.map((answer) => (answer.status === 'fulfilled' ? 'saved' : (answer.reason.code as string)))

test('who saves at the same moment is saved in one transaction, each with his own answer', async () => {
  const answers = await Promise.all([5, 3, 4].map((n) => step(n)))
  expect(answers.map((answer) => answer!.n)).toEqual([5, 3, 4])
  expect(new Set(answers.map((answer) => answer!.transaction)).size).toBe(1)
})

test('each save sees what those before it did, in the order of what they lock', async () => {
  const answers = await Promise.all([step(1, { locks: 'c' }), step(2, { locks: 'a' }), step(3, { locks: 'b' })])
  expect(answers.map((answer) => answer!.before)).toEqual([2, 0, 1])
  expect(await steps()).toEqual([2, 3, 1])
})

test('a save that finds its facts changed gives nothing, and the others are saved', async () => {
  const nothing = site.db.commit(sql`insert into steps (n) select 2 where false returning n`, { locks: '' })
  const answers = await Promise.all([step(1), nothing, step(3)])
  expect(answers.map((answer) => answer && (answer as Step).n)).toEqual([1, undefined, 3])
  expect(await steps()).toEqual([1, 3])
})

test('nobody waits for more than fifteen others', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => step(n)))
  expect(answers.map((answer) => answer!.n)).toEqual(Array.from({ length: 40 }, (_, n) => n))
  expect(new Set(answers.map((answer) => answer!.transaction)).size).toBe(3)
})

test('what one saves and may not does the others no harm', async () => {
  await step(2)
  const answers = await Promise.allSettled([step(1), step(2), step(3)])
  expect(codesOf(answers)).toEqual(['saved', '23505', 'saved'])
  expect((await steps()).toSorted()).toEqual([1, 2, 3])
})

test('nobody is told that he is saved before the commit, which may fail', async () => {
  const answers = await Promise.allSettled([step(1), step(2, { follows: 7 }), step(3)])
  expect(codesOf(answers)).toEqual(['saved', '23503', 'saved'])
  expect((await steps()).toSorted()).toEqual([1, 3])
})

test('statements that a connection has not seen yet are understood, also after one that is nonsense', async () => {
  for (let round = 0; round < 20; round++) {
    const unseen = (n: number) =>
      site.db.commit<{ n: number }>(sql`select ${n}::int as n, ${text(String(n % 5))} as same`, { locks: `${n}` })
    const nonsense = site.db.commit(sql`select ${text(`nonsense_${round}`)}`, { locks: '2' })
    const answers = await Promise.allSettled([unseen(round), unseen(round + 1), nonsense, unseen(round + 2)])
    expect(codesOf(answers)).toEqual(['saved', 'saved', '42703', 'saved'])
    expect(await Promise.all([round, round + 1, round + 2].map((n) => unseen(n)))).toMatchObject(
      [round, round + 1, round + 2].map((n) => ({ n })),
    )
  }
})

test('a database that goes away is told to everybody who wanted to save', async () => {
  const connect = site.db.pool.connect
  let asked = 0
  site.db.pool.connect = () => {
    asked++
    return Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
  }
  const answers = await Promise.allSettled([step(1), step(2), step(3)])
  site.db.pool.connect = connect
  expect(codesOf(answers)).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'])
  expect(asked).toBe(1)
  expect(await step(4)).toMatchObject({ n: 4, before: 0 })
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
  test('who has to wait for somebody’s lock waits alone', async () => {
    await Promise.all([step(1), step(2)])
    const touch = (n: number) =>
      site.db.commit<{ n: number }>(sql`update steps set follows = null where n = ${n}::int returning n`, {
        locks: `${n}`,
      })
    const holder = await site.db.pool.connect()
    await holder.query('begin')
    await holder.query('select from steps where n = 1 for update')
    const waiting = touch(1)
    const others = Promise.all([touch(2), step(3)])
    let done = false
    void others.then(() => {
      done = true
    })
    for (let turn = 0; !done && turn < 100_000; turn++) await holder.query('select')
    await holder.query('commit')
    holder.release()
    expect(done).toBe(true)
    expect(await others).toMatchObject([{ n: 2 }, { n: 3 }])
    expect(await waiting).toEqual({ n: 1 })
  })

  test('a connection that is lost on the way is told to everybody, and nothing is saved', async () => {
    const fatal = site.db.commit(sql`select pg_terminate_backend(pg_backend_pid())`, { locks: 'b' })
    const answers = await Promise.allSettled([step(1, { locks: 'a' }), fatal, step(2, { locks: 'c' })])
    expect(codesOf(answers)).toEqual(['57P01', '57P01', '57P01'])
    expect(await steps()).toEqual([])
    expect(await Promise.all([step(3), step(4)])).toMatchObject([{ n: 3 }, { n: 4 }])
  })
}
