/** A text that is kept for this tab only, until it is used or dropped. */
export function tabItem(name: string) {
  const listeners = new Set<() => void>()
  return {
    put(text: string) {
      sessionStorage.setItem(name, text)
      for (const listener of listeners) listener()
    },
    get: () => sessionStorage.getItem(name),
    drop: () => sessionStorage.removeItem(name),
    /** Calls the listener after each `put`. */
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type TabItem = ReturnType<typeof tabItem>

export const tabStorage = {
  /** That an address was confirmed in a tab without an invitation. */
  confirmed: tabItem('guildhall.confirmed'),
  /** The page to continue with after the identity provider. */
  next: tabItem('guildhall.next'),
  /** That someone is signed in here and did not sign out: the sign-in page then says that the session has ended. */
  signedIn: tabItem('guildhall.signed-in'),
  /** That the page was reloaded because someone else is signed in now. The reloaded page says who. */
  reloadedForAccount: tabItem('guildhall.loaded-anew'),
}
