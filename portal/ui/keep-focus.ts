/** Whether the element can have the focus. */
export const takesFocus = (element: Element): boolean => element.isConnected && !element.matches(':disabled')

/** Calls `look` whenever an element may have been removed or disabled. */
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
 * The focused element may be removed or disabled when the page changes without a new address. The focus then moves to the
 * heading. Dialogs return it themselves.
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
