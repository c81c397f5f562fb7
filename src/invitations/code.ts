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

/** Reads a code however it was typed. The modulus is prime, so one wrong symbol or two swapped ones never pass. */
export function parseCode(text: string): { code: string } | { problem: 'code_mistyped' } {
  const code = text
    .slice(0, 200)
    .toUpperCase()
    .replace(/[\s\u2010-\u2015_-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const wellFormed = code.length === randomSymbols + 1 && [...code].every((symbol) => alphabet.includes(symbol))
  if (!wellFormed || checkSymbol(code.slice(0, randomSymbols)) !== code[randomSymbols])
    return { problem: 'code_mistyped' }
  return { code }
}

/** In groups of four, as it is shown. */
export function formatCode(code: string): string {
  return code.match(/.{1,4}/g)!.join('-')
}
