/**
 * Reads codes and tokens as people paste them: out of mails, chats, documents and other keyboards. Browser-safe: the
 * portal reads its own address with it.
 */

/** Longer than any link that a mail gateway makes of one of ours. */
export const longestPaste = 4000
const linked = ['join', 'setup', 'confirm-address', 'reset'] as const
/** The pages that links with a secret lead to. */
export type LinkedPage = (typeof linked)[number]

const shownAsNothing = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc}/gu

/** In plain letters, digits and dashes: full-width letters and the digits of every script become ASCII, and what is not seen goes. */
export function plain(text: string): string {
  return text
    .slice(0, longestPaste)
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
 * The page and the secret of one of our links. Mail gateways write `#` as `%23` or `%2523`, wrap the link into one of
 * their own, and add parameters before the secret or after it.
 */
export function readLink(text: string): { page: LinkedPage; secret: string } | undefined {
  const decoded = text
    .replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%')
    .replace(/%(?:23|26|2f|3a|3d|3f)/gi, (escaped) => decodeURIComponent(escaped))
  const found = linkPattern.exec(decoded)
  return found ? { page: found[1]!.toLowerCase() as LinkedPage, secret: trimmed(found[2]!) } : undefined
}
const linkPattern = new RegExp(String.raw`(?<![\w-])(${linked.join('|')})/?(?:[?&][^#\s]*)?#+([^\s?&#/]*)`, 'i')

/** The same of an address of this site: only where its path is such a page. */
export function readAddress(address: string): ReturnType<typeof readLink> {
  const link = readLink(address)
  return link && new RegExp(`^/${link.page}(?![\\w-])`, 'i').test(address) ? link : undefined
}

/** Without the quotes, brackets, full stops and the like around it. A token may begin and end with - and _. */
const trimmed = (text: string): string => text.replace(/^[^\w-]+/, '').replace(/[^\w-]+$/, '')

/** A one-time token, pasted by itself or as its whole link. */
export function pastedToken(text: string): string {
  const pasted = plain(text)
  return readLink(pasted)?.secret ?? trimmed(pasted.replace(/\s/g, ''))
}

/** A code in letters and digits alone: whatever groups or surrounds them is dropped. */
export function pastedSymbols(text: string): string {
  return plain(text).replace(/[\s\p{P}\p{S}]/gu, '')
}
