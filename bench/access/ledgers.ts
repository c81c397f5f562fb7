import { resyncConnection } from '../../src/connections/connection-settings/schema'
import { reinstateOrganization, suspendOrganization } from '../../src/membership/organizations/schema'
import type { Cpu, Environment } from '../environment'
import { median } from '../loop'
import { judged, quick, rounds } from '../measure'
import { idsOf } from '../seed'
import { connectTwo, type Site, until } from './sites'

const goals = { comparison: 2, change: 1, idle: 1 }
const idleSeconds = quick ? 5 : 60

/** The worker without work, with no connection on and with two; a comparison of everyone; and a change that concerns many. */
export async function measureLedgers(environment: Environment, site: Site): Promise<void> {
  console.log('')
  await measureIdle(environment, site, 'no connection on')
  const connections = await connectTwo(site)
  await measureIdle(environment, site, 'two connections on')
  await measureComparisons(environment, site, connections)
  await measureChanges(environment, site)
}

async function measureIdle(environment: Environment, site: Site, label: string): Promise<void> {
  // What was asked before is over.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const before = environment.cpu(site)
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000))
  const after = environment.cpu(site)
  const percent = (part: keyof Cpu) => judged(((after[part] - before[part]) * 100) / idleSeconds, goals.idle)
  console.log(
    `idle, ${label}: server ${percent('server')} %, PostgreSQL ${percent('database')} % of a core; goal ≤ ${goals.idle} %`,
  )
}

async function measureComparisons(environment: Environment, site: Site, connections: string[]): Promise<void> {
  const before = await drawn(site)
  const [cpu, took]: [number[], number[]] = [[], []]
  for (let number = 0; number < rounds; number++)
    for (const connectionId of connections) {
      const [used, began] = [environment.cpu(site).database, performance.now()]
      await site.call(resyncConnection, { connectionId })
      took.push((performance.now() - began) / 1000)
      cpu.push(environment.cpu(site).database - used)
    }
  const { rows } = await site.client.query('select count(*) as people from propagations group by connection_id')
  console.log(
    `comparing ${rows[0].people} people: ${seconds(cpu, goals.comparison)} of PostgreSQL's CPU per connection, goal ≤ ${goals.comparison}; takes ${seconds(took)}; ${(await drawn(site)) - before} rows written`,
  )
}

/** From the answer to an operator until both ledgers say what follows from it. */
async function measureChanges(environment: Environment, site: Site): Promise<void> {
  const organizationId = (await idsOf(site.client, 'organizations'))[1]!
  const facts = async () => {
    const { rows } = await site.client.query(
      'select state_version as "stateVersion", member_count as members from organizations where id = $1',
      [organizationId],
    )
    return rows[0] as { stateVersion: number; members: number }
  }
  const { members } = await facts()
  const [cpu, took]: [number[], number[]] = [[], []]
  for (let number = 0; number < 2 * rounds; number++) {
    const { stateVersion } = await facts()
    const [before, used] = [await drawn(site), environment.cpu(site)]
    const change = number % 2 === 0 ? suspendOrganization : reinstateOrganization
    await site.call(change, { organizationId, stateVersion, reason: 'A measurement.' })
    const began = performance.now()
    await until(site.client, 'select sum(version) >= $1 from connections', [before + 2 * members])
    took.push((performance.now() - began) / 1000)
    const { server, database } = environment.cpu(site)
    cpu.push(server + database - used.server - used.database)
  }
  console.log(
    `suspending or reinstating ${members} members with two connections on: ${seconds(took, goals.change)}, goal ≤ ${goals.change}; ${seconds(cpu)} of CPU`,
  )
}

/** Every row of a ledger that is written draws a version. */
async function drawn({ client }: Site): Promise<number> {
  const { rows } = await client.query('select sum(version)::int as versions from connections')
  return rows[0].versions
}

const seconds = (values: number[], goal = Infinity): string =>
  `${judged(median(values), goal)} s (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`
