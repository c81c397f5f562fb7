import { until } from '../tests/support/until'
import type { ChaosSite } from './site'
import { acknowledged, missing, wait, writeDuring } from './writing'

export interface Kills {
  rounds: number
  acknowledged: number
  /** Acknowledged, but missing afterwards. */
  lost: number
}

/**
 * In each round, kills the server or PostgreSQL in the middle of writes, restarts it, and looks for every acknowledged
 * write.
 */
export async function killing(
  site: ChaosSite,
  rounds: number,
  { kill, revive }: { kill(): Promise<void>; revive(): Promise<void> },
): Promise<Kills> {
  const kills: Kills = { rounds, acknowledged: 0, lost: 0 }
  for (let round = 0; round < rounds; round++) {
    // Rounds end between the first and the hundredth write, and at a random moment within one.
    const many = 2 + Math.floor(100 * Math.random() ** 2)
    const answers = await writeDuring(site, 8, async (answers) => {
      await until(async () => acknowledged(answers).length >= many)
      await wait(10 * Math.random())
      await kill()
    })
    await revive()
    kills.acknowledged += acknowledged(answers).length
    kills.lost += (await missing(site, answers)).length
  }
  return kills
}

export const theServer = (site: ChaosSite) => ({
  kill: () => site.server.kill(),
  revive: () => site.restart(),
})

/** Its connections end too. The server keeps running and reconnects once PostgreSQL is back. */
export const postgresItself = (site: ChaosSite) => ({
  kill: () => site.postgres!.end('SIGKILL'),
  revive: () => site.postgres!.resume(),
})
