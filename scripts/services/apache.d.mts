export interface Apache {
  program: string
  /** Files by the name that LoadModule takes. */
  modules: Record<string, string>
  /** What the program needs in its environment. */
  env: Record<string, string>
}
/** Downloads and unpacks what is missing; throws a sentence that says what to do. */
export function ensureApache(say?: (message: string) => void): Apache
