const scheme = 'data-mantine-color-scheme'

/** Prints in the light scheme, regardless of the current scheme. */
export function printInLight(): void {
  const root = document.documentElement
  let onScreen: string | null = null
  function draw(printing: boolean) {
    if (printing === (onScreen !== null)) return
    if (printing) onScreen = root.getAttribute(scheme) ?? 'light'
    root.setAttribute(scheme, printing ? 'light' : onScreen!)
    if (!printing) onScreen = null
  }
  window.addEventListener('beforeprint', () => draw(true))
  window.addEventListener('afterprint', () => draw(false))
  window.matchMedia('print').addEventListener('change', ({ matches }) => draw(matches))
}
