export interface Slapd {
  program: string
  /** Folders of its modules and schemas. */
  modules: string
  schemas: string
  /** What the program needs in its environment. */
  env: Record<string, string>
}
/** Downloads and unpacks what is missing; throws a sentence that says what to do. */
export function ensureSlapd(say?: (message: string) => void): Slapd
