import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** By process, the seconds of processor time that it has used so far, as Linux counts them. */
export type CpuTimes = Map<number, number>

/** Processes that have ended, such as those of connections that were idle for too long, are left out. */
export function cpuTimes(pids: number[]): CpuTimes {
  return new Map(
    pids.flatMap((pid) => {
      const ticks = ticksOf(pid)
      return ticks === undefined ? [] : [[pid, ticks / ticksPerSecond] as const]
    }),
  )
}

/** What was used between two looks, also by processes that began in between. */
export function usedBetween(before: CpuTimes, after: CpuTimes): number {
  return [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0)
}

function ticksOf(pid: number): number | undefined {
  try {
    const fields = statOf(pid)
    return Number(fields[11]) + Number(fields[12])
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/**
 * Seconds of processor time of a process and all that it started, also those that have ended: a PostgreSQL with its
 * background processes and connections.
 */
export function cpuOfTree(pid: number): number {
  const fields = statOf(pid)
  // Of its own, user and system; then of its children that have ended.
  const own = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / ticksPerSecond
  return childrenOf(pid).reduce((sum, child) => sum + (cpuTimes([child]).get(child) ?? 0), own)
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** The fields of /proc/PID/stat after the name, which stands in parentheses and may hold spaces. */
const statOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
  return Number(kilobytes) / 1024
}
