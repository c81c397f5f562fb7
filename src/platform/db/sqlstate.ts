/**
 * The SQLSTATE of an error that PostgreSQL answered with; undefined for any other error. Node has its own codes, and
 * one of them, EPIPE, has five letters too. The severity tells them apart: PostgreSQL always sends it.
 */
export function sqlStateOf(error: unknown): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return typeof code === 'string' && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** A statement that was cancelled because it took too long or on request: it changed nothing. */
export const cancelled = '57014'
