import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Keys for each purpose, all from the one secret: knowing one of them tells nothing about another. */
export interface Keys {
  sessions: string
  codeLookup: Buffer
  codeSealing: Buffer
  mailSealing: Buffer
  setup: Buffer
  fingerprint: string
}

export function deriveKeys(secret: string): Keys {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `guildhall ${purpose}`, 32))
  return {
    sessions: key('sessions').toString('base64url'),
    codeLookup: key('invitation code look-up'),
    codeSealing: key('invitation code sealing'),
    mailSealing: key('mail sealing'),
    setup: key('setup link'),
    fingerprint: key('fingerprint').toString('base64url'),
  }
}

export function keyedHash(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
