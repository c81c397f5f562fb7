import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** CPU seconds that a process has used so far, as counted by Linux. */
export const cpuOf = (pid: number): number => secondsIn(statOf(pid).slice(11, 13))

/**
 * The same for a process and its children, including those that have ended: a PostgreSQL server with its background
 * processes and connections.
 */
export function cpuOfTree(pid: number): number {
  // User and system time of the process, then of its children that have ended.
  const own = secondsIn(statOf(pid).slice(11, 15))
  return childrenOf(pid).reduce((sum, child) => sum + cpuOfChild(child), own)
}

/** A child that ends during the reading counts with its parent the next time. */
function cpuOfChild(pid: number): number {
  try {
    return cpuOf(pid)
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0
    throw error
  }
}

const secondsIn = (ticks: string[]): number => ticks.reduce((sum, count) => sum + Number(count), 0) / ticksPerSecond

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** The fields of /proc/PID/stat after the name, which is in parentheses and may contain spaces. */
const statOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
  return Number(kilobytes) / 1024
}
