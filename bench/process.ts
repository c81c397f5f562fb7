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
    // The name, in parentheses, may hold spaces; user and system time are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
  return Number(kilobytes) / 1024
}
