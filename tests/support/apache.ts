import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Apache, ensureApache } from '../../scripts/services/apache.mjs'
import { inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

/** What operators include. */
const documented = fileURLToPath(new URL('../../docs/connectors/apache-openid.conf', import.meta.url))

interface Options {
  issuer: string
  clientId: string
  clientSecret: string
  /** Key of the access role that the page asks for. */
  role?: string
  /** Where it listens, if the issuer has to know before. */
  port?: number
  /** Lines of configuration after the documented ones. */
  more?: string[]
  say?: (progress: string) => void
}

/** Where a site on that port is sent back to, and learns that somebody signed out. */
export const apacheAddresses = (port: number) => {
  const url = `http://127.0.0.1:${port}`
  const redirectUri = `${url}/openid/callback`
  return { url, page: `${url}/protected/`, redirectUri, backchannelLogoutUri: `${redirectUri}?logout=backchannel` }
}

/** Starts Apache for tests, on loopback and in a temporary folder: one page that asks for a role, configured as documented. */
export const startApache = (options: Options) =>
  inFolder('apache', async (folder, started) => {
    const apache = ensureApache(options.say)
    const addresses = apacheAddresses(options.port ?? (await freePort()))
    for (const name of ['sessions', 'site', 'site/protected']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'site', 'index.html'), 'This page asks for nothing.')
    writeFileSync(join(folder, 'site', 'protected', 'index.html'), 'This page asks for a role.')
    writeFileSync(join(folder, 'apache.conf'), settings(apache, folder, addresses.url, options))
    // Apache does not serve as root: it becomes this user.
    if (asRoot) for (const one of [folder, join(folder, 'sessions')]) chownSync(one, id('-u'), id('-g'))
    // One process, which does not fork.
    const command = ['-X', '-d', folder, '-f', 'apache.conf']
    const daemon = startDaemon(apache.program, command, { folder, log: 'apache', env: apache.env, changesUser: true })
    started.push(daemon)
    await untilReady('Apache', daemon, async () => {
      const response = await fetch(addresses.url, { signal: AbortSignal.timeout(2000) })
      return (await response.text()).includes('asks for nothing')
    })
    return { ...addresses, log: () => daemon.tail() }
  })

const asRoot = process.getuid?.() === 0
const id = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))

const settings = ({ modules }: Apache, folder: string, url: string, options: Options) => `
ServerName 127.0.0.1
Listen ${new URL(url).host}
${Object.entries(modules)
  .map(([name, file]) => `LoadModule ${name} "${file}"`)
  .join('\n')}
${asRoot ? 'User nobody\nGroup nogroup' : ''}
DefaultRuntimeDir "${folder}"
PidFile "${join(folder, 'pid')}"
ErrorLog "/dev/stderr"
LogLevel warn
ThreadsPerChild 16
MaxRequestWorkers 16
DirectoryIndex index.html
DocumentRoot "${join(folder, 'site')}"

Define GUILDHALL_URL ${options.issuer}
Define CLIENT_ID "${options.clientId}"
Define CLIENT_SECRET "${options.clientSecret}"
Define SITE_URL ${url}
Define PROTECTED_PATH /protected
Define ACCESS_ROLE ${options.role ?? 'editor'}
Define PASSPHRASE ${randomUUID()}
Define SESSION_DIR "${join(folder, 'sessions')}"
Include "${documented}"
${(options.more ?? []).join('\n')}
`
