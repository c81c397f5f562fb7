import { z } from 'zod'

/** The most errors that are reported, so the check stops there. */
const enough = 20

/** Yields to the event loop, so that requests that arrived during long work can run. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A list that makes a body long: its name, and its maximum number of elements. */
export interface LongList {
  name: string
  most: number
}

/** Checks an input with a long list element by element, and lets other requests run in between. */
export async function checkInPieces(
  input: z.ZodObject,
  { name, most }: LongList,
  given: Record<string, unknown>,
): Promise<z.ZodSafeParseResult<Record<string, unknown>>> {
  const declared = input.shape[name] as z.ZodArray<z.ZodType>
  const list = given[name]
  const checked: unknown[] = []
  const issues: z.core.$ZodIssue[] = []
  // The whole-input check reports whether it is a list, and not too long.
  const inPieces = Array.isArray(list) && list.length <= most
  for (const [index, element] of (inPieces ? list : []).entries()) {
    const result = declared.element.safeParse(element, { reportInput: true })
    if (result.success) checked.push(result.data)
    else issues.push(...result.error.issues.map((issue) => ({ ...issue, path: [name, index, ...issue.path] })))
    if (issues.length >= enough) break
    await othersTurn()
  }
  const whole = input.safeParse(inPieces ? { ...given, [name]: [] } : given, { reportInput: true })
  const all = [...issues, ...(whole.error?.issues ?? [])]
  if (all.length > 0) return { success: false, error: new z.ZodError(all) as z.ZodError<Record<string, unknown>> }
  return { success: true, data: inPieces ? { ...whole.data, [name]: checked } : whole.data! }
}
