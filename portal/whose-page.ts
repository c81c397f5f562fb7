import { pendingLinks } from './pending-links'
import { giveUpUnsaved } from './ui/unsaved'

/** The account that the page belongs to; null while no one is signed in. */
let whose: string | null = null

export const whosePage = () => whose

/**
 * Records who is signed in. If someone else has signed in from another tab, reloads the page for them; nothing entered
 * by the previous person is sent.
 */
export async function noteWhosePage(account: string | null): Promise<void> {
  if (whose !== null && account !== null && account !== whose) await loadAnew()
  whose = account
}

/** Never resolves, so that nothing runs after it. */
export function loadAnew(): Promise<never> {
  pendingLinks.loadedAnew.put('yes')
  giveUpUnsaved()
  window.location.reload()
  return new Promise(() => {})
}
