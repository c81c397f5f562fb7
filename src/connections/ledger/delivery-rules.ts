/** How long to wait after a failure, in seconds; then the last one again and again. Nothing is ever given up. */
export const retrySeconds = [1, 5, 30, 120, 600, 1800, 3600]

/** Waits vary by a tenth, so that many rows that failed at once are not due at once. */
export function secondsToRetry(attempts: number, schedule: number[], random: number): number {
  const seconds = schedule[Math.min(attempts, schedule.length - 1)]!
  return seconds * (0.95 + random / 10)
}

/** So many failures in a row pause a connection. Then a single attempt at a time finds out whether it works again. */
export const mostFailures = 5
export const pauseSeconds = 30
