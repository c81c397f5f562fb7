import { closedLoop, median, quantile, type Work } from './loop'
import { openBare } from './operations/bare'
import { openBetterAuth } from './operations/better-auth'
import { openGuildhall } from './operations/guildhall'
import { type Operation, operations, type Subject } from './operations/subject'
import { type Hall, openHall } from './stand'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : Number(process.env.ROUNDS ?? 5)
const connections = 32
const names = Object.keys(operations) as Operation[]
/** Requests in a round: enough for a second or two of the fastest. */
const amounts: Record<Operation, number> = {
  W1: 6000,
  'W2 first': 2000,
  'W2 last': 2000,
  W3: 3000,
  W4: 2000,
  W5: 2000,
  W6: 2500,
}
const amountOf = (subject: Subject, operation: Operation) =>
  Math.round(amounts[operation] / (subject.name === 'better auth' ? 8 : 1) / (quick ? 4 : 1))

/** One operation of one subject, over all rounds. */
class Series {
  /** Milliseconds of processor time per request, of the server and of the database, by round. */
  readonly server: number[] = []
  readonly database: number[] = []
  readonly perSecond: number[] = []
  readonly took: number[] = []
  statements = 0

  get cpu(): number {
    return median(this.total)
  }

  get total(): number[] {
    return this.server.map((value, round) => value + this.database[round]!)
  }
}

let acknowledged: Map<string, { W3: number; W4: number }>

function workOf(subject: Subject, operation: Operation): () => Work {
  const counting = (one: Exclude<Operation, 'W6'>): Work => {
    const work = subject.work(one)
    if (one !== 'W3' && one !== 'W4') return work
    return {
      ...work,
      check(answer) {
        work.check(answer)
        acknowledged.get(subject.name)![one]++
      },
    }
  }
  if (operation !== 'W6') return () => counting(operation)
  const turns = ['W1', 'W1', 'W1', 'W1', 'W2 first', 'W2 first', 'W5', 'W5', 'W3', 'W4'] as const
  let turn = 0
  return () => counting(turns[turn++ % turns.length]!)
}

async function round(hall: Hall, subject: Subject, operation: Operation, series: Series): Promise<void> {
  const amount = amountOf(subject, operation)
  await subject.client.query('select pg_stat_statements_reset()')
  const before = hall.cpu(subject)
  const began = performance.now()
  const took = await closedLoop(subject.url, { connections, amount }, workOf(subject, operation))
  const seconds = (performance.now() - began) / 1000
  const after = hall.cpu(subject)
  series.database.push(((after.database - before.database) * 1000) / amount)
  series.server.push(((after.server - before.server) * 1000) / amount)
  series.perSecond.push(amount / seconds)
  series.took.push(...took)
  const { rows } = await subject.client.query(`select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%'`)
  series.statements = rows[0].calls / amount
}

export async function run(): Promise<void> {
  const hall = await openHall()
  try {
    const newcomers = 2 * (rounds + 1) * amounts.W4
    const guildhall = await openGuildhall(hall, newcomers)
    const subjects = [guildhall, await openBare(hall, newcomers), await openBetterAuth(hall, newcomers)]
    acknowledged = new Map(subjects.map(({ name }) => [name, { W3: 0, W4: 0 }]))
    const before = await Promise.all(subjects.map((subject) => subject.count()))
    const measured = new Map(names.map((name) => [name, subjects.map(() => new Series())]))
    for (let number = -1; number < rounds; number++)
      for (const name of names)
        for (const [index, subject] of subjects.entries()) {
          // The first round is not counted: connections, plans, and what the runtime compiles.
          await round(hall, subject, name, number < 0 ? new Series() : measured.get(name)![index]!)
        }
    report(subjects, measured)
    for (const [index, subject] of subjects.entries()) {
      const { W3, W4 } = acknowledged.get(subject.name)!
      const { invitations, memberships } = await subject.count()
      const made = { W3: invitations - before[index]!.invitations, W4: memberships - before[index]!.memberships }
      console.log(
        `${subject.name}: ${W3} invitations and ${W4} memberships acknowledged, ${made.W3} and ${made.W4} there`,
      )
      if (made.W3 !== W3 || made.W4 !== W4) throw new Error('the database does not have what was acknowledged')
    }
    console.log(`guildhall check: ${await guildhall.check()}`)
  } finally {
    await hall.close()
  }
}

function report(subjects: Subject[], measured: Map<Operation, Series[]>): void {
  console.log('\nCPU: milliseconds per request, server + database, median (least–greatest) of the rounds.\n')
  console.log('| operation | subject | CPU | of it database | ratio | requests/s | p50 ms | p99 ms | statements |')
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const [name, all] of measured)
    for (const [index, series] of all.entries()) {
      const [least, most] = [Math.min(...series.total), Math.max(...series.total)]
      const cells = [
        name,
        subjects[index]!.name,
        `${series.cpu.toFixed(3)} (${least.toFixed(2)}–${most.toFixed(2)})`,
        median(series.database).toFixed(3),
        `${(all[0]!.cpu / series.cpu).toFixed(2)}`,
        median(series.perSecond).toFixed(0),
        median(series.took).toFixed(1),
        quantile(series.took, 0.99).toFixed(1),
        series.statements.toFixed(1),
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
}
