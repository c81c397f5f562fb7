import type { ChaosSite } from './site'
import { type Log, missing, writeUntil } from './writing'

export interface Kills {
  rounds: number
  acknowledged: number
  /** Acknowledged, and not there afterwards. */
  lost: number
}

/**
 * Kills something in the middle of writes, brings it back, and looks for everything that was acknowledged, round
 * after round. `kill` and `revive` are of the server or of PostgreSQL.
 */
export async function killing(
  site: ChaosSite,
  rounds: number,
  { kill, revive }: { kill(): Promise<void>; revive(): Promise<void> },
): Promise<Kills> {
  const kills: Kills = { rounds, acknowledged: 0, lost: 0 }
  for (let round = 0; round < rounds; round++) {
    const log = await writeAndKill(site, kill)
    await revive()
    kills.acknowledged += log.acknowledged.length
    kills.lost += (await missing(site, log.acknowledged)).length
  }
  return kills
}

/** Some rounds end with the first write, some after hundreds of them. */
async function writeAndKill(site: ChaosSite, kill: () => Promise<void>): Promise<Log> {
  let killed = false
  const written = writeUntil(site, 8, () => killed)
  await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 300))
  await kill()
  killed = true
  return written
}

export const theServer = (site: ChaosSite) => ({
  kill: () => site.server.kill(),
  revive: () => site.restart(),
})

/** Its connections end too; the server goes on, and finds it when it is back. */
export const postgresItself = (site: ChaosSite) => ({
  kill: () => site.postgres!.end('SIGKILL'),
  revive: () => site.postgres!.resume(),
})
