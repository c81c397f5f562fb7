import { fail } from 'node:assert/strict'

/** Polls until `look` finds the result of asynchronous work, such as a worker's. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > deadline) fail('what was waited for did not come')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
