/** A secret out of a link, kept for this tab only until it is used or given up. */
const slot = (name: string) => ({
  put: (secret: string) => sessionStorage.setItem(name, secret),
  get: () => sessionStorage.getItem(name),
  drop: () => sessionStorage.removeItem(name),
})

export type Slot = ReturnType<typeof slot>

export const carried = {
  code: slot('guildhall.code'),
  setupToken: slot('guildhall.setup-token'),
  addressToken: slot('guildhall.address-token'),
  resetToken: slot('guildhall.reset-token'),
}

/** Where to go after signing in: a page of this site, and nothing that a browser could read as another one. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])[^\\]*$/.test(next) ? next : undefined
}
