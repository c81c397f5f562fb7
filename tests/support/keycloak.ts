import {
  ensureKeycloak,
  type Keycloak,
  keycloakAdmin,
  keycloakArguments,
  keycloakHome,
} from '../../scripts/services/keycloak.mjs'
import { answersAt, inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

export interface RunningKeycloak {
  /** Without a slash at the end; the issuer of a realm is `<url>/realms/<realm>`. */
  url: string
  /** Of the realm `master`. */
  admin: { user: string; password: string }
  readonly pid: number | undefined
  /** The end of its log. */
  log(): string
  stop(): Promise<void>
}

const startSeconds = 180

/** Starts a Keycloak for tests, on loopback and in a temporary folder, where it has a database of its own. */
export const startKeycloak = (
  { port }: { port?: number } = {},
  keycloak: Keycloak = ensureKeycloak(),
): Promise<RunningKeycloak> =>
  inFolder('keycloak', async (folder, started) => {
    keycloakHome(keycloak.root, folder)
    const listening = port ?? (await freePort())
    const url = `http://127.0.0.1:${listening}`
    // One server: without `--cache=local` it would look for others in the network, and listen there.
    const command = ['start', '--optimized', '--cache=local', '--http-enabled=true', '--http-host=127.0.0.1']
    const more = [`--http-port=${listening}`, `--hostname=${url}`, `--log-level=warn`]
    const args = keycloakArguments(keycloak.root, folder, [...command, ...more])
    const server = startDaemon(keycloak.java, args, { folder, log: 'keycloak' })
    started.push(server)
    await untilReady('Keycloak', server, () => answersAt(`${url}/realms/master`), startSeconds)
    return { url, admin: keycloakAdmin, pid: server.pid, log: () => server.tail(30) }
  })
