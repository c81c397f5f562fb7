import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { message, t } from './messages/t'
import { readProxies } from './proxies'
import { readRanges } from './ranges'
import { readSecrets, type Secrets } from './secrets'
import { WrongSetting } from './wrong-setting'

/** The settings. All come from the environment; `guildhall --help` prints this table. */
export const settings = {
  PORT: message('The port to listen on. Default: 3000.'),
  HOST: message('The address to listen on. Default: 127.0.0.1 (this machine only).'),
  BASE_URL: message(
    'The site’s public URL, used to build all links. Default: http://localhost:PORT or http://HOST:PORT. Required with HOST 0.0.0.0 or ::.',
  ),
  DATA_DIR: message('The directory of the embedded database and the secret. Default: ./data.'),
  DATABASE_URL: message('A PostgreSQL database (version 15 or later) to use instead of the embedded one.'),
  DATABASE_CONNECTIONS: message(
    'The maximum number of connections that a server opens to PostgreSQL. Default: 5; increase it if network latency to PostgreSQL is high.',
  ),
  OIDC_ISSUER: message(
    'An identity provider (OpenID Connect) to sign in with. Redirect URI: BASE_URL/api/oauth2/callback.',
  ),
  OIDC_CLIENT_ID: message('The client ID of this site at the provider.'),
  OIDC_CLIENT_SECRET: message('The client secret of this site at the provider.'),
  OIDC_NAME: message('The provider’s name on the sign-in page. Default: its host name.'),
  PASSWORDS: message('“off” if people sign in with the identity provider only. Default: on.'),
  SMTP_URL: message(
    'The mail server: smtp://user:password@host:587 or smtps://host:465. Default: none (no e-mail is sent).',
  ),
  MAIL_FROM: message('The sender of e-mails, like Guildhall <portal@example.org>. Required with SMTP_URL.'),
  GUILDHALL_SECRET: message(
    'At least 32 random characters. Several are separated by commas, newest first. Default: DATA_DIR/secret.',
  ),
  NODE_ENV: message('With “production”, or https in BASE_URL, a secret must be set, and guessable ones are rejected.'),
  TRUSTED_PROXIES: message(
    'Trusted proxies, whose X-Forwarded-For and X-Forwarded-Proto headers are used: addresses, ranges, “loopback” or “private”. Default: none.',
  ),
  OUTBOUND_ALLOW: message(
    'Internal addresses that connections to services may reach: addresses or ranges like 10.20.0.0/16. Default: none (public addresses only).',
  ),
  LOG_LEVEL: message('trace, debug, info, warn, error or silent. Default: info.'),
} as const

/**
 * A process needs only a few connections: each keeps its own plans and catalogue in the processor's cache. Ten
 * connections cost a fifth more per request than five (docs/performance.md).
 */
export const defaultConnections = 5

export interface Config {
  port: number
  host: string
  baseUrl: string
  /** Whether BASE_URL was given. If not, all loopback names are equivalent. */
  baseUrlGiven: boolean
  dataDir: string
  databaseUrl: string | undefined
  /** The maximum number of PostgreSQL connections. */
  databaseConnections: number
  /** The identity provider that people may sign in through. */
  provider: Provider | undefined
  /** Whether people may sign in with a password of this site. */
  passwords: boolean
  /** The mail server and the sender. Without it no mail is sent, and everything else works. */
  mail: { url: string; from: string } | undefined
  /** The newest first. */
  secrets: Secrets
  /** Addresses and ranges; empty if requests come directly from people. */
  trustedProxies: string[]
  /** Addresses and ranges that are not public, and that requests to connected services may nevertheless go to. */
  outboundAllow: string[]
  logLevel: string
}

/** An OpenID Connect issuer, and this site's client there. */
export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const host = environment.HOST || '127.0.0.1'
  const port = readPort(environment.PORT)
  const dataDir = dataDirOf(environment)
  const givenUrl = readBaseUrl(environment.BASE_URL)
  if (!givenUrl && isEverywhere(host))
    throw new WrongSetting(
      t(
        'HOST is “{host}”, which means every address of this machine. Set BASE_URL to the site’s public URL, like https://portal.example.org.',
        { host },
      ),
    )
  const development = environment.NODE_ENV !== 'production' && !givenUrl?.startsWith('https:')
  const provider = readProvider(environment)
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
    outboundAllow: readOutboundAllow(environment.OUTBOUND_ALLOW),
    provider,
    passwords: readPasswords(environment.PASSWORDS, provider),
    mail: readMail(environment.SMTP_URL, environment.MAIL_FROM),
    logLevel: readLogLevel(environment.LOG_LEVEL),
  }
}

/** Browsers bind passkeys to host names, never to IP addresses, not even loopback. */
const nameOf = (host: string) =>
  /^(127\.\d+\.\d+\.\d+|::1)$/.test(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host

export const dataDirOf = (environment: NodeJS.ProcessEnv) => resolve(environment.DATA_DIR || 'data')

/** 0.0.0.0 and ::, in any notation. */
function isEverywhere(host: string): boolean {
  const written = isIPv6(host.replace(/^\[|\]$/g, '')) ? `[${host.replace(/^\[|\]$/g, '')}]` : host
  if (!URL.canParse(`http://${written}`)) return false
  return ['0.0.0.0', '[::]', '[::ffff:0:0]'].includes(new URL(`http://${written}`).hostname)
}

function readPort(text: string | undefined): number {
  if (!text) return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new WrongSetting(t('PORT is “{value}”; it must be a number from 0 to 65535.', { value: text }))
  return port
}

function readBaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new WrongSetting(
      t('BASE_URL is “{value}”; it must be a URL like https://portal.example.org.', { value: text }),
    )
  const url = new URL(text)
  if (url.pathname !== '/' || url.search || url.hash)
    throw new WrongSetting(t('BASE_URL cannot have a path: Guildhall needs its own host name.'))
  return url.origin
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  // Never repeated in the message: it contains a password.
  if (!/^postgres(ql)?:\/\//.test(text)) throw new WrongSetting(t('DATABASE_URL must begin with postgres://.'))
  if (!isReadable(text))
    throw new WrongSetting(t('DATABASE_URL must be like postgres://user:password@host:5432/guildhall.'))
  return text
}

/** Parts of the address may be percent-encoded; each % must then be followed by two hexadecimal digits. */
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
    throw new WrongSetting(
      t('DATABASE_CONNECTIONS is “{value}”; it must be a number from 1 to 100.', { value: String(text) }),
    )
  return connections
}

function readProvider(environment: NodeJS.ProcessEnv): Provider | undefined {
  const issuer = environment.OIDC_ISSUER
  const clientId = environment.OIDC_CLIENT_ID
  const clientSecret = environment.OIDC_CLIENT_SECRET
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new WrongSetting(t('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all three, or none.'))
  if (!URL.canParse(issuer) || !/^https?:/.test(issuer))
    throw new WrongSetting(
      t('OIDC_ISSUER is “{value}”; it must be a URL like https://id.example.org/realms/site.', { value: issuer }),
    )
  return { issuer, clientId, clientSecret, name: environment.OIDC_NAME || new URL(issuer).hostname }
}

function readPasswords(text: string | undefined, provider: Provider | undefined): boolean {
  if (text && text !== 'on' && text !== 'off')
    throw new WrongSetting(t('PASSWORDS is “{value}”; it must be on or off.', { value: text }))
  if (text === 'off' && !provider)
    throw new WrongSetting(t('PASSWORDS is off, but OIDC_ISSUER is not set: there would be no way to sign in.'))
  return text !== 'off'
}

function readMail(url: string | undefined, from: string | undefined): Config['mail'] {
  if (!url && !from) return undefined
  if (!url || !from) throw new WrongSetting(t('SMTP_URL and MAIL_FROM go together: set both, or neither.'))
  // Never repeated in the message: it contains a password.
  if (!/^smtps?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new WrongSetting(t('SMTP_URL must be like smtp://user:password@mail.example.org:587.'))
  if (!/^(?:[^<>@,;\p{Cc}]*<[^<>@,;\s]+@[^<>@,;\s]+>|[^<>@,;\s]+@[^<>@,;\s]+)$/u.test(from))
    throw new WrongSetting(
      t('MAIL_FROM is “{value}”; it must be like Guildhall <portal@example.org>.', { value: from }),
    )
  return { url, from }
}

function readTrustedProxies(text: string | undefined): string[] {
  const proxies = readProxies(text ?? '')
  if (!proxies)
    throw new WrongSetting(
      t(
        'TRUSTED_PROXIES is “{value}”; it must be addresses or ranges like 10.0.0.7 or 10.0.0.0/8, “loopback” or “private”, separated by commas.',
        { value: String(text) },
      ),
    )
  return proxies
}

function readOutboundAllow(text: string | undefined): string[] {
  const ranges = readRanges(text ?? '')
  if (!ranges)
    throw new WrongSetting(
      t(
        'OUTBOUND_ALLOW is “{value}”; it must be addresses or ranges like 10.20.0.7 or 10.20.0.0/16, separated by commas.',
        { value: String(text) },
      ),
    )
  return ranges
}

function readLogLevel(text: string | undefined): string {
  const level = text || 'info'
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']
  if (!levels.includes(level))
    throw new WrongSetting(
      t('LOG_LEVEL is “{value}”; it must be one of {levels}.', { value: level, levels: levels.join(', ') }),
    )
  return level
}
