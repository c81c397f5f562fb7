import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDataFolder } from './data-folder'
import { t } from './messages/t'
import { WrongSetting } from './wrong-setting'

/** The newest secret first; there is always one. */
export type Secrets = [newest: string, ...older: string[]]

const pathIn = (dataDir: string) => join(dataDir, 'secret')

/**
 * The secrets as given; otherwise as stored in the data directory; otherwise, for development only, a new one, which is
 * stored.
 */
export function readSecrets(given: string | undefined, dataDir: string, development: boolean): Secrets {
  const check = development ? checked : checkedWell
  if (given) return check(given, 'GUILDHALL_SECRET')
  const path = pathIn(dataDir)
  if (!existsSync(path)) {
    if (!development)
      throw new WrongSetting(
        t(
          'There is no secret. With https or NODE_ENV=production, set GUILDHALL_SECRET to the same value on all servers, for example from “openssl rand -base64 48”, or run “guildhall secrets rotate” to create one in DATA_DIR/secret.',
        ),
      )
    keepFirst(dataDir)
  }
  const kept = readFileSync(path, 'utf8')
  if (split(kept).length === 0 || split(kept).some((secret) => secret.length < 32))
    throw new WrongSetting(t('{path} is damaged: it must contain at least 32 characters.', { path }))
  return check(kept, path)
}

/** Adds a new secret before the stored ones, which remain valid. Returns whether there were any. */
export function addSecret(dataDir: string): boolean {
  const path = pathIn(dataDir)
  if (!existsSync(path)) {
    keepFirst(dataDir)
    return false
  }
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, [newSecret(), ...checked(readFileSync(path, 'utf8'), path), ''].join('\n'), { mode: 0o600 })
  renameSync(mine, path)
  return true
}

const newSecret = () => randomBytes(48).toString('base64url')

function keepFirst(dataDir: string): void {
  const path = pathIn(dataDir)
  makeDataFolder(dataDir)
  // Linking a finished file into place is atomic: two processes that start at once both read the same secret.
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, `${newSecret()}\n`, { mode: 0o600 })
  try {
    linkSync(mine, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  unlinkSync(mine)
}

const split = (text: string) => text.split(/[\s,]+/).filter(Boolean)

function checked(text: string, where: string): Secrets {
  const [newest, ...older] = new Set(split(text))
  for (const secret of [newest ?? '', ...older]) {
    if (secret.length < 32)
      throw new WrongSetting(
        older.length > 0
          ? t(
              '{where} is too short: each secret needs at least 32 characters (spaces and commas separate them), for example from “openssl rand -base64 48”.',
              { where },
            )
          : t('{where} is too short: it needs at least 32 characters, for example from “openssl rand -base64 48”.', {
              where,
            }),
      )
    if (repeatsItself(secret)) throw notRandom(where)
  }
  return [newest!, ...older]
}

/** Outside development, the secret must also not be guessable. */
function checkedWell(text: string, where: string): Secrets {
  const secrets = checked(text, where)
  if (secrets.some(isGuessable)) throw notRandom(where)
  return secrets
}

const notRandom = (where: string) =>
  new WrongSetting(t('{where} is not random enough. Generate a secret with “openssl rand -base64 48”.', { where }))

const repeatsItself = (secret: string): boolean =>
  new Set(secret).size < 10 || /^(.{1,32}?)\1+$/.test(secret.slice(0, 1000))

/** Words from examples and typed secrets. A random text contains none of these. */
const isGuessable = (secret: string): boolean =>
  /change.?me|secret|passw[o0]rd|example|default|insecure|guildhall|your[-_]|0123456789|abcdefghij|qwerty/i.test(secret)
