import { type Environment, openEnvironment, type SeededServer } from './environment'
import { median } from './loop'
import { Acknowledged, judged, quick, round, rounds, Series } from './measure'
import { openGuildhall } from './operations/guildhall'
import { type Size, size } from './operations/subject'

const names = ['W1', 'W2 first', 'W2 last', 'W3', 'W4', 'W5'] as const
type Name = (typeof names)[number]

/** Requests per round, which take some seconds. */
const amountOf = (name: Name) => (name === 'W1' ? 4000 : 2000) / (quick ? 5 : 1)
const newcomers = (rounds + 1) * amountOf('W4')

const goals = { site: 1.2, organization: 1.5, last: 1.15 }

/**
 * More memory than the default, as PostgreSQL's documentation advises, and no checkpoint during the run: after a
 * checkpoint, the first change of each page writes a full-page image to the WAL, which costs a large site more.
 */
const postgres = ['shared_buffers=2GB', 'checkpoint_timeout=1h']

/** A total number of memberships: 10,000 in the large organization, the others in organizations of 10. */
const site = (memberships: number): Size => ({
  ...size,
  organizations: (memberships - size.large) / size.members,
  newcomers,
})
/** A large organization beside organizations of 10; all requests concern the large one. */
const organization = (large: number) => ({ ...size, large, newcomers, busy: 'large' as const })

/** One seeded site with its server and measurements. */
interface Place {
  label: string
  server: SeededServer
  measured: Record<Name, Series>
  /** WAL bytes per request, by round. */
  logged: Record<Name, number[]>
  measure(name: Name): Promise<void>
  /** The uncounted first round: connections, query plans, compiled code, and the pages of most organizations. */
  warmUp(name: Name): Promise<void>
  /** Compares the database with what was acknowledged, and verifies every invariant. */
  end(): Promise<void>
}

export async function run(): Promise<void> {
  const environment = await openEnvironment(postgres)
  try {
    const sites = [
      await open(environment, 'site_20k', '20,000 memberships', site(20_000)),
      await open(environment, 'site_100k', '100,000', site(100_000)),
    ]
    if (!quick) sites.push(await open(environment, 'site_1m', '1,000,000', site(1_000_000)))
    const organizations = quick
      ? []
      : [
          await open(environment, 'organization_10k', 'organization of 10,000', organization(10_000)),
          await open(environment, 'organization_100k', 'of 100,000', organization(100_000)),
        ]
    const places = [...sites, ...organizations]
    // Otherwise the dirty pages left by seeding would be written during a round.
    await places[0]!.server.client.query('checkpoint')
    for (let number = -1; number < rounds; number++)
      for (const name of names)
        for (const place of places) await (number < 0 ? place.warmUp(name) : place.measure(name))
    console.log('\nCPU: milliseconds per request, server + database, median (least–greatest) of the rounds.')
    compare(sites, goals.site)
    compare(organizations, goals.organization)
    lastPages(places)
    logs(places)
    for (const place of places) await place.end()
  } finally {
    await environment.close()
  }
}

async function open(environment: Environment, database: string, label: string, sized: Size): Promise<Place> {
  const began = performance.now()
  const subject = await openGuildhall(environment, sized, database)
  const acknowledged = new Acknowledged(label, subject.work, await subject.count())
  const { rows } =
    await subject.client.query(`select (select count(*) from memberships where ended_at is null) as memberships,
    (select max(member_count) from organizations) as largest, (select count(*) from role_assignments) as assignments,
    (select count(*) from events) as events, pg_size_pretty(pg_database_size(current_database())) as size`)
  const ask = (name: Name, amount: number, series: Series) =>
    round({ url: subject.url, cpu: () => environment.cpu(subject) }, amount, acknowledged.work(name), series)
  console.log(`${label}:`, JSON.stringify(rows[0]), `ready in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const logOf = async () =>
    Number((await subject.client.query(`select pg_current_wal_insert_lsn() - '0/0' as bytes`)).rows[0].bytes)
  const measured = byName(() => new Series())
  const logged = byName((): number[] => [])
  return {
    label,
    server: subject,
    measured,
    logged,
    async measure(name) {
      const before = await logOf()
      await ask(name, amountOf(name), measured[name])
      logged[name].push(((await logOf()) - before) / amountOf(name))
    },
    warmUp: (name) => ask(name, Math.max(amountOf(name), name === 'W3' ? sized.organizations : 0), new Series()),
    async end() {
      acknowledged.hold(await subject.count())
      console.log(`guildhall check, ${label}: ${await subject.check()}`)
    },
  }
}

const byName = <Value>(value: () => Value) =>
  Object.fromEntries(names.map((name) => [name, value()])) as Record<Name, Value>

/** Compares each site with the first. The goal applies to the last. */
function compare(places: Place[], goal: number): void {
  if (places.length === 0) return
  const others = places.slice(1)
  console.log(
    `\n| | ${places.map(({ label }) => label).join(' | ')} | ${others.map(({ label }) => `ratio, ${label}`).join(' | ')} | goal |`,
  )
  console.log(`|${'---|'.repeat(places.length + others.length + 2)}`)
  for (const name of names) {
    const ratios = others.map(({ measured }) => judged(measured[name].cpu / places[0]!.measured[name].cpu, goal))
    console.log(
      `| ${[name, ...places.map(({ measured }) => measured[name].shown), ...ratios, `≤ ${goal}`].join(' | ')} |`,
    )
  }
}

function lastPages(places: Place[]): void {
  console.log('\n| last page / first page | ratio | goal |\n|---|---|---|')
  for (const { label, measured } of places)
    console.log(
      `| ${label} | ${judged(measured['W2 last'].cpu / measured['W2 first'].cpu, goals.last)} | ≤ ${goals.last} |`,
    )
}

function logs(places: Place[]): void {
  console.log(`\n| kB of WAL per request | ${places.map(({ label }) => label).join(' | ')} |`)
  console.log(`|${'---|'.repeat(places.length + 1)}`)
  for (const name of ['W3', 'W4'] as const)
    console.log(`| ${[name, ...places.map(({ logged }) => (median(logged[name]) / 1000).toFixed(1))].join(' | ')} |`)
}
