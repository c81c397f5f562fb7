import { useCallback, useState } from 'react'

/**
 * What a window decides about, as it was when it opened: what others change meanwhile does not slip in under a finger.
 * When the server says that it changed, `lookAgain` takes what is there by then.
 */
export function useSnapshot<What>(current: What) {
  const [seen, setSeen] = useState(current)
  const [looking, setLooking] = useState(false)
  const [changed, setChanged] = useState(false)
  if (looking && current !== seen) {
    setSeen(current)
    setLooking(false)
  }
  return {
    seen,
    /** Whether it is not what the window opened with. */
    changed,
    lookAgain: useCallback(() => {
      setLooking(true)
      setChanged(true)
    }, []),
  }
}
