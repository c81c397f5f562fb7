import { randomBytes } from 'node:crypto'
import { type Keys, keyedHash } from '../keys'
import { seal, unseal } from '../sealing'
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

/** The copy for the eye icon. It opens only as the code of the same invitation. */
export function sealCode(code: string, invitationId: string, keys: Keys): Buffer {
  return seal(code, invitationId, keys.codeSealing)
}

export function openCode(sealed: Uint8Array, invitationId: string, keys: Keys): string {
  return unseal(sealed, invitationId, keys.codeSealing)
}

/** The link form of a code. The code is in the fragment, which browsers keep to themselves. */
export function linkOf(code: string, baseUrl: string): string {
  return `${baseUrl}/join#${code}`
}
