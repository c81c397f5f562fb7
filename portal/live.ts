import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { streamEvents } from '../src/messaging/events/schema'
import { askAgain } from './connection'

const gatherMilliseconds = 100
const longestWait = 30_000

/** Holds the live stream open while somebody is signed in. The browser may give up; we do not. */
function openStream(onChange: () => void): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let wait = 1000

  function connect() {
    source = new EventSource(streamEvents.path)
    source.onopen = () => {
      wait = 1000
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
      retry = setTimeout(connect, wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, longestWait)
    }
  }

  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}

/** An answer that is still on its way may be older than the change, so it is not waited for. */
async function askAnew(client: QueryClient) {
  await client.cancelQueries()
  await client.invalidateQueries()
}

/** Whenever anything changes, ask again for what is on the screen. The endpoints check access each time. */
export function useLiveUpdates() {
  const client = useQueryClient()
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined
    const close = openStream(() => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        void askAnew(client)
      }, gatherMilliseconds)
    })
    return () => {
      clearTimeout(gathering)
      close()
    }
  }, [client])
}
