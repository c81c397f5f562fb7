import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Keys, keyedHash } from '../keys'
import { alphabet, checkSymbol, randomSymbols } from './code'

/** A new code, from the system's generator. 256 is a multiple of 32, so every symbol is equally likely. */
export function newCode(): string {
  for (;;) {
    const symbols = Array.from(randomBytes(randomSymbols), (byte) => alphabet[byte % 32]).join('')
    const check = checkSymbol(symbols)
    if (check) return symbols + check
  }
}

/** What a code is looked up by. Without the key, the database's contents cannot be tested against guesses. */
export function hashCode(code: string, keys: Keys): Buffer {
  return keyedHash(keys.codeLookup, code)
}

const version = 1

/** Encrypts and authenticates a code (AES-256-GCM). It opens only as the code of the same invitation. */
export function sealCode(code: string, invitationId: string, keys: Keys): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.codeSealing, nonce)
  cipher.setAAD(Buffer.from(invitationId))
  const sealed = Buffer.concat([cipher.update(code), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed])
}

export function openCode(sealed: Uint8Array, invitationId: string, keys: Keys): string {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== version) throw new Error('a code is sealed in a way that this version does not know')
  const decipher = createDecipheriv('aes-256-gcm', keys.codeSealing, bytes.subarray(1, 13))
  decipher.setAAD(Buffer.from(invitationId))
  decipher.setAuthTag(bytes.subarray(13, 29))
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString()
}

/** The link form of a code. The code is in the fragment, which browsers keep to themselves. */
export function linkOf(code: string, baseUrl: string): string {
  return `${baseUrl}/join#${code}`
}
