import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureKeystone } from '../../scripts/services/keystone.mjs'
import { inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

interface Options {
  /** Of an empty database on PostgreSQL. On SQLite, writes end in “database is locked”. */
  databaseUrl: string
  say?: (progress: string) => void
}

/** Starts Keystone for tests, on loopback and in a temporary folder, with one administrator of the whole system. */
export const startKeystone = ({ databaseUrl, say = () => {} }: Options) =>
  inFolder('keystone', async (folder, started) => {
    const keystone = ensureKeystone(say)
    const url = `http://127.0.0.1:${await freePort()}/v3`
    const admin = { name: 'admin', password: randomUUID(), domain: 'Default', project: 'admin' }
    for (const name of ['tokens', 'credentials']) mkdirSync(join(folder, name), { mode: 0o700 })
    writeFileSync(join(folder, 'keystone.conf'), settings(folder, databaseUrl))
    const env = { ...keystone.env, OS_KEYSTONE_CONFIG_DIR: folder }
    const manage = (...args: string[]) =>
      promisify(execFile)(
        keystone.program,
        [keystone.manage, '--config-file', join(folder, 'keystone.conf'), ...args],
        {
          cwd: folder,
          env: { ...process.env, ...env },
          timeout: 180_000,
        },
      )
    const owner = ['--keystone-user', idOf('-un'), '--keystone-group', idOf('-gn')]
    await Promise.all([manage('db_sync'), manage('fernet_setup', ...owner), manage('credential_setup', ...owner)])
    say('the database has its tables')
    const addresses = ['admin', 'internal', 'public'].flatMap((name) => [`--bootstrap-${name}-url`, url])
    // It closes connections without saying so: a client would send its next request on a closed one.
    const closing = ['--add-header', 'Connection: close']
    const serving = [
      '--http-socket',
      new URL(url).host,
      '--buffer-size',
      '65535',
      '--need-app',
      '--lazy-apps',
      ...closing,
    ]
    // Its processes end with the first one.
    const processes = ['--master', '--processes', '2', '--no-orphans', '--die-on-term']
    const application = ['--plugins', keystone.plugin, '--wsgi-file', keystone.application]
    // It ends its processes in order, or they would stay as zombies where nothing collects them.
    const running = { folder, log: 'uwsgi', env, signal: 'SIGTERM' } as const
    const daemon = startDaemon(keystone.uwsgi, [...application, ...serving, ...processes], running)
    started.push(daemon)
    const answers = () => fetch(url, { signal: AbortSignal.timeout(20_000) }).then(({ ok }) => ok)
    const bootstrap = ['--bootstrap-password', admin.password, ...addresses, '--bootstrap-region-id', 'Here']
    await Promise.all([manage('bootstrap', ...bootstrap), untilReady('Keystone', daemon, answers, 120)])
    say('it answers, and the administrator exists')
    return { url, admin }
  })

const idOf = (flag: string) => execFileSync('id', [flag], { encoding: 'utf8' }).trim()

const settings = (folder: string, databaseUrl: string) => `
[DEFAULT]
log_dir = ${folder}
[database]
connection = ${databaseUrl.replace(/^postgres(ql)?:/, 'postgresql+psycopg2:')}
[token]
provider = fernet
[fernet_tokens]
key_repository = ${join(folder, 'tokens')}
[credential]
key_repository = ${join(folder, 'credentials')}
[identity]
# For speed. Nobody is to be kept out.
password_hash_rounds = 4
[cache]
# With one in each process, a process would not learn what the other changed.
enabled = false
[oslo_policy]
enforce_scope = true
enforce_new_defaults = true
`
