export interface Keystone {
  /** Python, and what it and uWSGI need in their environment. */
  program: string
  env: Record<string, string>
  /** Files for Python. */
  manage: string
  application: string
  uwsgi: string
  /** With which uWSGI runs Python. */
  plugin: string
}
/** Downloads and unpacks what is missing; throws a sentence that says what to do. */
export function ensureKeystone(say?: (message: string) => void): Keystone
