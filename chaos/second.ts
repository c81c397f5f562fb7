import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program } from '../tests/support/program'
import { launchServer, startServer } from '../tests/support/server'
import { settingsFor } from './site'

export interface Seconds {
  /** How often a second server on the same directory exited with the reason. */
  refused: number
  /** How often another server took over the directory after the first was killed. */
  takenOver: number
}

/** In each round, starts a second server on the directory, then kills the first and starts a third. */
export async function secondServers(rounds: number): Promise<Seconds> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-chaos-'))
  const settings = settingsFor(undefined, dataDir)
  const seen: Seconds = { refused: 0, takenOver: 0 }
  let server = await startServer(await program(), settings)
  for (let round = 0; round < rounds; round++) {
    const second = await launchServer(await program(), settings)
    const code = await second.ended
    if (code !== 0 && /Another Guildhall process is using/.test(second.output())) seen.refused++
    await server.kill()
    server = await startServer(await program(), settings)
    seen.takenOver++
  }
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
  return seen
}
