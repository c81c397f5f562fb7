import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Running {
  stop(): Promise<void>
}

export interface Daemon extends Running {
  readonly pid: number | undefined
  hasEnded(): boolean
  pause(): void
  /** The last lines of its log. */
  tail(lines?: number): string
}

interface Options {
  folder: string
  /** Its name without `.log`, in the folder. */
  log: string
  env?: Record<string, string>
  /** What stops it: by default nothing is worth keeping, and an orderly end may take seconds. */
  signal?: NodeJS.Signals
  /** Whether it changes its user, and with that loses the order of `setpriv`: a shell gives it when its input ends. */
  changesUser?: boolean
}

const untilInputEnds = `exec 3<&0
"$@" 3<&- & program=$!
(read -r _ <&3; kill -KILL $program) & watch=$!
wait $program; kill $watch`

/** Starts a program that does not fork, or that takes its forks along. */
export function startDaemon(program: string, args: string[], options: Options): Daemon {
  const { folder, log, env, signal = 'SIGKILL', changesUser = false } = options
  const path = join(folder, `${log}.log`)
  const file = openSync(path, 'a')
  // Ended by the system with this process, however that ends: nothing is left running.
  const [supervisor, ...first] = changesUser
    ? ['sh', '-c', untilInputEnds, 'sh', program]
    : ['setpriv', '--pdeathsig', 'KILL', program]
  const child = spawn(supervisor!, [...first, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: [changesUser ? 'pipe' : 'ignore', file, file],
  })
  closeSync(file)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid,
    hasEnded,
    tail: (lines) => tailOf(path, lines),
    pause: () => child.kill('SIGSTOP'),
    async stop() {
      const children = hasEnded() ? [] : childrenOf(child.pid!)
      if (changesUser) child.stdin!.end()
      else child.kill(signal)
      await ended
      while (children.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
  }
}

export const tailOf = (path: string, lines = 12) =>
  existsSync(path) ? readFileSync(path, 'utf8').split(/\n+/).slice(-lines).join('\n') : 'no log'

/** The processes that one has started: those are set up to end with it. */
const childrenOf = (pid: number) =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

/** Whether there is such a process that has not ended; one that has ended may wait for its parent. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether an address answers without an error. */
export async function answersAt(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(5000) })
  await response.arrayBuffer()
  return response.ok
}

/** Waits until `answers`, and throws with the end of the log if the program ends before or takes too long. */
export async function untilReady(name: string, daemon: Daemon, answers: () => Promise<boolean>, seconds = 60) {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    if (await answers().catch(() => false)) return
    const ended = daemon.hasEnded()
    if (ended || Date.now() > deadline)
      throw new Error(`${name} ${ended ? 'ended' : `did not answer within ${seconds} s`}. Its log:\n${daemon.tail()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Runs `setUp` with a temporary folder and a list of what it starts; `stop` ends these, the last first, and removes the folder. */
export async function inFolder<T extends object>(
  name: string,
  setUp: (folder: string, started: Running[]) => Promise<T>,
): Promise<T & Running> {
  const folder = mkdtempSync(join(tmpdir(), `guildhall-${name}-`))
  const started: Running[] = []
  const stop = async () => {
    for (const one of started.splice(0).reverse()) await one.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return { ...(await setUp(folder, started)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
