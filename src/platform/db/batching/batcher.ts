/** The most items in one batch: an item never waits for more than this many others. */
const maxBatchSize = 16

/** How long an item waits for the batch in flight before it is sent anyway, in ms. */
const maxWaitMs = 10

interface Queued<Input, Output> {
  input: Input
  resolve(output: Output | Promise<Output>): void
  reject(error: unknown): void
}

/**
 * Combines calls that arrive at the same moment into one call with all of their inputs, as DataLoader does.
 *
 * It switches between two modes automatically. While nothing is in flight, it is idle: an input is sent at the end of
 * the current tick of the event loop, together with all others of that tick. While a batch is in flight, it collects:
 * inputs wait until that batch returns, until `maxBatchSize` of them are waiting, or for `maxWaitMs`.
 *
 * The trade-off is latency for throughput. Under load an input waits up to `maxWaitMs`, and one slow batch delays the
 * next by no more than that. Without load nothing waits. There is no cache: an input is sent after it was added, never
 * answered from an earlier batch. The queue itself is unbounded; the server bounds the number of requests
 * (`bulkhead.ts`).
 */
export class Batcher<Input, Output> {
  private readonly queue: Queued<Input, Output>[] = []
  private inFlight = 0
  private flushing = false
  private timer: NodeJS.Timeout | undefined

  /** `run` returns one output per input, in the order of the batch, or fails for the whole batch. */
  constructor(private readonly run: (batch: Input[]) => Promise<(Output | Promise<Output>)[]>) {}

  add(input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, resolve, reject })
      this.schedule()
    })
  }

  private schedule(): void {
    if (this.queue.length === 0 || this.flushing) return
    if (this.inFlight > 0 && this.queue.length < maxBatchSize) {
      this.timer ??= setTimeout(() => this.flush(), maxWaitMs)
      return
    }
    this.flushing = true
    // The batch is sent once: now, not again when the timer fires.
    clearTimeout(this.timer)
    this.timer = undefined
    // After all input that has arrived was read, so that it can join the batch.
    setImmediate(() => this.flush())
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.flushing = false
    const batch = this.queue.splice(0, maxBatchSize)
    this.inFlight++
    this.schedule()
    await this.settle(batch)
    this.inFlight--
    this.schedule()
  }

  private async settle(batch: Queued<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.run(batch.map(({ input }) => input))
      batch.forEach(({ resolve }, position) => {
        resolve(outputs[position]!)
      })
      await Promise.allSettled(outputs)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
