import { randomUUID } from 'node:crypto'
import { ensureScim2Server } from '../../scripts/services/scim2-server.mjs'
import { inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

/** Starts a SCIM server that is not the one of `scim-server.ts`: another library, in another language. It keeps all in memory. */
export const startScim2Server = (say?: (progress: string) => void) =>
  inFolder('scim2', async (folder, started) => {
    const { program, env } = ensureScim2Server(say)
    const port = await freePort()
    const token = randomUUID()
    const listening = ['--hostname', '127.0.0.1', '--port', String(port), '--bearer-token', token]
    const command = ['-m', 'scim2_server.testserver.cli', ...listening]
    const daemon = startDaemon(program, command, { folder, log: 'scim2-server', env })
    started.push(daemon)
    const url = `http://127.0.0.1:${port}/v2`
    const answers = () =>
      fetch(`${url}/Users`, { signal: AbortSignal.timeout(2000) }).then(({ status }) => status === 401)
    await untilReady('scim2-server', daemon, answers)
    return { url, token }
  })
