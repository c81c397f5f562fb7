import { Problem } from '../errors'

/** Limits the number of slots in total and per key. A caller that finds none is refused with a time to retry. */
export class ConcurrencyLimit {
  private taken = 0
  private readonly takenBy = new Map<string, number>()

  constructor(
    private readonly most: number,
    private readonly mostOfOne: number,
  ) {}

  /** Takes a slot; the returned function releases it. */
  take(one: string): () => void {
    if (this.taken >= this.most) throw new Problem('overloaded', undefined, 2)
    const mine = this.takenBy.get(one) ?? 0
    if (mine >= this.mostOfOne) throw new Problem('too_many_at_once', undefined, 2)
    this.taken++
    this.takenBy.set(one, mine + 1)
    let given = true
    return () => {
      if (!given) return
      given = false
      this.taken--
      const left = this.takenBy.get(one)! - 1
      if (left > 0) this.takenBy.set(one, left)
      else this.takenBy.delete(one)
    }
  }
}
