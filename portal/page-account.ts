import { tabStorage } from './tab-storage'
import { giveUpUnsaved } from './ui/unsaved'

/** The account that the page belongs to; null while no one is signed in. */
let current: string | null = null

export const pageAccount = () => current

/**
 * Notes who is signed in now. If someone else signed in in another tab, the page is reloaded for them, and nothing of the old
 * one is sent.
 */
export async function notePageAccount(account: string | null): Promise<void> {
  if (current !== null && account !== null && account !== current) await reloadForAccount()
  current = account
}

/** Never resolves, so that nothing runs after it. */
export function reloadForAccount(): Promise<never> {
  tabStorage.reloadedForAccount.put('yes')
  giveUpUnsaved()
  window.location.reload()
  return new Promise(() => {})
}
