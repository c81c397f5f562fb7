import { beforeProof, lineBreak, longestPaste, plain, readLink } from '../input/pasted'

/**
 * Invitation codes as people type them: 27 random symbols of Crockford's base 32 and its check symbol
 * (https://www.crockford.com/base32.html), in seven groups of four. 27 symbols carry 135 bits. A code is drawn again
 * until its check symbol is one of the plain 32, so no one has to type `*`, `~`, `$`, `=` or `U`. Safe for browsers:
 * the portal reports a typo without a request to the server.
 */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const randomSymbols = 27
const modulus = 37

/** The check symbol of a code's random part, or undefined if it is not one of the plain 32. */
export function checkSymbol(symbols: string): string | undefined {
  let remainder = 0
  for (const symbol of symbols) remainder = (remainder * 32 + alphabet.indexOf(symbol)) % modulus
  return alphabet[remainder]
}

const group = `[0-9A-Z](?:(?:${lineBreak})?[0-9A-Z]){3}`
/** Between groups: any dashes and spaces, or other characters if they are the same between all groups. */
const dashed = String.raw`(?:[\s\p{Pd}.·]{1,3}${group}){6}`
const signed = String.raw`(?<sign>[^\p{L}\p{N}\n]{1,5})(?:${lineBreak})?${group}(?:(?:\k<sign>(?:${lineBreak})?|${lineBreak})${group}){5}`
/**
 * A possible code in the middle of other words: in one piece, or in groups of four. The search for groups starts at
 * each word, so words of four letters may look like groups. The check symbol decides; of two valid codes, the likelier
 * one counts.
 */
const shown = new RegExp(
  `(?<![0-9A-Z])(?=(${group}(?:(?:(?:${lineBreak})?${group}){6}|${dashed}|${signed})(?![0-9A-Z])))`,
  'giu',
)
/** Letters that look like Latin ones: a person who copies a code by hand on such a keyboard may type them. */
const otherLetters = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu
const drawn = 'АВЕЅЈКМНОРСТУХҮҺІԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const meant = 'ABESJKMHOPCTYXYHIGQWABEZHIKMNOPTYX'
const inLatin = (letter: string): string => meant[drawn.indexOf(letter.toUpperCase())] ?? letter

type Parsed = { code: string; proof?: string } | { problem: 'code_mistyped' | 'code_not_valid' }

/**
 * Reads a code however it was typed or pasted: alone or as its link. The modulus is prime, so a single wrong symbol or
 * two swapped ones never pass. Only text that has the shape of a code is reported as a typo.
 */
export function parseCode(text: string): Parsed {
  // Marks underline or strike through. Japanese keyboards have the long-vowel mark in place of the dash.
  const pasted = plain(text).replace(/\p{M}/gu, '').replace(/ー/g, '-')
  const parsed = parse(pasted)
  if ('code' in parsed || pasted.search(otherLetters) < 0) return parsed
  const other = parse(pasted.replace(otherLetters, inLatin))
  return 'code' in other || parsed.problem === 'code_not_valid' ? other : parsed
}

function parse(pasted: string): Parsed {
  const carried = readLink(pasted)?.secret || pasted.trim()
  const mailed = beforeProof(carried)
  if (mailed) {
    const inMail = codesIn(mailed.code)
    const whole = likeliest(inMail.right.filter(({ end }) => /^[\s>=]*$/.test(mailed.code.slice(end))))
    if (whole) return { code: whole, proof: mailed.proof }
    // If the text is broken over lines, the part after the full stop may be a code as well.
    if (!mailed.broken) return judge(inMail)
  }
  return judge(codesIn(carried))
}

interface Candidate {
  symbols: string
  likelihood: number
  /** Where it ends in the text. */
  end: number
}

/**
 * Finds the valid codes, and counts the candidates of the right length. A long text has thousands, so each must be
 * cheap.
 */
function codesIn(text: string): { count: number; right: Candidate[] } {
  const right: Candidate[] = []
  let count = 0
  for (const { 1: written, index } of [{ 1: text, index: 0 }, ...text.matchAll(shown)]) {
    const symbols = symbolsOf(written!)
    if (!/^[0-9A-Z]{28}$/.test(symbols)) continue
    count++
    if (isRight(symbols)) right.push({ symbols, likelihood: likelihoodOf(written!), end: index + written!.length })
  }
  return { count, right }
}

function judge({ count, right }: ReturnType<typeof codesIn>): Parsed {
  const code = likeliest(right)
  if (code) return { code }
  return { problem: count === 0 ? 'code_not_valid' : 'code_mistyped' }
}

/** Codes have digits, and their letters share one case. Adjacent words have no digits and mix cases. */
const likelihoodOf = (written: string): number =>
  written.replace(/[^0-9]+/g, '').length +
  (written === written.toUpperCase() || written === written.toLowerCase() ? 28 : 0)

/** Of several equally likely codes, the first. */
function likeliest(right: Candidate[]): string | undefined {
  let best = right[0]
  for (const one of right) if (one.likelihood > best!.likelihood) best = one
  return best?.symbols
}

/** Expects text that is already plain. */
const symbolsOf = (text: string): string =>
  text
    .slice(0, longestPaste)
    .replace(/[\s\p{P}\p{S}]+/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

const isRight = (code: string): boolean =>
  !code.includes('U') && checkSymbol(code.slice(0, randomSymbols)) === code[randomSymbols]

/** In groups of four, as displayed. */
export function formatCode(code: string): string {
  return code.match(/.{1,4}/g)!.join('-')
}
