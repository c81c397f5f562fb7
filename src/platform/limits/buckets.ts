import type { Allowance } from './policies'

/** How many keys are remembered. */
const most = 10_000

/**
 * Token buckets in this process's memory, one per key: a burst of `tries`, and as many again over `seconds`. For limits
 * that protect the process itself; limits on guessing are in the database and hold for all processes.
 */
export class Buckets {
  /** Per key, the time in ms at which its bucket is full again. */
  private readonly fullAt = new Map<string, number>()
  private readonly perTry: number

  constructor(
    private readonly allowance: Pick<Allowance, 'tries' | 'seconds'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.perTry = (allowance.seconds * 1000) / allowance.tries
  }

  /** The seconds until the key may try again; 0 if it may now. */
  secondsToWait(key: string): number {
    const left = (this.fullAt.get(key) ?? 0) - this.now() - this.allowance.seconds * 1000 + this.perTry
    return Math.max(0, Math.ceil(left / 1000))
  }

  /** Counts a try and answers 0, or answers the seconds to wait and counts nothing. */
  take(key: string): number {
    const wait = this.secondsToWait(key)
    if (wait > 0) return wait
    const fullAt = Math.max(this.fullAt.get(key) ?? 0, this.now()) + this.perTry
    // Keys are kept in the order of their last try, so the first has been idle for longest.
    this.fullAt.delete(key)
    if (this.fullAt.size >= most) this.fullAt.delete(this.fullAt.keys().next().value!)
    this.fullAt.set(key, fullAt)
    return 0
  }
}
