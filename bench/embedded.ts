import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { bringUpToDate } from '../src/cli/up-to-date'
import type { Database } from '../src/platform/db/database'
import { createWhereAbsent } from '../src/platform/db/embedded/create'
import { openDurably } from '../src/platform/db/embedded/durable'
import { databaseOn } from '../src/platform/db/embedded/embedded'
import { brokenInvariants } from '../tests/support/invariants'
import { type Environment, openEnvironment } from './environment'
import { Acknowledged, judged, quick, round, rounds, Series } from './measure'
import { bare, bareServer } from './operations/bare'
import { guildhall } from './operations/guildhall'
import { type Kind, type Operation, operations, type Size, size } from './operations/subject'
import { cpuOf } from './process'
import type { Client } from './seed'
import { measureStarts } from './starts'

const names = Object.keys(operations) as Operation[]
/** Requests per round: about a second of Guildhall's time. */
const amountOf = (name: Operation) => (name === 'W1' ? 1200 : 800) / (quick ? 2 : 1)
const goal = 1.5

/** A realistic upper size for an embedded site. W6 accepts invitations too. */
const sized: Size = {
  ...size,
  organizations: 200,
  large: 2000,
  invitations: 1000,
  newcomers: 2 * (rounds + 1) * amountOf('W4'),
}

/** One server on a directory of its own, and its measurements. */
interface Place {
  directory: string
  measured: Record<Operation, Series>
  measure(name: Operation, series: Series): Promise<void>
  /** Stops the server, and compares its database with what it acknowledged. */
  end(): Promise<void>
}

export async function run(): Promise<void> {
  const environment = await openEnvironment()
  const directory = mkdtempSync(join(tmpdir(), 'guildhall-embedded-'))
  try {
    const ours = await open(environment, join(directory, 'guildhall'), guildhall, ['src/main.ts', 'serve'])
    const floor = await open(environment, join(directory, 'baseline'), bare, [bareServer])
    for (let number = -1; number < rounds; number++)
      for (const name of names)
        for (const place of [ours, floor]) {
          // The first round is a warm-up for query plans and compiled code, and does not count.
          await place.measure(name, number < 0 ? new Series() : place.measured[name])
        }
    report(ours, floor)
    for (const place of [ours, floor]) await place.end()
    await using(ours.directory, async (_client, db) => {
      const broken = await brokenInvariants(db)
      if (broken.length > 0) throw new Error(`BROKEN: ${broken.join('; ')}`)
      console.log('guildhall check: every invariant holds')
    })
    await measureStarts(environment, ours.directory)
  } finally {
    await environment.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function open<Seeded>(
  environment: Environment,
  directory: string,
  kind: Kind<Seeded>,
  [entry, ...program]: [string, ...string[]],
): Promise<Place> {
  const began = performance.now()
  const label = basename(directory)
  const { seeded, before } = await using(directory, async (client, db) => {
    // The baseline creates its own tables.
    if (kind !== bare) await bringUpToDate(db)
    return { seeded: await kind.seed(client, sized), before: await kind.count(client) }
  })
  console.log(`${label}: seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const server = await environment.start(entry, program, { DATA_DIR: directory })
  const acknowledged = new Acknowledged(label, await kind.work(server.url, sized, seeded), before)
  // The database runs inside the server.
  const cpu = () => ({ server: cpuOf(server.pid), database: 0 })
  return {
    directory,
    measured: Object.fromEntries(names.map((name) => [name, new Series()])) as Record<Operation, Series>,
    measure: (name, series) => round({ url: server.url, cpu }, amountOf(name), acknowledged.work(name), series),
    async end() {
      await server.stop()
      acknowledged.hold(await using(directory, (client) => kind.count(client)))
    },
  }
}

/** Opens an embedded database as the server does, while no server uses it. */
async function using<T>(directory: string, work: (client: Client, db: Database) => Promise<T>): Promise<T> {
  const files = join(directory, 'pglite')
  mkdirSync(directory, { recursive: true })
  await createWhereAbsent(files)
  const lite = await openDurably(files)
  const client: Client = {
    query: async (text, values) => (values ? lite.query(text, values) : (await lite.exec(text)).at(-1)!),
  }
  const db = databaseOn(lite)
  try {
    return await work(client, db)
  } finally {
    await db.pool.end()
  }
}

function report(ours: Place, floor: Place): void {
  console.log(
    '\nCPU: milliseconds per request of the server, including its database; median (least–greatest) of the rounds.\n',
  )
  console.log(`| | guildhall | baseline | ratio to baseline | goal | p99 ms |\n|${'---|'.repeat(6)}`)
  for (const name of names) {
    const [series, least] = [ours.measured[name], floor.measured[name]]
    const ratio = series.cpu / least.cpu
    const cells = [name, series.shown, least.shown, judged(ratio, goal), `≤ ${goal}`, series.p99.toFixed(1)]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
