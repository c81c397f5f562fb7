import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A program that a test started and that answers over HTTP. */
export interface Process {
  readonly pid: number | undefined
  hasEnded(): boolean
  /** The end of what it wrote. */
  log(lines?: number): string
  /** Waits until the address answers without an error; throws with the logs if one of the programs ends first. */
  ready(address: string, seconds: number, needed?: Process[]): Promise<void>
  /** Ends it and what it started. */
  stop(): Promise<void>
}

interface Options {
  /** Where it runs and where its log is. */
  folder: string
  env?: Record<string, string>
}

/** Starts a program that the system ends with this process, however that ends: nothing is left running. */
export function startProcess(name: string, program: string, args: string[], { folder, env }: Options): Process {
  const logFile = join(folder, `${name}.log`)
  const output = openSync(logFile, 'a')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  const log = (lines = 30) =>
    existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : 'no log'
  const started: Process = {
    pid: child.pid,
    hasEnded,
    log,
    async ready(address, seconds, needed = []) {
      const deadline = Date.now() + seconds * 1000
      while (!(await answers(address))) {
        const all = [...needed, started]
        const oneEnded = all.some((one) => one.hasEnded())
        if (oneEnded || Date.now() > deadline) {
          const what = oneEnded ? 'or what it needs ended' : `did not answer within ${seconds} s`
          throw new Error(`${name} ${what}. The ends of the logs:\n${all.map((one) => one.log()).join('\n\n')}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async stop() {
      const children = hasEnded() ? [] : childrenOf(child.pid!)
      // Nothing is worth keeping, and an orderly end takes seconds.
      child.kill('SIGKILL')
      await ended
      while (children.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
  }
  return started
}

const answers = (address: string) =>
  fetch(address, { signal: AbortSignal.timeout(5000) }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )

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
