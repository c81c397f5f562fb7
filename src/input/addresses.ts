import { decoded } from './decoded'
import { atMost, type Reading } from './texts'
import { unwrapped } from './unwrapped'

/**
 * E-mail addresses and domains are stored in one spelling: small letters, the domain in ASCII (IDNA, UTS 46). So an
 * account is found again however its address was typed, pasted, or told by an identity provider.
 */

/** What hides in what was copied: byte order marks, direction marks, soft hyphens; not joiners inside of a word. */
const hidden = /(?!(?<=\P{ASCII})[\u200c\u200d](?=\P{ASCII}))[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** What `new URL` would read as more than a domain is kept from it: ports, paths, percent signs. */
const domainCharacters = /^[\p{L}\p{M}\p{N}\u00b7\u30fb\u200c-\u200d.\u3002-]+$/u
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
/** RFC 5322’s dot-atom. To addresses with other letters before the @, few mail servers deliver. */
const dotAtom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

const longest = 254

/** A domain in ASCII, or undefined where it is none. */
export function toDomain(text: string): string | undefined {
  if (!domainCharacters.test(text) || text.length > 253) return undefined
  try {
    // The one way to IDNA that browsers and Node share.
    const { hostname } = new URL(`http://${text}`)
    return asciiDomain.test(hostname) && hostname.length <= 253 ? hostname : undefined
  } catch {
    return undefined
  }
}

function toAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0)).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const domain = toDomain(text.slice(at + 1))
  return domain && dotAtom.test(local) ? `${local}@${domain}` : undefined
}

/** A name and an address in brackets, as mail programs, lists, Markdown and web pages write them. */
const namings = [
  /^<a\s[^<>]*?href=["']?mailto:(?<address>[^"'?\s<>]*)[^<>]*>(?<name>[^<>]*)<\/a>$/i,
  /^(?<name>[^<>]*)<(?<address>[^<>]*)>[\s,;.]*$/,
  /^(?<name>[^[\]]*)\[(?<address>[^[\]]*)\][\s,;.]*$/,
  /^\[(?<name>[^[\]]*)\]\((?<address>[^()]*)\)[\s,;.]*$/,
  /^(?<name>[^()]*)\((?<address>[^()]*@[^()]*)\)[\s,;.]*$/,
]
/** “(Ana)” behind an address. */
const comment = /\s*\([^()@]*\)$/
/** What phones make of the straight one. */
const curlyApostrophe = /(?<=\p{L})\u2019(?=\p{L})/gu

/** What was typed or pasted, without hidden characters, wide letters, and what surrounds it. */
function bare(typed: string): string {
  const text = typed
    .normalize('NFKC')
    .replace(hidden, '')
    .replace(curlyApostrophe, "'")
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .trim()
  const named = namings.map((naming) => naming.exec(text)?.groups).find(Boolean)
  if (!named) return addressIn(text.replace(comment, ''))
  const [name, address] = [addressIn(named.name!), addressIn(named.address!)]
  // “Ana <ana@x.example>”, but not an address that is named like another.
  return name.includes('@') && toAddress(name) !== toAddress(address) ? text : address
}

function addressIn(text: string): string {
  const plain = unwrapped(text).replace(/\/$/, '')
  if (/^mailto:/i.test(plain)) return decoded(plain.replace(/^mailto:(?:\/\/)?\s*/i, '').replace(/\?.*$/, ''))
  return plain.includes('@') ? plain : plain.replace(/%40/, '@')
}

/** Where a link, a quote or emphasis goes on before the @. A mailbox could be called so, and none is. */
const noMailbox = /^['`*/]|\/\/|\/\?|\/@/

/** An address that somebody typed or pasted. */
export function readAddress(typed: string): Reading {
  const text = bare(typed)
  if (text.length > longest) return { problem: atMost(longest) }
  const address = noMailbox.test(text) ? undefined : toAddress(text)
  if (address) return address.length > longest ? { problem: atMost(longest) } : { value: address }
  const [local = '', domain = '', ...more] = text.split('@')
  return more.length === 0 && toDomain(domain) && /^\S*\P{ASCII}\S*$/u.test(local)
    ? { problem: 'Before the @, an address has the letters a to z, digits and signs only.' }
    : { problem: 'Not an e-mail address.' }
}

/**
 * An address that an identity provider tells, or undefined where it is none. It signs people in, so nothing is taken
 * off but spaces, and no character stands for another: the Kelvin sign is no k, and a line break does not pass.
 */
export function readClaimedAddress(claim: unknown): string | undefined {
  if (typeof claim !== 'string' || claim.length > longest || claim !== claim.normalize('NFKC')) return undefined
  const address = toAddress(claim.replace(/^ +| +$/g, ''))
  return address && address.length <= longest ? address : undefined
}

const noDomain = { problem: 'Not a domain, like example.org.' }

/**
 * A domain of addresses, with or without the @. What holds more than a domain is not cut down to one: whoever gives an
 * address may mean that one only, and nobody’s address ends with www.
 */
export function readDomain(typed: string): Reading {
  const text = unwrapped(typed.normalize('NFKC').replace(hidden, '')).replace(/^@/, '')
  const domain = toDomain(text)
  if (domain && !/^www\./.test(domain)) return { value: domain }
  if (/^\*\./.test(text)) return { problem: 'Write each domain by itself, without *.' }
  const inside = /^(?:https?:\/\/|mailto:)?(?:[^\s/?#]*@)?(?:www\.)?([^\s/?#:@]+)(?:[:/?#]\S*)?$/i.exec(text)?.[1]
  return inside && toDomain(inside) ? { problem: `Write only the domain: ${inside.toLowerCase()}` } : noDomain
}
