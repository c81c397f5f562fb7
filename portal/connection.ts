import { useSyncExternalStore } from 'react'
import { getHealth } from '../src/identity/site/schema'

const shortestWait = 1000
const longestWait = 10_000

/** Whether the site does not answer. It is asked again until it does. */
let away = false
let retry: ReturnType<typeof setTimeout> | undefined
let wait = shortestWait
const listeners = new Set<() => void>()

function change(next: boolean) {
  if (away === next) return
  away = next
  clearTimeout(retry)
  wait = shortestWait
  if (away) retry = setTimeout(askAgain, wait)
  for (const tell of [...listeners]) tell()
}

/** A request got no response. */
export const unanswered = () => change(true)
export const answered = () => change(false)

/** Asks whether the site is there. Its own problem details count as a response; a proxy’s error page does not. */
export async function askAgain(): Promise<void> {
  clearTimeout(retry)
  const response = await fetch(getHealth.path, { cache: 'no-store' }).catch(() => undefined)
  const here = response && (response.status < 502 || response.headers.get('content-type')?.includes('problem+json'))
  if (here) return answered()
  unanswered()
  clearTimeout(retry)
  wait = Math.min(wait * 2, longestWait)
  retry = setTimeout(askAgain, wait)
}

/** The browser is the first to know that the network is back. */
export function watchNetwork() {
  window.addEventListener('online', () => {
    if (away) void askAgain()
  })
}

export function whenConnectionChanges(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const isAway = () => away
export const useAway = () => useSyncExternalStore(whenConnectionChanges, isAway)

const untilBack = () =>
  new Promise<void>((resolve) => {
    const forget = whenConnectionChanges(() => {
      if (away) return
      forget()
      resolve()
    })
  })

/** Loads what the page can do without. Retries once, and after an outage once the site is back. */
export async function loadPatiently<Loaded>(load: () => Promise<Loaded>): Promise<Loaded | undefined> {
  for (let failures = 0; failures < 2; failures++) {
    const loaded = await load().catch(() => undefined)
    if (loaded) return loaded
    await askAgain()
    if (!away) continue
    await untilBack()
    failures = -1
  }
  return undefined
}
