/** A secret out of a link, kept for this tab only until it is used or given up. */
function slot(name: string) {
  const listeners = new Set<() => void>()
  return {
    put(secret: string) {
      sessionStorage.setItem(name, secret)
      for (const listener of listeners) listener()
    },
    get: () => sessionStorage.getItem(name),
    drop: () => sessionStorage.removeItem(name),
    /** Tells when another link was opened on the page that uses this one. */
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Slot = ReturnType<typeof slot>

export const carried = {
  code: slot('guildhall.code'),
  setupToken: slot('guildhall.setup-token'),
  addressToken: slot('guildhall.address-token'),
  resetToken: slot('guildhall.reset-token'),
  /** Where to go on after the identity provider. No secret, but it goes the same way. */
  next: slot('guildhall.next'),
  /** That somebody is signed in here, and did not sign out: who then is not, is told that the session has ended. */
  signedIn: slot('guildhall.signed-in'),
}

/** Where to go after signing in: a page of this site, and nothing that a browser could read as another one. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])[^\\]*$/.test(next) ? next : undefined
}
