import { useState } from 'react'
import { DiscardQuestion } from '../ui/dialog'
import { somethingUnsaved } from '../ui/unsaved'
import { useSignOut } from './queries'

/** Signs out, and asks first if something is unsaved. Render `question` on the page. */
export function useAskedSignOut(onError?: (message: string) => void) {
  const [asked, setAsked] = useState(false)
  const { mutate, error, isPending } = useSignOut()
  function leave() {
    setAsked(false)
    mutate(undefined, { onError: (refusal) => onError?.(refusal.message) })
  }
  return {
    signOut: () => (somethingUnsaved() ? setAsked(true) : leave()),
    question: asked && <DiscardQuestion onDiscard={leave} onKeep={() => setAsked(false)} />,
    error,
    isPending,
  }
}
