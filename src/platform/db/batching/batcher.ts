/** How many go together at most: nobody waits until more than these have been looked after. */
const most = 16

/** How long those who come later wait for a batch that is on its way, in ms, before they go without waiting for it. */
const patience = 10

interface Waiting<Asked, Answer> {
  asked: Asked
  resolve(answer: Answer | Promise<Answer>): void
  reject(error: unknown): void
}

/** Those who ask at the same moment, gathered into batches. Where nobody else asks, a batch is one, and goes at once. */
export class Gathering<Asked, Answer> {
  private readonly waiting: Waiting<Asked, Answer>[] = []
  private onTheirWay = 0
  private leaving = false
  private tired: NodeJS.Timeout | undefined

  /** `ask` gives the answers in the order of the batch, or fails for all of it. */
  constructor(private readonly ask: (batch: Asked[]) => Promise<(Answer | Promise<Answer>)[]>) {}

  add(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject })
      this.schedule()
    })
  }

  /** The next batch goes when the one before is back, or when it is full; and it never waits long. */
  private schedule(): void {
    if (this.waiting.length === 0 || this.leaving) return
    if (this.onTheirWay > 0 && this.waiting.length < most) {
      this.tired ??= setTimeout(() => this.leave(), patience)
      return
    }
    this.leaving = true
    // They go once: now, and not when those who waited would have tired too.
    clearTimeout(this.tired)
    this.tired = undefined
    // Not before everything that has arrived was read: who comes in the same moment goes along.
    setImmediate(() => this.leave())
  }

  private async leave(): Promise<void> {
    clearTimeout(this.tired)
    this.tired = undefined
    this.leaving = false
    const batch = this.waiting.splice(0, most)
    this.onTheirWay++
    this.schedule()
    await this.answer(batch)
    this.onTheirWay--
    this.schedule()
  }

  private async answer(batch: Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.ask(batch.map(({ asked }) => asked))
      batch.forEach(({ resolve }, position) => {
        resolve(answers[position]!)
      })
      await Promise.allSettled(answers)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
