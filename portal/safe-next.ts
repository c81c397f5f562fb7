/** The page after signing in: only one of this site, judged by how a browser parses the address. */
export function safeNext(next: unknown, origin: string = window.location.origin): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, origin)) return undefined
  const read = new URL(next, origin)
  return read.origin === origin ? read.pathname + read.search + read.hash : undefined
}
