import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program } from '../tests/support/program'
import { launchServer, startServer } from '../tests/support/server'
import { settingsFor } from './site'

export interface Seconds {
  /** A second server on the same directory ended, and said why. */
  refused: number
  /** After the first was killed, another one took the directory over. */
  takenOver: number
}

/** Each round a second server comes to the directory, then the first is killed and a third one comes. */
export async function secondServers(rounds: number): Promise<Seconds> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-chaos-'))
  const settings = settingsFor(undefined, dataDir)
  const seen: Seconds = { refused: 0, takenOver: 0 }
  let server = await startServer(await program(), settings)
  for (let round = 0; round < rounds; round++) {
    const second = await launchServer(await program(), settings)
    const code = await second.ended
    if (code !== 0 && /Another Guildhall is using/.test(second.output())) seen.refused++
    await server.kill()
    server = await startServer(await program(), settings)
    seen.takenOver++
  }
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
  return seen
}
