import { Problem } from './errors'
import type { ProblemCode } from './problems'

/** Lets only so much work run at once and only so much wait. Whoever comes beyond that is told at once to come again. */
export class Bulkhead {
  private running = 0
  private readonly waiting: (() => void)[] = []
  private atEnd: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly atMostWaiting: number,
    private readonly refusal: ProblemCode = 'too_busy',
  ) {}

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.atOnce) this.running++
    else if (this.waiting.length >= this.atMostWaiting) throw new Problem(this.refusal, undefined, 2)
    // Whoever ends hands his place on, so nobody who comes new can take it from those who wait.
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else if (--this.running === 0) for (const tell of this.atEnd.splice(0)) tell()
    }
  }

  /** When nothing runs any more. */
  ended(): Promise<void> {
    return this.running === 0 ? Promise.resolve() : new Promise((resolve) => this.atEnd.push(resolve))
  }
}
