import { spawn } from 'node:child_process'
import { freePort } from './postgres'

/** A server process, as an operator would run one. */
export interface ServerProcess {
  url: string
  pid: number
  /** Its output so far. Its errors also go to the tests' output. */
  output(): string
  /** Resolves with the exit code when it ends; null if a signal ended it. */
  ended: Promise<number | null>
  hasEnded(): boolean
  stop(): Promise<void>
  /** Kills it immediately (SIGKILL). */
  kill(): Promise<void>
}

/** Starts the program, on a free port by default, and waits until it answers; `every` is the polling interval in ms. */
export async function startServer(
  program: string[],
  settings: Record<string, string>,
  pause = 50,
): Promise<ServerProcess> {
  const server = await launchServer(program, settings, (part) => process.stderr.write(part))
  await untilHealthy(server, pause)
  return server
}

/** The same without waiting, because it may never answer. */
export async function launchServer(
  program: string[],
  settings: Record<string, string>,
  complain: (part: Buffer) => void = () => {},
): Promise<ServerProcess> {
  const port = settings.PORT ?? (await freePort())
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error', ...settings },
  })
  let output = ''
  child.stdout.on('data', (part: Buffer) => {
    output += part
  })
  child.stderr.on('data', (part: Buffer) => {
    output += part
    complain(part)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    output: () => output,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Whether a server answers and reports that it is healthy. */
export const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )

async function untilHealthy({ url, hasEnded }: ServerProcess, pause: number): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    if (await isHealthy(url)) return
    if (hasEnded() || Date.now() > deadline) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
