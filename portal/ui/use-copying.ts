import { useState } from 'react'
import { copyText } from './copy-text'

/** How long the outcome of copying is shown, in ms. */
const shownFor = 4000

/** Copies a text, and says for a while how that ended. A browser can block it. */
export function useCopying(text: string) {
  const [outcome, setOutcome] = useState<'copied' | 'blocked' | null>(null)
  async function copy() {
    setOutcome((await copyText(text)) ? 'copied' : 'blocked')
    setTimeout(() => setOutcome(null), shownFor)
  }
  return { outcome, copy: () => void copy() }
}
