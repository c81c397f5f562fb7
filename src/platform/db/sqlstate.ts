/**
 * The SQLSTATE of an error that PostgreSQL answered with; undefined of any other. Node has codes of its own, and one of
 * them, EPIPE, has five letters too: what tells them apart is the severity, which PostgreSQL always says.
 */
export function sqlStateOf(error: unknown): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return typeof code === 'string' && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** A statement that was ended because it took too long, or because somebody asked for that: nothing of it was done. */
export const cancelled = '57014'
