import { toDomain } from './addresses'
import { atMost, inOneLine, lengthOf, type Reading, readText } from './texts'
import { unwrapped } from './unwrapped'

const notOne: Reading = { problem: 'Not a web address (https://…).' }

/** A web address, with https:// in front where nothing is. Its domain is in ASCII; its path stays as it was typed. */
export function readWebAddress(typed: string, max: number): Reading {
  const read = readText(unwrapped(typed), 'line', 0, max * 4)
  if ('problem' in read) return read
  const text = read.value
  const scheme = /^https?:\/\//i.exec(text)?.[0].toLowerCase()
  const rest = text.slice(scheme?.length ?? 0)
  // javascript:, mailto:, ftp://; but example.org:8080 is a domain and a port.
  if (!scheme && /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(rest)) return notOne
  const [, authority, path] = /^([^/?#\\\s]+)([^\\\s]*)$/.exec(rest) ?? []
  if (authority?.includes('@')) return { problem: 'A web address cannot have a name or password in it.' }
  const url = authority && toUrl(`${scheme ?? 'https://'}${rest}`)
  // What has no scheme could be anything, so it has to begin with a domain.
  if (!url || /^https?$/.test(url.hostname) || !(scheme || toDomain(url.hostname))) return notOne
  const address = `${url.protocol}//${url.host}${path}`
  return lengthOf(address) > max ? { problem: atMost(max) } : { value: address }
}

/** What people write where they have none. */
const nothing = /^(?:[-–—.\s]+|n\.?\/?a\.?|none|nil|no)$/i

/** A web address where there may be none. */
export function readOptionalWebAddress(typed: string, max: number): Reading {
  const text = inOneLine(typed)
  if (text === '') return { value: '' }
  return nothing.test(text) ? { problem: 'Leave this empty if there is none.' } : readWebAddress(typed, max)
}

function toUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
