import { randomBytes } from 'node:crypto'
import { identifierOf, newLink } from '../access/one-time-links'
import { everyKey, type Keys, keyedHash } from '../keys'
import { seal, unsealAny } from '../sealing'
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

/** By any of these an invitation of the code is found, whichever secret it was made under. */
export function hashesOf(code: string, keys: Keys): Buffer[] {
  return everyKey(keys).map(({ codeLookup }) => keyedHash(codeLookup, code))
}

/** The copy for the eye icon. It opens only as the code of the same invitation. */
export function sealCode(code: string, invitationId: string, keys: Keys): Buffer {
  return seal(code, invitationId, keys.codeSealing)
}

export function openCode(sealed: Uint8Array, invitationId: string, keys: Keys): string {
  const sealingKeys = everyKey(keys).map(({ codeSealing }) => codeSealing)
  return unsealAny(sealed, invitationId, sealingKeys)
}

/**
 * What a mailed link carries beside the code, and what the database knows it by. Whoever shows it has read that mail,
 * which the code cannot prove: the admins see it, and whoever passes it on.
 */
export function newMailProof(): { proof: string; proofHash: string } {
  const { token, identifier } = newLink('mailed-invitation')
  return { proof: token, proofHash: identifier }
}

export const hashProof = (proof: string): string => identifierOf('mailed-invitation', proof)

/** The secret of a mailed link, in its fragment. */
export const mailedSecret = (code: string, proof: string): string => `${code}.${proof}`

/** The link form of a code. The code is in the fragment, which browsers keep to themselves. */
export function linkOf(code: string, baseUrl: string): string {
  return `${baseUrl}/join#${code}`
}
