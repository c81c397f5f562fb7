import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readProxies } from './proxies'

/** The settings. All come from the environment; `guildhall --help` prints this table. */
export const settings = {
  PORT: 'Where to listen. Default 3000.',
  HOST: 'On which address to listen. Default 127.0.0.1, this machine only.',
  BASE_URL: 'The address people use. All links are built from it. Default http://HOST:PORT.',
  DATA_DIR: 'Where the embedded database and the secret are kept. Default ./data.',
  DATABASE_URL: 'A PostgreSQL (15 or later) to use instead of the embedded database.',
  GUILDHALL_SECRET: 'At least 32 characters. Default: made on first start and kept in DATA_DIR/secret.',
  TRUSTED_PROXIES:
    'Whose X-Forwarded-For and X-Forwarded-Proto to believe: addresses, ranges, “loopback”, “private”. Default none.',
  LOG_LEVEL: 'trace, debug, info, warn, error or silent. Default info.',
} as const

export interface Config {
  port: number
  host: string
  baseUrl: string
  /** Whether BASE_URL was given; without it, the loopback names stand for one another. */
  baseUrlGiven: boolean
  dataDir: string
  databaseUrl: string | undefined
  secret: string
  /** Addresses and ranges; empty where requests come straight from people. */
  trustedProxies: string[]
  logLevel: string
}

/** A setting that cannot be used: printed as it is, without a stack. */
export class WrongSetting extends Error {}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const host = environment.HOST || '127.0.0.1'
  const port = readPort(environment.PORT)
  const dataDir = resolve(environment.DATA_DIR || 'data')
  return {
    port,
    host,
    baseUrl: readBaseUrl(environment.BASE_URL) ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    baseUrlGiven: Boolean(environment.BASE_URL),
    dataDir,
    databaseUrl: readDatabaseUrl(environment.DATABASE_URL),
    secret: readSecret(environment.GUILDHALL_SECRET, dataDir),
    trustedProxies: readTrustedProxies(environment.TRUSTED_PROXIES),
    logLevel: readLogLevel(environment.LOG_LEVEL),
  }
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
  return text
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

function readSecret(given: string | undefined, dataDir: string): string {
  if (given) {
    if (given.length < 32)
      throw new WrongSetting(
        'GUILDHALL_SECRET is too short: at least 32 characters, for instance from “openssl rand -base64 48”.',
      )
    if (new Set(given).size < 10)
      throw new WrongSetting('GUILDHALL_SECRET is not random. Make one with “openssl rand -base64 48”.')
    return given
  }
  const path = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(path)) {
    // Linking a finished file into place is all or nothing: of two processes that start at once, both read the same.
    const mine = `${path}.${process.pid}`
    writeFileSync(mine, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 })
    try {
      linkSync(mine, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    unlinkSync(mine)
  }
  const kept = readFileSync(path, 'utf8').trim()
  if (kept.length < 32) throw new WrongSetting(`${path} is damaged: it should hold at least 32 characters.`)
  return kept
}
