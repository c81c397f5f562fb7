type Answer = (proved: boolean) => void

let ask: ((answer: Answer) => void) | null = null

/** Asks whether it is still you, in the window that `registerProver` stands for; false where that was given up. */
export const proveAgain = (): Promise<boolean> =>
  new Promise((resolve) => {
    if (ask) ask(resolve)
    else resolve(false)
  })

/** The window that asks, as long as it is there. */
export function registerProver(prover: (answer: Answer) => void): () => void {
  ask = prover
  return () => {
    ask = null
  }
}
