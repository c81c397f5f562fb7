import { tmpdir } from 'node:os'
import { brokenInvariantsAt } from '../tests/support/invariants'
import { freePort, type PostgresServer, startPostgres, statement, untilItAnswers } from '../tests/support/postgres'
import { program } from '../tests/support/program'
import { isHealthy, launchServer, type ServerProcess } from '../tests/support/server'
import { Person } from '../tests/support/site'
import { until } from '../tests/support/until'
import { answerPrimary, leadsToPrimary, startBalancer } from './haproxy'
import { settingsFor, setUp } from './site'
import { type Answer, acknowledged, missing, tally, wait, writeDuring } from './writing'

export interface Failover {
  acknowledged: number
  answers: string
  /** The longest time without a successful write after the primary, and after a server, was killed, in ms. */
  pause: { primary: number; server: number }
  lost: number
  broken: string[]
}

/**
 * Two servers behind a proxy, on a primary with a synchronous standby. Under load, kills the primary and promotes the
 * standby, then kills one of the servers.
 */
export async function failover(seconds: number): Promise<Failover> {
  const primary = await startPostgres(['-c', 'synchronous_standby_names=*'])
  const standby = await startPostgres([], { standbyOf: primary })
  await isFollowed(primary)
  await statement(primary.url('postgres'), 'create database guildhall')
  const databases = [primary, standby].map((node) => node.url('guildhall'))
  const checks = await Promise.all(databases.map(answerPrimary))
  const ports = [await freePort(), await freePort()]
  const balancer = await startBalancer(
    databases.map((url, index) => ({ url, checkPort: checks[index]!.port })),
    ports,
  )
  const seen = `postgres://guildhall@127.0.0.1:${balancer.databasePort}/guildhall`
  const settings = settingsFor(seen, tmpdir())
  await untilItAnswers(seen)
  await until(() => leadsToPrimary(seen))
  const servers: ServerProcess[] = []
  for (const port of ports) {
    const server = await launchServer(await program(), { ...settings, PORT: String(port) })
    await until(() => isHealthy(server.url))
    servers.push(server)
  }
  await until(() => isHealthy(balancer.web))
  const output = () => servers.map((server) => server.output()).join('')
  const { cookie, id, organizationId } = await setUp({ url: balancer.web, output })
  const site = {
    organizationId,
    admin: () => new Person(balancer.web, cookie, { id, name: 'Olga', email: 'olga@example.org' }),
  }

  const ends = { primary: 0, server: 0 }
  const answers = await writeDuring(site, 16, async () => {
    await wait(seconds * 1000)
    ends.primary = Date.now()
    await primary.end('SIGKILL')
    await statement(standby.url('postgres'), 'select pg_promote()')
    await wait(seconds * 1000 + 3000)
    ends.server = Date.now()
    await servers[0]!.kill()
    await wait(seconds * 1000 + 1500)
  })
  const result = {
    acknowledged: acknowledged(answers).length,
    answers: tally(answers),
    pause: {
      primary: longestPause(answers, ends.primary, ends.server),
      server: longestPause(answers, ends.server, Date.now()),
    },
    lost: (await missing(site, answers)).length,
    broken: await brokenInvariantsAt({ databaseUrl: standby.url('guildhall'), dataDir: '' }),
  }
  await servers[1]!.stop()
  await balancer.close()
  for (const check of checks) check.close()
  await standby.stop()
  await primary.stop()
  return result
}

function longestPause(answers: Answer[], from: number, until: number): number {
  const went = answers.flatMap(({ asked, took, status }) => (status === 201 ? [asked + took] : []))
  const between = [from, ...went.filter((at) => at > from && at < until).sort((a, b) => a - b)]
  return Math.max(...between.slice(1).map((at, index) => at - between[index]!))
}

/** Waits until the standby confirms each commit. */
const isFollowed = (primary: PostgresServer) =>
  until(async () => {
    const standbys = await statement(
      primary.url('postgres'),
      `select from pg_stat_replication where sync_state = 'sync'`,
    )
    return standbys.length > 0
  })
