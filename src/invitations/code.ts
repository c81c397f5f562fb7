import { pastedSymbols, plain, readLink } from '../http/pasted'

/**
 * Invitation codes as people type them: 27 random symbols of Crockford's base 32 and his check symbol
 * (https://www.crockford.com/base32.html), in seven groups of four. 27 symbols carry 135 bits. A code is drawn
 * again until its check symbol is one of the plain 32, so nobody has to type `*`, `~`, `$`, `=` or `U`.
 * Browser-safe: the portal tells of a typo without asking the server.
 */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const randomSymbols = 27
const modulus = 37

/** The check symbol of a code's random part, or undefined where it is not one of the plain 32. */
export function checkSymbol(symbols: string): string | undefined {
  let remainder = 0
  for (const symbol of symbols) remainder = (remainder * 32 + alphabet.indexOf(symbol)) % modulus
  return alphabet[remainder]
}

/** A code in the middle of other words, in the groups that it is shown in. */
const shown = /(?<![0-9A-Z])(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}(?![0-9A-Z-])/i
/** What a mailed invitation's link carries behind the code; see `mailProof` in secrecy.ts. */
const withProof = /^(.+)\.([\w-]{32})$/

/**
 * Reads a code however it was typed or pasted: by itself, or as a link of it. The modulus is prime, so one wrong symbol
 * or two swapped ones never pass. Only what could be a code but for that is called a typo.
 */
export function parseCode(
  text: string,
): { code: string; proof?: string } | { problem: 'code_mistyped' | 'code_not_valid' } {
  const pasted = plain(text)
  const carried = readLink(pasted)?.secret ?? pasted.trim()
  const [, before, proof] = withProof.exec(carried) ?? []
  const code = pastedSymbols(before ?? shown.exec(carried)?.[0] ?? carried)
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== randomSymbols + 1 || !/^[0-9A-Z]*$/.test(code)) return { problem: 'code_not_valid' }
  const isRight =
    [...code].every((symbol) => alphabet.includes(symbol)) &&
    checkSymbol(code.slice(0, randomSymbols)) === code[randomSymbols]
  if (!isRight) return { problem: 'code_mistyped' }
  return proof ? { code, proof } : { code }
}

/** In groups of four, as it is shown. */
export function formatCode(code: string): string {
  return code.match(/.{1,4}/g)!.join('-')
}
