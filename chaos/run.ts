// npm run chaos -- [name] [--long]: fault-injection scenarios on running sites with their own databases. Prints counts.
import { defaultConnections } from '../src/platform/config'
import { accessReport, figuresReport } from './access-report'
import { away } from './away'
import { badClients } from './bad-clients'
import { badNetwork } from './bad-network'
import { badConnections, probed } from './connections'
import { failover } from './failover'
import { failures } from './failures'
import { fullDisk, mountDisk } from './full-disk'
import { type Kills, killing, postgresItself, theServer } from './killing'
import { overload } from './overload'
import { crowd, withPeople } from './people'
import { secondServers } from './second'
import { type ChaosSite, type Kind, kinds, openChaosSite } from './site'
import { killedStarts, states } from './starting'
import { type Answer, missing, tally } from './writing'

const long = process.argv.includes('--long')

/** Runs a scenario on a site of its own, and ends with `guildhall check`. */
async function on(
  kind: Kind,
  what: string,
  happen: (site: ChaosSite) => Promise<string>,
  options: Parameters<typeof openChaosSite>[1] = {},
): Promise<void> {
  const site = await openChaosSite(kind, options)
  try {
    const began = Date.now()
    const counted = await happen(site)
    await site.server.stop()
    const broken = await site.check()
    wrongIf(broken.length > 0)
    const checked = broken.length === 0 ? 'every invariant holds' : `BROKEN: ${broken.join('; ')}`
    console.log(`${what}, ${kind}: ${counted}; ${checked} (${Math.round((Date.now() - began) / 1000)} s)`)
  } finally {
    await site.close()
  }
}

function wrongIf(wrong: boolean): void {
  if (wrong) process.exitCode = 1
}

function killed({ rounds, acknowledged, lost }: Kills): string {
  wrongIf(lost > 0)
  return `${rounds} times, ${acknowledged} writes acknowledged, ${lost} lost`
}

/** The answers that writers got. Only the statuses in `right` may occur, and no acknowledged write may be lost. */
async function answersReport(site: ChaosSite, answers: Answer[], right: number[]): Promise<string> {
  const lost = await missing(site, answers)
  wrongIf(lost.length > 0 || answers.some(({ status }) => !right.includes(status)))
  return `${tally(answers)}, ${lost.length} lost`
}

const scenarios: Record<string, () => Promise<void>> = {
  async killing() {
    for (const kind of kinds)
      await on(kind, 'the server killed', async (site) => killed(await killing(site, long ? 500 : 50, theServer(site))))
    await on('postgres', 'PostgreSQL killed', async (site) =>
      killed(await killing(site, long ? 100 : 20, postgresItself(site))),
    )
  },

  async starting() {
    for (const kind of kinds)
      for (const [state, known] of Object.entries(states)) {
        const rounds = long ? 20 : 5
        const { killed, recovered, broken } = await killedStarts(kind, rounds, known)
        wrongIf(recovered < rounds || broken.length > 0)
        console.log(
          `${state} killed, ${kind}: ${rounds} times, ${killed} before the first answer, ${recovered} recovered at the next start`,
        )
      }
  },

  async second() {
    const rounds = long ? 50 : 5
    const { refused, takenOver } = await secondServers(rounds)
    wrongIf(refused < rounds || takenOver < rounds)
    console.log(
      `a second server on one directory: ${refused} of ${rounds} refused, ${takenOver} takeovers after a kill`,
    )
  },

  away: () =>
    on('postgres', 'PostgreSQL stopped', async (site) => {
      const seconds = long ? 30 : 10
      const { acknowledged, refused, slowest, others, backAfter, lost, connections } = await away(site, seconds)
      wrongIf(lost > 0 || others > 0 || connections > defaultConnections)
      return `for ${seconds} s: ${acknowledged} writes acknowledged, ${refused} answers of 503, the slowest after ${slowest} ms, other answers: ${others}, first write ${backAfter} ms after its return, ${lost} lost, ${connections} connections afterwards`
    }),

  network: () =>
    on(
      'postgres',
      'a bad network to PostgreSQL',
      async (site) => answersReport(site, await badNetwork(site, long ? 60 : 10), [201, 503]),
      { network: true },
    ),

  async clients() {
    for (const kind of kinds)
      await on(kind, 'clients on bad connections', async (site) =>
        answersReport(site, await badClients(site, long ? 60 : 5), [201]),
      )
  },

  connections: () =>
    on(
      'postgres',
      'hostile connections',
      async (site) => {
        const seconds = long ? 60 : 10
        const { connections, signOuts, up, memory, left } = await badConnections(site, seconds, long ? 1000 : 100)
        const [early, late] = memory
        const stays = left.after.Timeout > left.before.Timeout || left.after.TCPWRAP > left.before.TCPWRAP
        wrongIf(!up || stays || (long && late > 1.1 * early))
        return `${connections} in ${seconds} s, ${signOuts} sign-outs: ${up ? 'the server stayed up' : 'THE SERVER ENDED'}, memory ${early.toFixed(0)} MiB in the second quarter and ${late.toFixed(0)} in the last, timers ${left.before.Timeout} before and ${left.after.Timeout} afterwards, connections ${left.before.TCPWRAP} and ${left.after.TCPWRAP}`
      },
      { settings: probed },
    ),

  failures: () =>
    on('postgres', 'a fifth of the transactions fail', async (site) =>
      answersReport(site, await failures(site, long ? 60 : 5), [201, 409]),
    ),

  async disk() {
    for (const kind of kinds) {
      const disk = mountDisk(kind === 'postgres' ? 150 : 200)
      try {
        await on(
          kind,
          'the disk full',
          async (site) => answersReport(site, await fullDisk(site, disk.directory), [0, 201, 503]),
          { parent: disk.directory },
        )
      } finally {
        disk.unmount()
      }
    }
  },

  async failover() {
    const { acknowledged, answers, pause, lost, broken } = await failover(long ? 20 : 3)
    wrongIf(lost > 0 || broken.length > 0 || pause.primary > 30_000 || pause.server > 30_000)
    console.log(
      `the primary killed, then one of two servers: ${acknowledged} writes acknowledged, ${lost} lost (${answers}); no successful write for ${pause.primary} ms and for ${pause.server} ms; ${broken.length === 0 ? 'every invariant holds' : `BROKEN: ${broken.join('; ')}`}`,
    )
  },

  people: () =>
    withPeople(async (place) => {
      const seconds = long ? 600 : 20
      const { answers, p50, p99, memory } = await crowd(place, 500, seconds)
      console.log(
        `500 people for ${seconds} s, postgres: ${answers} answers, all correct, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, peak memory ${memory.map((most) => most.toFixed(0)).join(', ')} MiB in each quarter`,
      )
    }),

  async access() {
    for (const kind of kinds) {
      const { text, wrong } = await accessReport(kind, long)
      wrongIf(wrong)
      console.log(text)
    }
    const { text, wrong } = await figuresReport(long)
    wrongIf(wrong)
    console.log(text)
  },

  overload: () =>
    withPeople(async (place) => {
      const seconds = long ? 60 : 10
      const { capacity, came, done, shed, others, p99, recovered } = await overload(place, 4, seconds)
      wrongIf(others.size > 0 || recovered > 10_000)
      console.log(
        `overload for ${seconds} s, postgres: capacity ${capacity.toFixed(0)} requests/s, load ${came.toFixed(0)} requests/s; ${done} done, p99 ${p99.done.toFixed(0)} ms; ${shed} shed with Retry-After, p99 ${p99.shed.toFixed(0)} ms; others: ${JSON.stringify([...others])}; recovered after ${recovered.toFixed(0)} ms`,
      )
    }),
}

const name = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
if (name && !scenarios[name]) {
  console.error(`Unknown scenario. Usage: npm run chaos -- ${Object.keys(scenarios).join(' | ')} [--long]`)
  process.exitCode = 1
} else for (const scenario of name ? [scenarios[name]!] : Object.values(scenarios)) await scenario()
