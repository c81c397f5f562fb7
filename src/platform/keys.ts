import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** A key for each purpose, all derived from one secret: knowing one of them reveals nothing about another. */
export interface KeysOfOne {
  sessions: string
  codeLookup: Buffer
  codeSealing: Buffer
  mailSealing: Buffer
  connectionSealing: Buffer
  openidSealing: Buffer
  openidCookies: string
  setup: Buffer
  fingerprint: string
  /** The version by which Better Auth knows which secret encrypted a value. */
  version: number
}

/**
 * The newest secret's keys sign and encrypt. Those of older secrets still verify, decrypt and look up; see `everyKey`.
 */
export interface Keys extends KeysOfOne {
  older: KeysOfOne[]
}

/** The newest secret comes first. */
export function deriveKeys(newest: string, ...older: string[]): Keys {
  return { ...keysOf(newest), older: older.map(keysOf) }
}

/** The keys of all secrets: values made with any of them are accepted. */
export function everyKey({ older, ...newest }: Keys): KeysOfOne[] {
  return [newest, ...older]
}

function keysOf(secret: string): KeysOfOne {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `guildhall ${purpose}`, 32))
  return {
    sessions: key('sessions').toString('base64url'),
    codeLookup: key('invitation code look-up'),
    codeSealing: key('invitation code sealing'),
    mailSealing: key('mail sealing'),
    connectionSealing: key('connection sealing'),
    openidSealing: key('openid sealing'),
    openidCookies: key('openid cookies').toString('base64url'),
    setup: key('setup link'),
    fingerprint: key('fingerprint').toString('base64url'),
    version: key('version').readUInt32BE() >>> 1,
  }
}

export function keyedHash(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
