import type { ChaosSite } from './site'
import { acknowledged, missing, wait, writeDuring } from './writing'

export interface Away {
  acknowledged: number
  /** 503 answers to requests sent during the outage. */
  refused: number
  /** The slowest of them, in ms. */
  slowest: number
  /** Neither successful nor 503: other server errors, broken connections. */
  others: number
  /** Time from PostgreSQL's return to the first successful write, in ms. */
  backAfter: number
  /** Acknowledged, but missing afterwards. */
  lost: number
  /** The server's connections to PostgreSQL afterwards. */
  connections: number
}

/** Stops PostgreSQL for a while under load. Clients get timely 503 answers, and the site recovers afterwards. */
export async function away(site: ChaosSite, seconds: number): Promise<Away> {
  let [stopped, back] = [0, 0]
  const answers = await writeDuring(site, 16, async () => {
    await wait(1000)
    stopped = Date.now()
    await site.postgres!.end('SIGINT')
    await wait(seconds * 1000)
    await site.postgres!.resume()
    back = Date.now()
    await wait(2000)
  })
  const refused = answers.filter(({ asked, status }) => asked > stopped && status === 503)
  const wentWell = answers.filter(({ asked, took, status }) => asked + took > back && status === 201)
  return {
    acknowledged: acknowledged(answers).length,
    refused: refused.length,
    slowest: Math.max(...refused.map(({ took }) => took)),
    others: answers.filter(({ status }) => status !== 201 && status !== 503).length,
    backAfter: Math.min(...wentWell.map(({ asked, took }) => asked + took)) - back,
    lost: (await missing(site, answers)).length,
    connections: await site.connections(),
  }
}
