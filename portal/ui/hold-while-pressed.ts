import { notifyManager } from '@tanstack/react-query'

/**
 * What arrives while a pointer is down is shown once it is up. A preview that pushes a button away from under the pointer
 * would take the click from it: a click goes to what was under the pointer both times.
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
    // A menu of the browser or of the system keeps the pointer's going up to itself.
    window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && release(), listening)

    function release() {
      up.abort()
      isPressed = false
      const updates = held
      held = []
      // The click comes first: it is of the same task as the pointer's going up.
      updates.forEach(soon)
    }
  }
}

const releases = ['pointerup', 'pointercancel', 'contextmenu', 'keydown']
