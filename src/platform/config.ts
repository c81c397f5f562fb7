import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { readProxies } from './proxies'
import { readSecrets, type Secrets } from './secrets'
import { WrongSetting } from './wrong-setting'

/** The settings. All come from the environment; `guildhall --help` prints this table. */
export const settings = {
  PORT: 'Where to listen. Default 3000.',
  HOST: 'On which address to listen. Default 127.0.0.1, this machine only.',
  BASE_URL:
    'The address people use. All links are built from it. Default http://HOST:PORT, for this machine http://localhost:PORT; with HOST 0.0.0.0 or :: it has to be set.',
  DATA_DIR: 'Where the embedded database and the secret are kept. Default ./data.',
  DATABASE_URL: 'A PostgreSQL (15 or later) to use instead of the embedded database.',
  DATABASE_CONNECTIONS:
    'How many connections to PostgreSQL a server holds at most. Default 5; more where PostgreSQL is far away.',
  OIDC_ISSUER:
    'An identity provider (OpenID Connect) to sign in with. Its redirect address: BASE_URL/api/oauth2/callback.',
  OIDC_CLIENT_ID: 'The name under which the provider knows this site.',
  OIDC_CLIENT_SECRET: 'The secret that goes with it.',
  OIDC_NAME: 'What people call the provider. Default: the host name of its address.',
  PASSWORDS: '“off” where everybody signs in through the identity provider. Default on.',
  SMTP_URL: 'The mail server: smtp://user:password@host:587 or smtps://host:465. Default: none, no mail is sent.',
  MAIL_FROM: 'The sender of mails, like Guildhall <portal@example.org>. Goes with SMTP_URL.',
  GUILDHALL_SECRET:
    'At least 32 random characters; several, the newest first, with commas between. Default: DATA_DIR/secret.',
  NODE_ENV:
    '“production”, or https in BASE_URL: then no secret is made by itself, and one that can be guessed is refused.',
  TRUSTED_PROXIES:
    'Whose X-Forwarded-For and X-Forwarded-Proto to believe: addresses, ranges, “loopback”, “private”. Default none.',
  LOG_LEVEL: 'trace, debug, info, warn, error or silent. Default info.',
} as const

/**
 * Few connections are enough for one process: each has plans and a catalogue of its own to keep in the processor's
 * cache, and ten cost a fifth more per request than five (docs/performance.md).
 */
export const defaultConnections = 5

export interface Config {
  port: number
  host: string
  baseUrl: string
  /** Whether BASE_URL was given; without it, the loopback names stand for one another. */
  baseUrlGiven: boolean
  dataDir: string
  databaseUrl: string | undefined
  /** To PostgreSQL, at most. */
  databaseConnections: number
  /** The identity provider that people may sign in through. */
  provider: Provider | undefined
  /** Whether people may sign in with a password of this site. */
  passwords: boolean
  /** Where mails go and whom they come from; without it none is sent, and everything else works. */
  mail: { url: string; from: string } | undefined
  /** The newest first. */
  secrets: Secrets
  /** Addresses and ranges; empty where requests come straight from people. */
  trustedProxies: string[]
  logLevel: string
}

/** An OpenID Connect issuer, and what this site is to it. */
export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
}

type Given<Settings> = { [Name in keyof Settings]: string | undefined }

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const host = environment.HOST || '127.0.0.1'
  const port = readPort(environment.PORT)
  const dataDir = dataDirOf(environment)
  const givenUrl = readBaseUrl(environment.BASE_URL)
  if (!givenUrl && isEverywhere(host))
    throw new WrongSetting(
      `HOST is “${host}”, which is every address of this machine and none that people can open. Set BASE_URL to the address they use, like https://portal.example.org.`,
    )
  const development = environment.NODE_ENV !== 'production' && !givenUrl?.startsWith('https:')
  const provider = readProvider({
    issuer: environment.OIDC_ISSUER,
    clientId: environment.OIDC_CLIENT_ID,
    clientSecret: environment.OIDC_CLIENT_SECRET,
    name: environment.OIDC_NAME,
  })
  return {
    port,
    host,
    baseUrl: givenUrl ?? `http://${nameOf(host)}:${port}`,
    baseUrlGiven: Boolean(environment.BASE_URL),
    dataDir,
    databaseUrl: readDatabaseUrl(environment.DATABASE_URL),
    databaseConnections: readDatabaseConnections(environment.DATABASE_CONNECTIONS),
    secrets: readSecrets(environment.GUILDHALL_SECRET, dataDir, development),
    trustedProxies: readTrustedProxies(environment.TRUSTED_PROXIES),
    provider,
    passwords: readPasswords(environment.PASSWORDS, provider),
    mail: readMail(environment.SMTP_URL, environment.MAIL_FROM),
    logLevel: readLogLevel(environment.LOG_LEVEL),
  }
}

/** Browsers keep passkeys for names, and for no address, not even this machine's own. */
const nameOf = (host: string) =>
  /^(127\.\d+\.\d+\.\d+|::1)$/.test(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host

export const dataDirOf = (environment: NodeJS.ProcessEnv) => resolve(environment.DATA_DIR || 'data')

/** 0.0.0.0 and ::, however they are written. */
function isEverywhere(host: string): boolean {
  const written = isIPv6(host.replace(/^\[|\]$/g, '')) ? `[${host.replace(/^\[|\]$/g, '')}]` : host
  if (!URL.canParse(`http://${written}`)) return false
  return ['0.0.0.0', '[::]', '[::ffff:0:0]'].includes(new URL(`http://${written}`).hostname)
}

function readPort(text: string | undefined): number {
  if (!text) return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new WrongSetting(`PORT is “${text}”; it has to be a number from 0 to 65535.`)
  return port
}

function readBaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new WrongSetting(`BASE_URL is “${text}”; it has to be an address like https://portal.example.org.`)
  const url = new URL(text)
  if (url.pathname !== '/' || url.search || url.hash)
    throw new WrongSetting('BASE_URL cannot have a path: Guildhall needs a host name of its own.')
  return url.origin
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  // Never repeated in the message: it holds a password.
  if (!/^postgres(ql)?:\/\//.test(text)) throw new WrongSetting('DATABASE_URL has to begin with postgres://.')
  if (!isReadable(text))
    throw new WrongSetting('DATABASE_URL has to be like postgres://user:password@host:5432/guildhall.')
  return text
}

/** What the address is made of may be written with %, which has to be followed by two digits then. */
function isReadable(text: string): boolean {
  try {
    return Boolean(decodeURIComponent(new URL(text).href))
  } catch {
    return false
  }
}

function readDatabaseConnections(text: string | undefined): number {
  const connections = Number(text || defaultConnections)
  if (!Number.isInteger(connections) || connections < 1 || connections > 100)
    throw new WrongSetting(`DATABASE_CONNECTIONS is “${text}”; it has to be a number from 1 to 100.`)
  return connections
}

function readProvider({ issuer, clientId, clientSecret, name }: Given<Provider>): Provider | undefined {
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new WrongSetting(
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: give all three, or none.',
    )
  if (!URL.canParse(issuer) || !/^https?:/.test(issuer))
    throw new WrongSetting(
      `OIDC_ISSUER is “${issuer}”; it has to be an address like https://id.example.org/realms/site.`,
    )
  return { issuer, clientId, clientSecret, name: name || new URL(issuer).hostname }
}

function readPasswords(text: string | undefined, provider: Provider | undefined): boolean {
  if (text && text !== 'on' && text !== 'off') throw new WrongSetting(`PASSWORDS is “${text}”; it has to be on or off.`)
  if (text === 'off' && !provider)
    throw new WrongSetting('PASSWORDS is off, but there is no OIDC_ISSUER: nobody could sign in.')
  return text !== 'off'
}

function readMail(url: string | undefined, from: string | undefined): Config['mail'] {
  if (!url && !from) return undefined
  if (!url || !from) throw new WrongSetting('SMTP_URL and MAIL_FROM go together: set both, or neither.')
  // Never repeated in the message: it holds a password.
  if (!/^smtps?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new WrongSetting('SMTP_URL has to be like smtp://user:password@mail.example.org:587.')
  if (!/^(?:[^<>@,;\p{Cc}]*<[^<>@,;\s]+@[^<>@,;\s]+>|[^<>@,;\s]+@[^<>@,;\s]+)$/u.test(from))
    throw new WrongSetting(`MAIL_FROM is “${from}”; it has to be like Guildhall <portal@example.org>.`)
  return { url, from }
}

function readTrustedProxies(text: string | undefined): string[] {
  const proxies = readProxies(text ?? '')
  if (!proxies)
    throw new WrongSetting(
      `TRUSTED_PROXIES is “${text}”; it has to be addresses or ranges like 10.0.0.7 or 10.0.0.0/8, “loopback” or “private”, separated by commas.`,
    )
  return proxies
}

function readLogLevel(text: string | undefined): string {
  const level = text || 'info'
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']
  if (!levels.includes(level))
    throw new WrongSetting(`LOG_LEVEL is “${level}”; it has to be one of ${levels.join(', ')}.`)
  return level
}
