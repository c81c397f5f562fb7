import { existsSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** Seconds of processor time that the processes have used so far, as Linux counts them. */
export function cpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) / ticksPerSecond
}

/** What each of the processes has used so far. Those that are gone, such as a connection that was idle for too long, are left out. */
export function cpuTimes(pids: number[]): Map<number, number> {
  return new Map(pids.filter((pid) => existsSync(`/proc/${pid}/stat`)).map((pid) => [pid, cpuSeconds([pid])]))
}

/** What was used between two looks, also by processes that began in between. */
export function usedSince(before: Map<number, number>, after: Map<number, number>): number {
  return [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0)
}

function ticksOf(pid: number): number {
  // The name, in parentheses, may hold spaces; user and system time are fields 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
  return Number(kilobytes) / 1024
}
