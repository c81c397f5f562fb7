import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { streamEvents } from '../src/messaging/events/schema'
import { askAgain } from './connection'
import { refetch } from './refetch'

const gatherMilliseconds = 100
const longestWait = 30_000

/** How long to wait before reopening the stream, in milliseconds. Random, so that not all browsers return at once. */
export const waitBefore = (attempt: number, random = Math.random()) =>
  Math.min(1000 * 2 ** attempt, longestWait) * (0.75 + random / 2)

/** Keeps the event stream open while someone is signed in, also when the browser gives up on it. */
function openStream(onChange: () => void): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempts = 0

  function connect() {
    source = new EventSource(streamEvents.path)
    source.onopen = () => {
      attempts = 0
      // Events from before the stream was open are not sent again, so everything is refetched. The first time too: the
      // page got its first responses before this stream was open.
      onChange()
    }
    source.onmessage = onChange
    source.onerror = () => {
      void askAgain()
      if (source?.readyState !== EventSource.CLOSED) return
      // The site answered, but not with a stream: most likely the session has ended. Refetching shows it.
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

/** Combines changes that come close together into one call. */
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

/** Refetches what is on the screen whenever anything changes. The endpoints check access each time. */
export function useLiveUpdates() {
  const client = useQueryClient()
  useEffect(() => {
    const changes = gathering(() => void refetch(client))
    const close = openStream(changes.change)
    return () => {
      changes.stop()
      close()
    }
  }, [client])
}
