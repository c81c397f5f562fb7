import { type ComponentType, useEffect, useReducer, useState } from 'react'
import { askAgain, isAway, whenConnectionChanges } from './connection'
import { Loading } from './ui/states'

/**
 * A screen in a chunk of its own, loaded on demand. While the site does not answer, it waits. If the chunk is gone, the
 * portal was rebuilt since this page was opened: then the page is reloaded.
 */
export function screen<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  let Loaded: ComponentType | undefined
  let loading: Promise<void> | undefined
  /** Fails silently: it also runs when a pointer is only over a link. */
  const preload = () => {
    loading ??= Promise.all([load(), import('./ui/mantine-behind.css')])
      .then(
        ([module]) => {
          Loaded = module[name]
        },
        () => {},
      )
      .finally(() => {
        loading = undefined
      })
    return loading
  }
  const isLoaded = async () => {
    await preload()
    return Loaded !== undefined
  }
  function Screen() {
    const [, draw] = useReducer((times: number) => times + 1, 0)
    if (Loaded) return <Loaded />
    return <NotLoaded isLoaded={isLoaded} onLoaded={draw} />
  }
  Screen.preload = preload
  return Screen
}

function NotLoaded(props: { isLoaded: () => Promise<boolean>; onLoaded: () => void }) {
  const { isLoaded, onLoaded } = props
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let gone = false
    async function attempt() {
      const loaded = await isLoaded()
      if (gone) return
      if (loaded) return onLoaded()
      await askAgain()
      // If the site is away, the connection reports when it is back.
      if (gone || isAway()) return
      setFailed(!reloadOnce())
    }
    const forget = whenConnectionChanges(() => {
      if (!isAway()) void attempt()
    })
    void attempt()
    return () => {
      gone = true
      forget()
    }
  }, [isLoaded, onLoaded])
  if (failed) throw new Error('A file of the portal is missing.')
  return <Loading />
}

/** Once for each build of the portal, so that a chunk that stays missing causes no loop. */
function reloadOnce(): boolean {
  const [key, build] = ['guildhall-reloaded', import.meta.url]
  if (sessionStorage.getItem(key) === build) return false
  sessionStorage.setItem(key, build)
  window.location.reload()
  return true
}
