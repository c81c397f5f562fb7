import { pendingLinks } from './pending-links'
import { giveUpUnsaved } from './ui/unsaved'

/** Who was signed in when the page told of them; null where it tells of nobody. */
let whose: string | null = null

export const whosePage = () => whose

/**
 * Takes note of who is signed in now. The page was somebody's: for anybody else, who signed in in another tab, it is loaded
 * anew, and nothing of it is sent. Where nobody is signed in any more, it is nobody's.
 */
export async function noteWhosePage(account: string | null): Promise<void> {
  if (whose !== null && account !== null && account !== whose) await loadAnew()
  whose = account
}

/** Nothing goes on after it: it never comes back. */
export function loadAnew(): Promise<never> {
  pendingLinks.loadedAnew.put('yes')
  giveUpUnsaved()
  window.location.reload()
  return new Promise(() => {})
}
