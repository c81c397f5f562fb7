import { t } from '../messages/t'
import { decoded } from './decoded'
import { atMost, type Reading } from './texts'
import { listMarks, unwrapped } from './unwrapped'

/**
 * E-mail addresses and domains are stored in one spelling: lower case, the domain in ASCII (IDNA, UTS 46). So an
 * account is found again however its address was typed, pasted, or sent by an identity provider.
 */

/** Characters that hide in copied text: byte order marks, direction marks, soft hyphens; not joiners inside a word. */
const hidden = /(?!(?<=\P{ASCII})[\u200c\u200d](?=\P{ASCII}))[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** Excludes what `new URL` would read as more than a domain: ports, paths, percent signs. */
const domainCharacters = /^[\p{L}\p{M}\p{N}\u00b7\u30fb\u200c-\u200d.\u3002-]+$/u
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
/** RFC 5322’s dot-atom. Few mail servers deliver to addresses with other characters before the @. */
const dotAtom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

const longest = 254

/** A domain in ASCII, or undefined if it is none. */
export function toDomain(text: string): string | undefined {
  if (!domainCharacters.test(text) || text.length > 253) return undefined
  try {
    // The only IDNA implementation that browsers and Node share.
    const { hostname } = new URL(`http://${text}`)
    return asciiDomain.test(hostname) && hostname.length <= 253 ? hostname : undefined
  } catch {
    return undefined
  }
}

/** What follows the last @ of an address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

function toAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0)).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const domain = toDomain(text.slice(at + 1))
  return domain && dotAtom.test(local) ? `${local}@${domain}` : undefined
}

/** A name and an address in brackets, as mail programs, chats, lists, Markdown and web pages write them. */
const namings = [
  // The forms of Outlook, Slack and Jira, which repeat the address.
  /^(?<name>[^<>]*)<(?<address>[^<>]*)<(?<again>mailto:[^<>]*)>>[\s,;.]*$/i,
  /^(?<name>[^<>|]*)<(?<address>mailto:[^<>|]*(?:@|%40)[^<>|]*)\|(?<again>[^<>|]*)>[\s,;.]*$/i,
  /^(?<name>[^[\]|]*)\[(?<again>[^[\]|]*)\|(?<address>mailto:[^[\]|]*)\][\s,;.]*$/i,
  /^<a\s[^<>]*?href=["']?mailto:(?<address>[^"'?\s<>]*)[^<>]*>(?<name>[^<>]*)<\/a>$/i,
  /^(?<name>[^<>]*)<(?<address>[^<>]*)>[\s,;.]*$/,
  /^(?<name>[^[\]]*)\[(?<address>[^[\]]*)\][\s,;.]*$/,
  /^\[(?<name>[^[\]]*)\]\((?<address>[^()]*)\)[\s,;.]*$/,
  /^(?<name>[^()]*)\((?<address>[^()]*@[^()]*)\)[\s,;.]*$/,
]
/** “(Ana)” after an address. */
const comment = /\s*\([^()@]*\)$/
/** The apostrophe that phones substitute for the straight one. */
const curlyApostrophe = /(?<=\p{L})\u2019(?=\p{L})/gu

/** Word processors write a non-breaking hyphen, U+2011, which NFKC turns into U+2010. */
const withHyphens = (text: string): string => text.replace(/(?<=[\p{L}\p{N}])\u2010(?=[\p{L}\p{N}])/gu, '-')

/** The typed or pasted text without hidden characters, full-width letters and surrounding characters. */
function bare(typed: string): string {
  const text = withHyphens(typed.normalize('NFKC'))
    .replace(hidden, '')
    .replace(curlyApostrophe, "'")
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .trim()
    .replace(/^(?:>\s*)+/, '')
  const readings = [text, text.replace(/[【《〈〔]/g, '[').replace(/[】》〉〕]/g, ']')].map(inside)
  return readings.find(addressOf) ?? inCells(text) ?? readings[0]!
}

function inside(text: string): string {
  const uncommented = text.replace(comment, '')
  const named = [text, uncommented].flatMap((one) => namings.map((naming) => naming.exec(one)?.groups)).find(Boolean)
  if (!named) return addressIn(uncommented)
  const address = addressIn(named.address!)
  // Accepts “Ana <ana@x.example>”, but not an address whose name is a different address.
  const others = [named.name, named.again ?? ''].map((one) => addressIn(one!)).filter((one) => one.includes('@'))
  return others.some((other) => toAddress(other) !== toAddress(address)) ? text : address
}

/** Spreadsheets separate cells with tabs: the one address in a row. */
function inCells(text: string): string | undefined {
  if (/[\n\r]/.test(text)) return undefined
  const cells = text.split('\t').filter((cell) => /@|%40/.test(cell))
  const addresses = new Set(cells.map((cell) => addressOf(inside(cell.trim()))))
  return addresses.size === 1 ? [...addresses][0] : undefined
}

/** "ana"@x.example is ana@x.example (RFC 5321). */
const quotedMailbox = /^"([^"@\s\\]+)"(?=@[^"\s]+$)/

function addressIn(text: string): string {
  const plain = unwrapped(text.trim().replace(quotedMailbox, '$1')).replace(/\/$/, '')
  if (/^mailto:/i.test(plain)) return decoded(plain.replace(/^mailto:(?:\/\/)?\s*/i, '').replace(/\?.*$/, ''))
  return plain.includes('@') || !plain.includes('%40') ? plain : outOfLink(plain)
}

/** If the @ is encoded as %40, so is the rest, as in a link: “email=ana%2Breef%40x.example” is ana+reef@x.example. */
function outOfLink(text: string): string {
  const encoded = text.replace(/^[?&]?[\w.-]+=/, '')
  return /[=&?#]/.test(encoded) ? text : decoded(encoded).replace(/^mailto:/i, '')
}

/** A link, a quote or emphasis that continues before the @. Valid as a mailbox name, but not used in practice. */
const noMailbox = /^['`*/]|\/\/|\/\?|\/@|^(?:e-?mail|mail|to|address)=/i

const addressOf = (text: string): string | undefined => (noMailbox.test(text) ? undefined : toAddress(text))

/** An address that a person typed or pasted. */
export function readAddress(typed: string): Reading {
  const text = bare(typed)
  if (text === '') return { problem: t('Enter an e-mail address.') }
  if (text.length > longest) return { problem: atMost(longest) }
  const address = addressOf(text)
  if (address) return address.length > longest ? { problem: atMost(longest) } : { value: address }
  const [local = '', domain = '', ...more] = text.split('@')
  return more.length === 0 && toDomain(domain) && /^\S*\P{ASCII}\S*$/u.test(local)
    ? { problem: t('The part before the @ can contain only the letters a to z, digits and symbols.') }
    : { problem: t('Enter a valid e-mail address.') }
}

/**
 * An address from an identity provider, or undefined if it is none. It signs people in, so only spaces are trimmed and
 * no character is replaced: the Kelvin sign is no k, and a line break is refused.
 */
export function readClaimedAddress(claim: unknown): string | undefined {
  if (typeof claim !== 'string' || claim.length > longest || claim !== claim.normalize('NFKC')) return undefined
  const address = toAddress(claim.replace(/^ +| +$/g, ''))
  return address && address.length <= longest ? address : undefined
}

const noDomain = () => ({ problem: t('Enter a domain, for example example.org.') })

/**
 * A domain of addresses, with or without the @. Input with more than a domain is not reduced to one: a person who
 * enters an address may mean only that one, and no address ends with www.
 */
export function readDomain(typed: string): Reading {
  const text = unwrapped(withHyphens(typed.normalize('NFKC')).replace(hidden, '')).replace(/^@/, '')
  const domain = toDomain(text)
  if (domain && !/^www\./.test(domain)) return { value: domain }
  if (/^\*\./.test(text)) return { problem: t('Enter each domain without a wildcard (*).') }
  const inside = /^(?:https?:\/\/|mailto:)?(?:[^\s/?#]*@)?(?:www\.)?([^\s/?#:@]+)(?:[:/?#]\S*)?$/i.exec(text)?.[1]
  return inside && toDomain(inside)
    ? { problem: t('Enter only the domain: {domain}', { domain: inside.toLowerCase() }) }
    : noDomain()
}

/** Domains as people list them: in lines, with commas, with bullets or numbers, or from a table. */
export const domainsIn = (text: string): string[] =>
  text
    .replace(listMarks, ' ')
    .split(/[\s,;|、，；،؛]+/)
    .filter((one) => one !== '')
