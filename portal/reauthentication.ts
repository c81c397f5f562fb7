type Answer = (proved: boolean) => void

/** A question that a call asks in a dialog. The shell renders it, so it is there while someone is signed in. */
function prompt() {
  let open: ((answer: Answer) => void) | null = null
  let asked: Promise<boolean> | null = null
  return {
    /** False if it was cancelled or no dialog is registered. Calls that ask at the same time get the same answer. */
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
    /** Registers the dialog that asks, until it is unmounted. */
    registerPrompt(window: (answer: Answer) => void): () => void {
      open = window
      return () => {
        open = null
      }
    },
  }
}

/** For sensitive actions: confirms your identity. */
export const reauthentication = prompt()
/** For a session that has ended: signs in again. */
export const signingInAgain = prompt()
