export interface Keycloak {
  /** The program `java`. */
  java: string
  /** The unpacked and built Keycloak. Not to be written to: `keycloakHome` makes a folder to run in. */
  root: string
}
/** The administrator in the database that every start begins with; only to be reached on loopback, in tests. */
export const keycloakAdmin: { user: string; password: string }
/** Downloads what is missing; throws a sentence that says what to do. */
export function ensureKeycloak(say?: (message: string) => void): Keycloak
/** Makes a home for one server in an empty folder. */
export function keycloakHome(root: string, folder: string): void
/** The arguments of `java` for a command of Keycloak, such as `['start', '--optimized']`. */
export function keycloakArguments(root: string, home: string, command: string[]): string[]
