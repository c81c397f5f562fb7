import { useState } from 'react'
import { useSignOut } from '../account/queries'
import { DiscardQuestion } from '../ui/dialog'
import { somethingUnsaved } from '../ui/unsaved'

/** Signing out; where something was typed, not before asking. `question` goes onto the page. */
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
