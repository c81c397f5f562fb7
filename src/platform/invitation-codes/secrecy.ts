import { randomBytes } from 'node:crypto'
import { identifierOf, newLink } from '../access/one-time-links'
import { everyKey, type Keys, keyedHash } from '../keys'
import { seal, unseal } from '../sealing'
import { alphabet, checkSymbol, randomSymbols } from './code'

/** A new code, from the system's random generator. 256 is a multiple of 32, so every symbol is equally likely. */
export function newCode(): string {
  for (;;) {
    const symbols = Array.from(randomBytes(randomSymbols), (byte) => alphabet[byte % 32]).join('')
    const check = checkSymbol(symbols)
    if (check) return symbols + check
  }
}

/**
 * The digest by which a code is looked up. Without the key, guesses cannot be tested against the database's contents.
 */
export function hashCode(code: string, keys: Keys): Buffer {
  return keyedHash(keys.codeLookup, code)
}

/**
 * The digests under all secrets: any of them finds an invitation of the code, whichever secret it was created under.
 */
export function hashesOf(code: string, keys: Keys): Buffer[] {
  return everyKey(keys).map(({ codeLookup }) => keyedHash(codeLookup, code))
}

/** The encrypted copy for the eye icon. It decrypts only as the code of the same invitation. */
export function sealCode(code: string, invitationId: string, keys: Keys): Buffer {
  return seal(code, invitationId, keys.codeSealing)
}

export function openCode(sealed: Uint8Array, invitationId: string, keys: Keys): string {
  return unseal(sealed, invitationId, keys, 'codeSealing')
}

/**
 * The secret that a mailed link carries beside the code, and its digest in the database. It proves that a person has
 * read that mail. The code cannot: the admins see it, and people pass it on.
 */
export function newMailProof(): { proof: string; proofHash: string } {
  const { token, identifier } = newLink('mailed-invitation')
  return { proof: token, proofHash: identifier }
}

export const hashProof = (proof: string): string => identifierOf('mailed-invitation', proof)

/** The secret of a mailed link, in its fragment. */
export const mailedSecret = (code: string, proof: string): string => `${code}.${proof}`

/** The link form of a code. The code is in the fragment, which browsers do not send. */
export function linkOf(code: string, baseUrl: string): string {
  return `${baseUrl}/join#${code}`
}
