/** Whether the keyboard can be there still. */
export const takesFocus = (element: Element): boolean => element.isConnected && !element.matches(':disabled')

/** Calls it whenever something may have left the page, or have been disabled. */
export function whenFocusMayBeLost(look: () => void): MutationObserver {
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return observer
}

export const focusIsLost = (): boolean => document.activeElement === null || document.activeElement === document.body

export function focusHeading(): void {
  document.getElementById('page-title')?.focus({ preventScroll: true })
}

/**
 * What has the keyboard may leave the page with the part that it was in, or be disabled: the page has turned into another,
 * though its address is the same. Then the keyboard goes on at the heading. Windows return it themselves.
 */
export function keepFocus(): void {
  let last: Element | null = null
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element && target.closest('main') ? target : null
  })
  whenFocusMayBeLost(() => {
    if (last && !takesFocus(last) && focusIsLost()) focusHeading()
  })
}
