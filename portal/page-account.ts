import { tabStorage } from './tab-storage'
import { giveUpUnsaved } from './ui/unsaved'

/** The account that the page belongs to; null while no one is signed in. */
let current: string | null = null

export const pageAccount = () => current

/**
 * Records who is signed in. If someone else has signed in from another tab, reloads the page for them; nothing entered
 * by the previous person is sent.
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
