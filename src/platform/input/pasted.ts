import { decoded } from './decoded'

/**
 * Reads codes and tokens as people paste them from mails, chats, documents and other keyboards. Safe for browsers: the
 * portal reads its own address with it.
 */

/** Longer than any link that a mail gateway makes from one of ours. */
export const longestPaste = 4000
const linked = ['join', 'setup', 'confirm-address', 'reset'] as const
/** The pages that links with a secret lead to. */
export type LinkedPage = (typeof linked)[number]

const entities: Record<string, string> = { nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '' }
/** HTML entities for spaces, dashes and other characters. */
const entity =
  /&(?:amp;)*(?:#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))|(nbsp|ensp|emsp|thinsp|shy)|(ndash|mdash|hyphen|dash));/gi
function ofEntity(text: string, hex?: string, decimal?: string, name?: string, dash?: string): string {
  if (dash) return '-'
  if (name) return entities[name.toLowerCase()]!
  const point = hex ? Number.parseInt(hex, 16) : Number(decimal)
  return point <= 0x10ffff ? String.fromCodePoint(point) : text
}

const shownAsNothing = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu

/**
 * Plain letters, digits and dashes: full-width letters and the digits of every script become ASCII, and invisible
 * characters are removed.
 */
export function plain(text: string): string {
  return text
    .slice(0, longestPaste)
    .replace(entity, ofEntity)
    .normalize('NFKC')
    .replace(shownAsNothing, '')
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Pd}\u2212]/gu, '-')
}

/** Unicode encodes the ten digits of every script in order, from zero. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0)!
  let first = point
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((point - first) % 10)
}

/**
 * The length of each page's token. An invitation's code, with the secret that follows it in a mailed link, is
 * recognized by its shape.
 */
const whole: Record<LinkedPage, RegExp> = {
  join: /^(?:[0-9a-z]-?){28}(?:\.[\w-]{32})?/i,
  setup: /^[\w-]{43}/,
  'confirm-address': /^[\w-]{32}/,
  reset: /^[\w-]{32}/,
}

/** Whether the secret in a link to this page is complete. */
export const isCompleteSecret = (page: LinkedPage, secret: string): boolean => whole[page].exec(secret)?.[0] === secret

/**
 * The page and the secret of one of our links. Mail gateways write `#` as `%23` or `%2523`, wrap the link in their own,
 * and add parameters before or after the secret; mail programs break it over lines.
 */
export function readLink(text: string): { page: LinkedPage; secret: string } | undefined {
  const address = undoGateways(text)
  for (const { 0: found, 1: before, index } of address.matchAll(upToSecret)) {
    const page = pageAtEnd.exec(before!)?.[1]?.toLowerCase() as LinkedPage | undefined
    if (!page) continue
    carriedSecret.lastIndex = index + found.length
    return { page, secret: secretIn(page, carriedSecret.exec(address)![0].replace(lineBreaks, '\n')) }
  }
  return undefined
}
/**
 * The text before each #. A match starts only at the start of a word; otherwise a long text would be scanned again and
 * again.
 */
const upToSecret = /(?<![^#\s])([^#\s]*)#+/g
const pageAtEnd = new RegExp(String.raw`(?<![\w-])(${linked.join('|')})/?(?:[?&][^#\s]*)?$`, 'i')
/** A line break added by a mail program, also in a quoted reply. */
export const lineBreak = String.raw`=?[^\S\n]*\n[>\s]*`
const lineBreaks = new RegExp(lineBreak, 'g')
const carriedSecret = new RegExp(String.raw`(?:[\w.-]|${lineBreak})*`, 'y')

/**
 * A code and the proof after it, broken over lines. Nothing may follow in the line, since it would not belong to the
 * proof.
 */
const brokenWithProof = /^(?:[0-9a-z]\n?(?:-\n?)?){28}\.(?:\n?[\w-]){32}(?=_?(?![\w-]))/i

function secretIn(page: LinkedPage, text: string): string {
  const [joined, inOneLine] = [text.replace(/\n/g, ''), /^[\w.-]*/.exec(text)![0]]
  const secret = whole[page].exec(inOneLine)?.[0]
  const broken = page === 'join' && !secret?.includes('.') && brokenWithProof.exec(text)?.[0]
  if (broken) return broken.replace(/\n/g, '')
  return secret ?? whole[page].exec(joined)?.[0] ?? trimmed(inOneLine)
}

/** The proof after a code that was pasted without its link, in one line or several. */
export function beforeProof(text: string): { code: string; proof: string; broken: boolean } | undefined {
  const dot = text.lastIndexOf('.')
  const [code, behind] = [text.slice(0, Math.max(dot, 0)), text.slice(dot + 1)]
  // Longer than any proof with its line breaks.
  if (code === '' || behind.length > 500) return undefined
  const proof = behind.replace(lineBreaks, '')
  return /^[\w-]{32}$/.test(proof) ? { code, proof, broken: text.includes('\n') } : undefined
}

/** Each of these reverses what a gateway, a mail program or an editor did to a link. */
const undoings: ((text: string) => string)[] = [
  (text) => text.replace(/&(?:#35|#x23|num);?/gi, '#').replace(/&(?:amp|#38|#x26);?/gi, '&'),
  (text) =>
    text
      .replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%')
      .replace(/%([2-7][0-9a-f])/gi, signOfLink)
      .replace(beyondAscii, inAscii),
  // Proofpoint, version 2: the address in `u`, with - for % and _ for /.
  (text) =>
    text.replace(
      /\/v2\/url\?(?:\S*?&)?u=([\w.-]+)/gi,
      (_, wrapped: string) => ` ${wrapped.replace(/_/g, '/').replace(/-([2-7][0-9a-f])/gi, signOfLink)} `,
    ),
  // Proofpoint, version 3: * for each character that is listed at the end.
  (text) =>
    text.replace(/\/v3\/__(\S+?)__;([\w+/=-]*)!/g, (_, wrapped: string, signs: string) => {
      const left = [...fromBase64(signs)]
      return ` ${wrapped.replace(/\*/g, (star) => left.shift() ?? star)} `
    }),
  // Sophos: the address in base64.
  (text) =>
    text.replace(/[?&]u=([\w+/-]{24,}=*)/g, (parameter, wrapped: string) => {
      const address = fromBase64(wrapped)
      return /^https?:\/\//.test(address) ? ` ${address} ` : parameter
    }),
]

/** Gateways wrap links that others have already wrapped. */
function undoGateways(text: string): string {
  let current = text
  for (let round = 0; round < 4; round++) current = undoings.reduce((before, undo) => undo(before), current)
  return current
}

/** Only characters that our links contain: others, such as a space, would end the link. */
function signOfLink(escaped: string, hex: string): string {
  const sign = String.fromCharCode(Number.parseInt(hex, 16))
  return /[\w.~:/?#&=-]/.test(sign) ? sign : escaped
}

/** Characters that browsers escape in an address: dashes of word processors, hidden characters, full-width letters. */
const beyondAscii = /%(?:[cd][0-9a-f]|e[0-9a-f]%[89ab][0-9a-f]|f[0-4]%[89ab][0-9a-f]%[89ab][0-9a-f])%[89ab][0-9a-f]/gi
function inAscii(escaped: string): string {
  const sign = plain(decoded(escaped))
  return /^[\w-]?$/.test(sign) ? sign : escaped
}

function fromBase64(text: string): string {
  try {
    return atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  } catch {
    return ''
  }
}

/** The same for an address of this site: only if its path is one of those pages. */
export function readSiteLink(address: string): ReturnType<typeof readLink> {
  const link = readLink(address)
  return link && new RegExp(`^/${link.page}(?![\\w-])`, 'i').test(undoGateways(address)) ? link : undefined
}

/** Without surrounding quotes, brackets, full stops and the like. A token may begin and end with - and _. */
const trimmed = (text: string): string => text.replace(/^[^\w-]+/, '').replace(/[^\w-]+$/, '')

/** Without spaces, and without what a mail program inserted at line breaks. */
const inOnePiece = (text: string): string => text.replace(/[^\S\n]+/g, '').replace(/=?\n[>\n]*/g, '')

/** A one-time token, pasted alone or as its whole link. */
export function pastedToken(text: string): string {
  const pasted = plain(text)
  return readLink(pasted)?.secret ?? withoutEmphasis(trimmed(inOnePiece(pasted)))
}

/** Chats emphasize text with _. A token has 32 or 43 characters, so one more at each end is not part of it. */
const withoutEmphasis = (token: string): string => (/^_(?:.{32}|.{43})_$/.test(token) ? token.slice(1, -1) : token)

/** The letters and digits of a code, without grouping and surrounding characters. */
export function pastedSymbols(text: string): string {
  return plain(text).replace(/[\s\p{P}\p{S}]/gu, '')
}
