import { type LinkedPage, readSiteLink } from '../src/platform/input/pasted'
import { type TabItem, tabItem } from './tab-storage'

/** The secrets of links that were opened in this tab. Subscribers hear when another link of that kind was opened. */
export const pendingLinks = {
  code: tabItem('guildhall.code'),
  setupToken: tabItem('guildhall.setup-token'),
  addressToken: tabItem('guildhall.address-token'),
  resetToken: tabItem('guildhall.reset-token'),
}

/** Where the secret of each page’s link is kept. */
export const secretOf: Record<LinkedPage, TabItem> = {
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
