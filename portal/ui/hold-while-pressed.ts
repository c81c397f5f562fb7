import { notifyManager } from '@tanstack/react-query'

/**
 * Updates that arrive while a pointer is down are shown once it is up. A preview that moves a button away from under the
 * pointer would prevent the click: a click needs the same element under the pointer both times.
 */
export function holdWhilePressed() {
  let isPressed = false
  let held: (() => void)[] = []
  const show = (update: () => void) => void (isPressed ? held.push(update) : update())
  const soon = (update: () => void) => void setTimeout(() => show(update))
  notifyManager.setScheduler(soon)

  window.addEventListener('pointerdown', press, { capture: true })
  function press({ button }: PointerEvent) {
    if (isPressed || button !== 0) return
    isPressed = true
    const up = new AbortController()
    const listening = { capture: true, signal: up.signal }
    for (const name of releases) window.addEventListener(name, release, listening)
    window.addEventListener('blur', ({ target }) => target === window && release(), listening)
    // A menu of the browser or the system swallows `pointerup`.
    window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && release(), listening)

    function release() {
      up.abort()
      isPressed = false
      const updates = held
      held = []
      // The click comes first: it is in the same task as `pointerup`.
      updates.forEach(soon)
    }
  }
}

const releases = ['pointerup', 'pointercancel', 'contextmenu', 'keydown']
