import { spawn } from 'node:child_process'
import { freePort } from './postgres'

/** A server process, as an operator would run one. */
export interface ServerProcess {
  url: string
  pid: number
  /** What it has printed so far. Its errors go to the tests' own output besides. */
  output(): string
  /** When it ends, its exit code; null where a signal ended it. */
  ended: Promise<number | null>
  hasEnded(): boolean
  stop(): Promise<void>
  /** Ends it in the middle of whatever it does (SIGKILL). */
  kill(): Promise<void>
}

/** Runs the program with these settings, on a free port where they say none, and waits until it answers: so many ms between tries. */
export async function startServer(
  program: string[],
  settings: Record<string, string>,
  pause = 50,
): Promise<ServerProcess> {
  const server = await launchServer(program, settings, (part) => process.stderr.write(part))
  await untilHealthy(server, pause)
  return server
}

/** The same without waiting: it may not get so far. */
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

/** Whether a server is there and says that it works. */
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
