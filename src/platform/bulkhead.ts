import { Problem } from './errors'
import type { ProblemCode } from './problems'

/** Limits how much work runs at once and how much waits. Anything beyond is refused at once with a time to retry. */
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
    // Finished work passes its slot on, so a new request cannot take it from those that wait.
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else if (--this.running === 0) for (const tell of this.atEnd.splice(0)) tell()
    }
  }

  /** Resolves when no work is running. */
  ended(): Promise<void> {
    return this.running === 0 ? Promise.resolve() : new Promise((resolve) => this.atEnd.push(resolve))
  }
}
