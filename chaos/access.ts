import { listConnections } from '../src/connections/connection-settings/schema'
import { type Pace, usualPace } from '../src/connections/ledger/delivery-rules'
import { Changes } from './access-changes'
import { type Ended, endOf, entitled, Follower, sameFor } from './access-proof'
import { type AccessSite, openAccessSite } from './access-site'
import type { Kind } from './site'
import { wait } from './writing'

export interface AccessRun {
  changes: number
  kills: number
  /** How long the service is away, in seconds. */
  away: number
  people: number
  organizations: number
  /** By what the usual times of the ledger are divided. */
  faster: number
}

/** An hour becomes a minute, and five minutes five seconds. A claim still has to outlast a request. */
export const paceOf = (faster: number): Pace => ({
  schedule: usualPace.schedule.map((seconds) => seconds / faster),
  pause: usualPace.pause / faster,
  resync: usualPace.resync / faster,
  claim: Math.max(5, usualPace.claim / faster),
})

export const shortRun = (kind: Kind): AccessRun => ({
  changes: 40,
  kills: kind === 'postgres' ? 3 : 1,
  away: 1,
  people: 12,
  organizations: 3,
  faster: 600,
})

export const longRun = (kind: Kind): AccessRun => ({
  changes: 1000,
  kills: kind === 'postgres' ? 100 : 30,
  away: 60,
  people: 60,
  organizations: 8,
  faster: 60,
})

export interface AccessResult extends Ended {
  made: Record<string, number>
  kills: number
  unanswered: number
  /** Answers of servers that are neither a success nor a refusal. */
  failures: string[]
  hub: AccessSite['hub']['counted']
  /** Messages with two contents, or with a wrong signature. */
  wrongMessages: string[]
  /** How long it took until everyone agreed, in seconds, or undefined if they never did. */
  settled: number | undefined
  /** How many pairs of an account and a connection were compared, and those that differ. */
  pairs: number
  wrong: string[]
}

/** How long they may take to agree after the last change, in seconds: the longest wait of the schedule, and some more. */
const patience = (pace: Pace) => pace.schedule.at(-1)! + pace.resync + pace.claim + 60

/**
 * Changes who may use a service while servers are killed, signals are lost, and the service fails, loses answers and is
 * away for a while. In the end both connections have to say what the service is answered and what the events say.
 */
export async function access(kind: Kind, run: AccessRun): Promise<AccessResult> {
  const pace = paceOf(run.faster)
  const servers = kind === 'postgres' ? 3 : 1
  const { people, organizations } = run
  const site = await openAccessSite(kind, { servers, people, organizations, pace, losing: true })
  const { hub } = site
  const changes = new Changes(site)
  const follower = new Follower(site)
  const disorder = new Disorder(site, changes, run)
  try {
    await changes.begin()
    hub.faults = { refused: 0.1, lost: 0.1, slow: 5 }
    await disorder.whileIt(() => follower.read())
    const agreed = await settle(site, changes, follower, patience(pace))
    const told = await entitled(site)
    await site.stop()
    const { made, unanswered, failures } = changes
    const { kills } = disorder
    return {
      ...{ made, unanswered, failures, kills, hub: hub.counted, wrongMessages: hub.wrong },
      ...agreed,
      ...(await endOf(site, told)),
    }
  } finally {
    disorder.over = true
    await site.close()
  }
}

/** Changes, kills and the absence of the service, at the same time. Changes wait for kills, and kills for changes. */
class Disorder {
  kills = 0
  over = false

  constructor(
    private readonly site: AccessSite,
    private readonly changes: Changes,
    private readonly run: AccessRun,
  ) {}

  /** Repeats `meanwhile` until all of it is done. */
  async whileIt(meanwhile: () => Promise<unknown>): Promise<void> {
    const repeating = (async () => {
      while (!this.over) {
        await meanwhile().catch(() => undefined)
        await wait(50)
      }
    })()
    await Promise.all([...[1, 2, 3, 4].map(() => this.change()), this.kill(), this.goAway()])
    this.over = true
    await repeating
  }

  private get everyKill(): number {
    return this.run.changes / this.run.kills
  }

  private async reached(changes: number): Promise<void> {
    while (this.changes.count < changes && !this.over) await wait(10)
  }

  private async change(): Promise<void> {
    while (this.changes.count < this.run.changes && !this.over)
      if (this.changes.count > (this.kills + 1) * this.everyKill) await wait(10)
      else await this.changes.make()
  }

  private async kill(): Promise<void> {
    for (; this.kills < this.run.kills && !this.over; this.kills++) {
      await this.reached(this.kills * this.everyKill)
      await wait(Math.random() * 50)
      await this.site.killOne()
    }
  }

  private async goAway(): Promise<void> {
    await this.reached(this.run.changes / 3)
    await this.site.hub.leave()
    await wait(this.run.away * 1000)
    await this.site.hub.comeBack()
  }
}

/** Waits until both connections say what the service is answered. */
async function settle(site: AccessSite, changes: Changes, follower: Follower, seconds: number) {
  const began = Date.now()
  while (Date.now() <= changes.lastEnd) await wait(100)
  const operator = site.operator.at(site.url())
  for (;;) {
    const after = (Date.now() - began) / 1000
    const { connections } = await operator.call(listConnections, {})
    const done = connections.every(
      ({ comparedAt, pending }) => pending === 0 && comparedAt !== null && Date.parse(comparedAt) > began,
    )
    const wanted = await entitled(site)
    const read = await follower.toTheEnd()
    const compared = [
      sameFor('webhook', wanted, site.hub.states),
      sameFor('feed', wanted, read),
      sameFor('feed from the beginning', wanted, await new Follower(site).toTheEnd()),
    ]
    const wrong = compared.flatMap((one) => one.wrong).concat(follower.disorder)
    const pairs = compared.reduce((sum, one) => sum + one.pairs, 0)
    if (done && wrong.length === 0) return { settled: after, pairs, wrong }
    if (after > seconds) return { settled: undefined, pairs, wrong: wrong.concat(done ? [] : ['a change still waits']) }
    await wait(100)
  }
}
