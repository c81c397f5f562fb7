import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from './postgres'

/** The server from its sources, with every answer checked. */
export const fromSources = ['--import', 'tsx', 'src/main.ts', 'serve', '--check-answers']

/** A server process, as an operator would run one. */
export interface ServerProcess {
  url: string
  pid: number
  /** What it has printed so far. Its errors go to the tests' own output besides. */
  output(): string
  stop(): Promise<void>
  /** Ends it in the middle of whatever it does (SIGKILL). */
  kill(): Promise<void>
}

/** Runs the program on a free port, with these settings besides, and waits until it answers. */
export async function startServer(program: string[], settings: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
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
    process.stderr.write(part)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilHealthy(url, child)
  return {
    url,
    pid: child.pid!,
    output: () => output,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const healthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
