import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { streamPath } from '../src/messaging/events/schema'
import { askAgain } from './connection'

const gatherMilliseconds = 100
const longestWait = 30_000

/** How long to wait before the stream is opened again, in milliseconds. Not all browsers come back at the same moment. */
export const waitBefore = (attempt: number, random = Math.random()) =>
  Math.min(1000 * 2 ** attempt, longestWait) * (0.75 + random / 2)

/** Holds the live stream open while somebody is signed in. The browser may give up; we do not. */
function openStream(onChange: () => void): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempts = 0

  function connect() {
    source = new EventSource(streamPath)
    source.onopen = () => {
      attempts = 0
      // What happened while nobody listened is not sent again, so everything is asked for anew: the first time too,
      // since the page had its first answers before this stream was open.
      onChange()
    }
    source.onmessage = onChange
    source.onerror = () => {
      void askAgain()
      if (source?.readyState !== EventSource.CLOSED) return
      // The site answered, but not with a stream: most likely the session has ended, and asking again will tell.
      onChange()
      retry = setTimeout(connect, waitBefore(attempts++))
    }
  }

  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}

/** An answer that is still on its way may be older than the change, so it is not waited for. */
export async function askAnew(client: QueryClient) {
  await client.cancelQueries()
  await client.invalidateQueries()
}

/** Changes that come together are told once. */
export function gathering(tell: () => void) {
  let waiting: ReturnType<typeof setTimeout> | undefined
  return {
    change() {
      waiting ??= setTimeout(() => {
        waiting = undefined
        tell()
      }, gatherMilliseconds)
    },
    stop: () => clearTimeout(waiting),
  }
}

/** Whenever anything changes, ask again for what is on the screen. The endpoints check access each time. */
export function useLiveUpdates() {
  const client = useQueryClient()
  useEffect(() => {
    const changes = gathering(() => void askAnew(client))
    const close = openStream(changes.change)
    return () => {
      changes.stop()
      close()
    }
  }, [client])
}
