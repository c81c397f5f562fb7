import { t } from '../messages/t'
import { toDomain } from './addresses'
import { atMost, inOneLine, lengthOf, type Reading, readText } from './texts'
import { unwrapped } from './unwrapped'

/** In a domain these would be letters of a different domain. */
const withHyphens = (text: string): string => text.replace(/[\u2010\u2011]/g, '-')

const notOne = (): Reading => ({ problem: t('Enter a valid URL (https://…).') })

/** A link with a text, as web pages, Slack, Markdown, Jira and Outlook write it. */
const links = [
  /^(?<words>[^<>]*)<a\s[^<>]*?href=["']?(?<target>[^"'\s<>]+)[^<>]*>(?<name>[^<>]*)<\/a>[\s,;.]*$/i,
  /^(?<words>[^<>|]*)<(?<target>(?:https?:\/\/|www\.)[^<>|\s]+)\|(?<name>[^<>|]*)>[\s,;.]*$/i,
  /^(?<words>[^[\]]*)\[(?<name>[^[\]]*)\]\((?<target>\S+)(?:\s+"[^"]*")?\)[\s,;.]*$/,
  /^(?<words>[^[\]|]*)\[(?<name>[^[\]|]*)\|(?<target>[^[\]|\s]+)\][\s,;.]*$/,
  /^(?<words>[^<>]*)<(?<target>(?:https?:\/\/|www\.)[^<>\s]+)>[\s,;.]*$/i,
]

/** A web address, with https:// added if it has no scheme. Its domain is in ASCII; its path stays as typed. */
export function readWebAddress(typed: string, max: number): Reading {
  const text = typed.replace(/&lt;/gi, '<').replace(/&gt;/gi, '>')
  const link = links.map((form) => form.exec(text.trim())?.groups).find(Boolean)
  const target = link && readAlone(link.target!.replace(/&amp;/gi, '&'), max)
  if (!target || 'problem' in target) return readAlone(typed, max)
  const words = `${link.words} ${link.name}`.split(/\s+/).map((word) => readAlone(word, max))
  // A link whose text is a different address may lead anywhere.
  return words.every((word) => 'problem' in word || hostOf(word.value) === hostOf(target.value)) ? target : notOne()
}

const hostOf = (address: string): string => new URL(address).host.replace(/^www\./, '')

/** “https://https://…”, from pasting after a scheme that was already there, and schemes that lack a character. */
const schemes = /^(?:https?(?::\/{1,2}|\/\/))*(https?)(?::\/{1,2}|\/\/)(?!\/)/i

function readAlone(typed: string, max: number): Reading {
  const read = readText(unwrapped(typed), 'line', 0, max * 4)
  if ('problem' in read) return read
  const text = read.value.replace(schemes, '$1://').replace(/^[^/?#]*(?:\/\/[^/?#]*)?/, withHyphens)
  const scheme = /^https?:\/\//i.exec(text)?.[0].toLowerCase()
  const rest = text.slice(scheme?.length ?? 0)
  // Refuses javascript:, mailto: and ftp://; but example.org:8080 is a domain and a port.
  if (!scheme && /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(rest)) return notOne()
  const [, authority, path] = /^([^/?#\\\s]+)([^\\\s]*)$/.exec(rest) ?? []
  if (authority?.includes('@')) return { problem: t('A URL cannot contain a user name or password.') }
  const url = authority && toUrl(`${scheme ?? 'https://'}${rest}`)
  // Text without a scheme could be anything, so it must begin with a domain.
  if (!url || /^https?$/.test(url.hostname) || !(scheme || toDomain(url.hostname))) return notOne()
  const address = `${url.protocol}//${url.host}${path}`
  return lengthOf(address) > max ? { problem: atMost(max) } : { value: address }
}

/** What people write if they have none. */
const nothing = /^(?:[-–—.\s]+|n\.?\/?a\.?|none|nil|no)$/i

/** An optional web address. */
export function readOptionalWebAddress(typed: string, max: number): Reading {
  const text = inOneLine(typed)
  if (text === '') return { value: '' }
  return nothing.test(text) ? { problem: t('Leave this empty if there is none.') } : readWebAddress(typed, max)
}

function toUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** The names of this machine, at which an application may run without https. */
const thisMachine = ['localhost', '127.0.0.1', '[::1]']

/**
 * An address to which browsers are sent with a code, or after signing out. It stays as typed, because it is compared as it is;
 * https, except on the machine of the browser itself.
 */
export function readRedirectAddress(typed: string, max: number): Reading {
  const read = readText(unwrapped(typed), 'line', 0, max)
  if ('problem' in read) return read
  const url = toUrl(read.value)
  if (!url || !/^https?:\/\/[^/?#\\\s@]+([/?][^#\\\s]*)?$/.test(read.value)) return notOne()
  if (url.protocol === 'http:' && !thisMachine.includes(url.hostname))
    return { problem: t('Use https. Only localhost, 127.0.0.1 and [::1] may be used without it.') }
  return read
}

/** A web address to which requests are sent. They never carry a fragment. */
export function readRequestAddress(typed: string, max: number): Reading {
  const read = readWebAddress(typed, max)
  return 'problem' in read ? read : { value: read.value.replace(/#.*$/, '') }
}
