import { jsonOf, WrongFile } from '../../../src/roles/services/file'

export interface ChosenFile {
  name: string
  /** The parsed JSON. */
  content: unknown
  /** Why it cannot be read, in a sentence. */
  wrong?: string
}

export function contentOf(bytes: Uint8Array): { content: unknown; wrong?: string } {
  try {
    return { content: jsonOf(bytes) }
  } catch (error) {
    if (!(error instanceof WrongFile)) throw error
    return { content: undefined, wrong: error.message }
  }
}
