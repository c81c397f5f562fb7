type Answer = (proved: boolean) => void

/** A question that a call asks in a window, which stands over the page as long as somebody is signed in. */
function prompt() {
  let open: ((answer: Answer) => void) | null = null
  let asked: Promise<boolean> | null = null
  return {
    /** False where it was given up, or nobody is there to ask. Whoever asks meanwhile gets the same answer. */
    ask(): Promise<boolean> {
      asked ??= new Promise<boolean>((resolve) => {
        if (open) open(resolve)
        else resolve(false)
      }).finally(() => {
        asked = null
      })
      return asked
    },
    isOpen: () => asked !== null,
    /** The window that asks, as long as it is there. */
    registerPrompt(window: (answer: Answer) => void): () => void {
      open = window
      return () => {
        open = null
      }
    },
  }
}

/** Whether it is still you. */
export const reauthentication = prompt()
/** Who you are, after the session has ended. */
export const signingInAgain = prompt()
