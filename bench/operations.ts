import { writeFileSync } from 'node:fs'
import { type Environment, openEnvironment } from './environment'
import { median } from './loop'
import { Acknowledged, quick, round, rounds, Series } from './measure'
import { openBare, openBareAtOnce } from './operations/bare'
import { openBetterAuth } from './operations/better-auth'
import { openGuildhall } from './operations/guildhall'
import { type Operation, operations, type Subject, size } from './operations/subject'
import { drawBars } from './picture'

const names = Object.keys(operations) as Operation[]
/** Requests per round: about a second for the fastest subject, so a short disturbance affects only one round. */
const amounts: Record<Operation, number> = {
  W1: 3000,
  'W2 first': 1000,
  'W2 last': 1000,
  W3: 1500,
  W4: 1000,
  W5: 1000,
  W6: 1250,
}
const turns = 2 * rounds
/** Warm-up rounds for connections, query plans and compiled code. */
const uncounted = 2
const amountOf = (subject: Subject, operation: Operation) =>
  Math.round(amounts[operation] / (subject.name === 'better auth' ? 8 : 1) / (quick ? 2 : 1))

/** A subject, its acknowledged writes and its measurements; `statements` is per request, of the last round. */
interface Entry {
  subject: Subject
  acknowledged: Acknowledged
  measured: Partial<Record<Operation, { series: Series; statements: number }>>
}

async function entryOf(subject: Subject, does = names): Promise<Entry> {
  return {
    subject,
    acknowledged: new Acknowledged(subject.name, subject.work, await subject.count()),
    measured: Object.fromEntries(does.map((name) => [name, { series: new Series(), statements: 0 }])),
  }
}

async function measure(
  environment: Environment,
  { subject, acknowledged, measured }: Entry,
  operation: Operation,
  counts: boolean,
) {
  const kept = measured[operation]
  if (!kept) return
  const amount = amountOf(subject, operation)
  await subject.client.query('select pg_stat_statements_reset()')
  const series = counts ? kept.series : new Series()
  await round({ url: subject.url, cpu: () => environment.cpu(subject) }, amount, acknowledged.work(operation), series)
  const { rows } = await subject.client.query(`select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%'`)
  kept.statements = rows[0].calls / amount
}

export async function run(): Promise<void> {
  const environment = await openEnvironment()
  try {
    const sized = { ...size, newcomers: 2 * (uncounted + turns) * amounts.W4 }
    const guildhall = await openGuildhall(environment, sized)
    const subjects = [guildhall, await openBare(environment, sized), await openBetterAuth(environment, sized)]
    const entries = await Promise.all(subjects.map((subject) => entryOf(subject)))
    // W4's baseline is a transaction, as most would write it; this entry shows the cost of a single statement.
    const all = [...entries, await entryOf(await openBareAtOnce(environment, sized), ['W4'])]
    // A subject inherits disk writes and autovacuum work from the one before, so every other round reverses the order.
    for (let number = -uncounted; number < turns; number++)
      for (const name of names)
        for (const entry of number % 2 === 0 ? all : all.toReversed())
          await measure(environment, entry, name, number >= 0)
    report(all)
    if (!quick) writeFileSync('docs/performance.svg', draw(entries))
    for (const { subject, acknowledged } of all) acknowledged.hold(await subject.count())
    console.log(`guildhall check: ${await guildhall.check()}`)
  } finally {
    await environment.close()
  }
}

const draw = (entries: Entry[]): string =>
  drawBars(
    'Processor time per request in milliseconds, server and database together (logarithmic)',
    ['Guildhall', 'the baseline', 'Better Auth’s plugin'],
    names.map((name) => ({
      name: `${name}: ${operations[name]}`,
      values: entries.map(({ measured }) => measured[name]!.series.cpu),
    })),
  )

function report(entries: Entry[]): void {
  console.log('\nCPU: milliseconds per request, server + database, median (least–greatest) of the rounds.\n')
  console.log('| operation | subject | CPU | database share | ratio | requests/s | p50 ms | p99 ms | statements |')
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const name of names)
    for (const { subject, measured } of entries) {
      if (!measured[name]) continue
      const { series, statements } = measured[name]
      const cells = [
        name,
        subject.name,
        series.shown,
        median(series.database).toFixed(3),
        (entries[0]!.measured[name]!.series.cpu / series.cpu).toFixed(2),
        median(series.perSecond).toFixed(0),
        median(series.took).toFixed(1),
        series.p99.toFixed(1),
        statements.toFixed(1),
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
}
