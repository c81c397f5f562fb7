import { askAboutAccount } from '../../src/connections/questions/schema'
import { createServiceKey } from '../../src/connections/service-keys/schema'
import { callOf } from '../../src/platform/http/client'
import type { Environment, Server } from '../environment'
import { median, openLoop, quantile, type Work } from '../loop'
import { judged, quick, round, rounds, Series } from '../measure'
import { openBare, questionToBare } from '../operations/bare'
import { mustHave, type Size, upTo } from '../operations/subject'
import { idsOf } from '../seed'
import type { Site } from './sites'

const amount = quick ? 1000 : 3000
const turns = 2 * rounds
const rate = { perSecond: 500, seconds: quick ? 1 : 2, connections: 40 }
const goals = { cpu: 1.5, p99: 2, fastP99: 5 }

/** Services that ask. Each has a key of its own, since few requests of one key are handled at once. */
const asking = 8

/** A server, what one of its services asks next, and its measurements. */
interface Asked {
  name: string
  server: Server
  question: () => Work
  series: Series
  took: number[]
}

/** Questions of services about one person, compared with the baseline's. */
export async function measureQuestions(environment: Environment, site: Site, size: Size): Promise<void> {
  const people = size.organizations * size.members + size.large
  const asked = (name: string, server: Server, ask: (service: number, person: number) => Work): Asked => {
    let turn = 0
    return { name, server, question: () => ask(1 + (turn++ % asking), upTo(people)), series: new Series(), took: [] }
  }
  const ours = asked('guildhall', site, await questionOf(site))
  const floor = asked('baseline', await openBare(environment, size), questionToBare)
  for (let number = -2; number < turns; number++)
    // A server inherits work of the database from the one before, so every other round reverses the order.
    for (const { server, question, series, took } of number % 2 === 0 ? [ours, floor] : [floor, ours]) {
      const counted = { url: server.url, cpu: () => environment.cpu(server) }
      await round(counted, amount, question, number < 0 ? new Series() : series)
      const latencies = await openLoop(server.url, rate, question)
      if (number >= 0) took.push(...latencies)
    }
  report(ours, floor)
  for (const { name, server, question } of [ours, floor]) {
    const took = await openLoop(server.url, { ...rate, perSecond: 2000 }, question)
    const p99 = judged(quantile(took, 0.99), goals.fastP99)
    console.log(
      `${name} at 2,000/s: p50 ${median(took).toFixed(2)} ms, p99 ${p99} ms, goal ≤ ${goals.fastP99} (idle machine)`,
    )
  }
}

async function questionOf({ call, client }: Site): Promise<(service: number, person: number) => Work> {
  const accounts = await idsOf(client, 'accounts')
  const keys: string[] = []
  for (let service = 1; service <= asking; service++)
    keys[service] = (await call(createServiceKey, { key: `s${service}`, name: 'Benchmark' })).secret
  return (service, person) => ({
    path: callOf(askAboutAccount, { accountId: accounts[person]! }).path,
    headers: { authorization: `Bearer ${keys[service]}` },
    check: (answer) => mustHave(answer, '"until"', 2),
  })
}

function report(ours: Asked, floor: Asked): void {
  console.log(`\nA question about one person: CPU ms per request, median (least–greatest) of ${turns} rounds.\n`)
  console.log(`| | CPU | database share | requests/s | p50 ms at ${rate.perSecond}/s | p99 ms |\n|${'---|'.repeat(6)}`)
  for (const { name, series, took } of [ours, floor]) {
    const [database, perSecond] = [median(series.database).toFixed(3), median(series.perSecond).toFixed(0)]
    const cells = [name, series.shown, database, perSecond, median(took).toFixed(2), quantile(took, 0.99).toFixed(2)]
    console.log(`| ${cells.join(' | ')} |`)
  }
  // Each round is compared with the one beside it, because other work on the machine changes more slowly.
  const cpu = median(ours.series.total.map((value, number) => value / floor.series.total[number]!))
  const p99 = quantile(ours.took, 0.99) / quantile(floor.took, 0.99)
  console.log(`\nCPU: ${judged(cpu, goals.cpu)} × the baseline's, goal ≤ ${goals.cpu}`)
  console.log(`p99: ${judged(p99, goals.p99)} × the baseline's, goal ≤ ${goals.p99}`)
}
