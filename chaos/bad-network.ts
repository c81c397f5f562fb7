import type { ChaosSite } from './site'
import { type Answer, wait, writeDuring } from './writing'

/** For `seconds`, the network to PostgreSQL is slow and breaks connections; then nothing gets through. */
export async function badNetwork(site: ChaosSite, seconds: number): Promise<Answer[]> {
  const network = site.network!
  return writeDuring(site, 16, async () => {
    const until = Date.now() + seconds * 1000
    while (Date.now() < until) {
      network.delay = Math.random() < 0.3 ? Math.random() * 40 : 0
      network.cut()
      await wait(Math.random() * 60)
    }
    network.delay = 0
    network.silence()
    await wait(3000)
    network.hear()
    await wait(1500)
  })
}
