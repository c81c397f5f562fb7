/**
 * What has the keyboard may leave the page with the part that it was in: the page has turned into another, though its
 * address is the same. Then the keyboard goes on at the heading. Windows return it themselves.
 */
export function keepFocus(): void {
  let last: Element | null = null
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element && target.closest('main') ? target : null
  })
  new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }).observe(document.body, { childList: true, subtree: true })
}
