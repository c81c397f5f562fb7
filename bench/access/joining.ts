import type { Environment } from '../environment'
import { closedLoop, median } from '../loop'
import { judged, quick, rounds, Series } from '../measure'
import { size } from '../operations/subject'
import { connectTwo, openSite, until } from './sites'

const amount = quick ? 250 : 500
const turns = 4 * rounds
const uncounted = 2
const goal = 1.15

/** What two connections add to an acceptance of an invitation: the signal, and the ledgers' new rows. */
export async function measureJoining(environment: Environment): Promise<void> {
  const sized = { ...size, services: 6, newcomers: (turns + uncounted) * amount }
  const off = { site: await openSite(environment, 'none_on', sized), series: new Series() }
  const on = { site: await openSite(environment, 'two_on', sized), series: new Series() }
  await connectTwo(on.site)
  for (let number = -uncounted; number < turns; number++)
    for (const { site, series } of number % 2 === 0 ? [off, on] : [on, off]) {
      // What the worker does about them afterwards counts too.
      const before = environment.cpu(site)
      await closedLoop(site.url, { connections: 32, amount }, () => site.work('W4'))
      await until(site.client, 'not exists (select from change_signals)')
      const after = environment.cpu(site)
      if (number < 0) continue
      series.server.push(((after.server - before.server) * 1000) / amount)
      series.database.push(((after.database - before.database) * 1000) / amount)
    }
  const ratios = on.series.total.map((value, number) => value / off.series.total[number]!)
  console.log(`accepting an invitation, CPU ms: ${off.series.shown}; with two connections on ${on.series.shown}`)
  console.log(`${judged(median(ratios), goal)} × as much with two connections on, goal ≤ ${goal}`)
  for (const { site } of [off, on]) console.log(`guildhall check: ${await site.check()}`)
}
