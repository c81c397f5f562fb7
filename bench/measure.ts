import type { Cpu } from './environment'
import { closedLoop, median, quantile, type Work } from './loop'
import type { Count, NextWork, Operation } from './operations/subject'

export const quick = process.argv.includes('--quick')
export const rounds = quick ? 1 : Number(process.env.ROUNDS ?? 5)
const connections = 32

/** Measurements of one operation of one subject, over all rounds. */
export class Series {
  /** CPU milliseconds per request, of the server and of the database, by round. */
  readonly server: number[] = []
  readonly database: number[] = []
  readonly perSecond: number[] = []
  readonly took: number[] = []

  get cpu(): number {
    return median(this.total)
  }

  get total(): number[] {
    return this.server.map((value, round) => value + this.database[round]!)
  }

  /** The median with the range of the rounds. */
  get shown(): string {
    return `${this.cpu.toFixed(3)} (${Math.min(...this.total).toFixed(2)}–${Math.max(...this.total).toFixed(2)})`
  }

  get p99(): number {
    return quantile(this.took, 0.99)
  }
}

/** A value, marked if it misses its goal. */
export const judged = (value: number, goal: number, digits = 2): string =>
  value.toFixed(digits) + (value > goal ? ' (missed)' : '')

/** A server, and the CPU time of it and its database so far. */
export interface Measured {
  url: string
  cpu(): Cpu
}

export async function round({ url, cpu }: Measured, amount: number, next: () => Work, series: Series): Promise<void> {
  const before = cpu()
  const began = performance.now()
  const took = await closedLoop(url, { connections, amount }, next)
  const seconds = (performance.now() - began) / 1000
  const after = cpu()
  series.database.push(((after.database - before.database) * 1000) / amount)
  series.server.push(((after.server - before.server) * 1000) / amount)
  series.perSecond.push(amount / seconds)
  series.took.push(...took)
}

/** Counts what a server acknowledged, to compare with its database at the end. */
export class Acknowledged {
  private readonly made = { W3: 0, W4: 0 }

  constructor(
    private readonly name: string,
    private readonly next: NextWork,
    private readonly before: Count,
  ) {}

  work(operation: Operation): () => Work {
    if (operation !== 'W6') return () => this.counted(operation)
    const turns = ['W1', 'W1', 'W1', 'W1', 'W2 first', 'W2 first', 'W5', 'W5', 'W3', 'W4'] as const
    let turn = 0
    return () => this.counted(turns[turn++ % turns.length]!)
  }

  private counted(operation: Exclude<Operation, 'W6'>): Work {
    const work = this.next(operation)
    if (operation !== 'W3' && operation !== 'W4') return work
    return {
      ...work,
      check: (answer) => {
        work.check(answer)
        this.made[operation]++
      },
    }
  }

  /** Throws if rows are missing or surplus. */
  hold(after: Count): void {
    const { W3, W4 } = this.made
    const there = {
      W3: after.invitations - this.before.invitations,
      W4: after.memberships - this.before.memberships,
    }
    console.log(`${this.name}: ${W3} invitations and ${W4} memberships acknowledged, ${there.W3} and ${there.W4} found`)
    if (there.W3 !== W3 || there.W4 !== W4) throw new Error('the database differs from what was acknowledged')
  }
}
