import { type LinkedPage, readSiteLink } from '../src/platform/input/pasted'

/** A secret from a link, kept for this tab only, until it is used or dropped. */
function storedSecret(name: string) {
  const listeners = new Set<() => void>()
  return {
    put(secret: string) {
      sessionStorage.setItem(name, secret)
      for (const listener of listeners) listener()
    },
    get: () => sessionStorage.getItem(name),
    drop: () => sessionStorage.removeItem(name),
    /** Calls the listener when another link was opened on the page that uses this one. */
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type StoredSecret = ReturnType<typeof storedSecret>

export const pendingLinks = {
  code: storedSecret('guildhall.code'),
  setupToken: storedSecret('guildhall.setup-token'),
  addressToken: storedSecret('guildhall.address-token'),
  resetToken: storedSecret('guildhall.reset-token'),
  /** That an address was confirmed in a tab without an invitation. Not a secret, but kept the same way. */
  confirmed: storedSecret('guildhall.confirmed'),
  /** The page to continue with after the identity provider. Not a secret, but kept the same way. */
  next: storedSecret('guildhall.next'),
  /** That someone is signed in here and did not sign out: the sign-in page then says that the session has ended. */
  signedIn: storedSecret('guildhall.signed-in'),
  /** That the page was reloaded because someone else is signed in now. The reloaded page says who. */
  loadedAnew: storedSecret('guildhall.loaded-anew'),
}

/** Where the secret of each page’s link is kept. */
export const secretOf: Record<LinkedPage, StoredSecret> = {
  join: pendingLinks.code,
  setup: pendingLinks.setupToken,
  'confirm-address': pendingLinks.addressToken,
  reset: pendingLinks.resetToken,
}

/** Removes a link’s secret from the address, so that neither the history nor an onlooker reads it. */
export function takeSecret(): void {
  const { pathname, search, hash } = window.location
  const link = readSiteLink(pathname + search + hash)
  if (!link) return
  if (link.secret) secretOf[link.page].put(link.secret)
  window.history.replaceState(null, '', `/${link.page}`)
}

/** The page after signing in: only one of this site, judged by how a browser parses the address. */
export function safeNext(next: unknown, origin: string = window.location.origin): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, origin)) return undefined
  const read = new URL(next, origin)
  return read.origin === origin ? read.pathname + read.search + read.hash : undefined
}
