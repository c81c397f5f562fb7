import { type LinkedPage, readSiteLink } from '../src/platform/input/pasted'

/** A secret out of a link, kept for this tab only until it is used or given up. */
function storedSecret(name: string) {
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

export type StoredSecret = ReturnType<typeof storedSecret>

export const pendingLinks = {
  code: storedSecret('guildhall.code'),
  setupToken: storedSecret('guildhall.setup-token'),
  addressToken: storedSecret('guildhall.address-token'),
  resetToken: storedSecret('guildhall.reset-token'),
  /** That an address was confirmed in a window that carries no invitation. No secret, but it goes the same way. */
  confirmed: storedSecret('guildhall.confirmed'),
  /** Where to go on after the identity provider. No secret, but it goes the same way. */
  next: storedSecret('guildhall.next'),
  /** That somebody is signed in here, and did not sign out: who then is not, is told that the session has ended. */
  signedIn: storedSecret('guildhall.signed-in'),
  /** That the page was loaded anew, because somebody else is signed in than before: who they are is told then. */
  loadedAnew: storedSecret('guildhall.loaded-anew'),
}

/** Where the secret of each page's link is kept. */
export const secretOf: Record<LinkedPage, StoredSecret> = {
  join: pendingLinks.code,
  setup: pendingLinks.setupToken,
  'confirm-address': pendingLinks.addressToken,
  reset: pendingLinks.resetToken,
}

/** Takes the secret of a link out of the address, where nobody is to read it: neither the history nor who looks on. */
export function takeSecret(): void {
  const { pathname, search, hash } = window.location
  const link = readSiteLink(pathname + search + hash)
  if (!link) return
  if (link.secret) secretOf[link.page].put(link.secret)
  window.history.replaceState(null, '', `/${link.page}`)
}

/** Where to go after signing in: a page of this site, by how a browser reads the address and not by how it is written. */
export function safeNext(next: unknown, origin: string = window.location.origin): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, origin)) return undefined
  const read = new URL(next, origin)
  return read.origin === origin ? read.pathname + read.search + read.hash : undefined
}
