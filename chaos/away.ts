import type { ChaosSite } from './site'
import { acknowledged, missing, wait, writeDuring } from './writing'

export interface Away {
  acknowledged: number
  /** Answers 503 to what was asked while it was away. */
  refused: number
  /** The slowest of these, in ms. */
  slowest: number
  /** Neither done nor refused by 503: other server errors, broken connections. */
  others: number
  /** How long after PostgreSQL was back the first write went well, in ms. */
  backAfter: number
  /** Acknowledged, and not there afterwards. */
  lost: number
  /** Connections of the server to PostgreSQL afterwards. */
  connections: number
}

/** PostgreSQL is stopped for a while under load: everybody is told so in time, and afterwards all is as before. */
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
