import { useCallback, useState } from 'react'

/**
 * The data that a dialog decides about, frozen when the dialog opens, so that a concurrent change cannot slip in before
 * the click. When the server reports a change, `lookAgain` takes the current data.
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
    /** Whether the data has changed since the dialog opened. */
    changed,
    lookAgain: useCallback(() => {
      setLooking(true)
      setChanged(true)
    }, []),
  }
}
