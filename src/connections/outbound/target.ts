import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { type Placement, plainAddress } from './address-policy'
import { OutboundTrouble, troubleOf } from './outbound-trouble'

/** Where a request goes, as read from its URL. */
export interface Target {
  origin: string
  path: string
  secure: boolean
  /** A name, or an address without brackets. */
  host: string
  port: number
  /** Which protocols are offered when encryption begins (ALPN). */
  protocols: string[]
}

/** All addresses of a name. */
export type NameLookup = (name: string) => Promise<string[]>

/** As every program on this machine finds them, `/etc/hosts` included. */
export const lookUpName: NameLookup = async (name) =>
  (await lookup(name, { all: true, order: 'verbatim' })).map(({ address }) => address)

/**
 * `URL` turns every notation of an address into the usual one: decimal, octal, hexadecimal, short, full-width. What it
 * would only skip or bend is refused, because other readers of the same text would see another host.
 */
export function readTarget(text: string): Target {
  const invalid = (detail: string) => new OutboundTrouble('invalid_address', detail)
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(text)) throw invalid('characters')
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) throw invalid('url')
  const url = new URL(text)
  // Also an empty user name, which `URL` forgets.
  if (url.username || url.password || /^[^/?#]*@/.test(text.replace(/^\w+:\/\//, ''))) throw invalid('credentials')
  const secure = url.protocol === 'https:'
  const port = Number(url.port || (secure ? 443 : 80))
  if (port === 0) throw invalid('port')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const name = host.replace(/\.$/, '')
  if (isIP(host) === 0 && (name.length > 253 || name.split('.').some((label) => label.length < 1 || label.length > 63)))
    throw invalid('host')
  return { origin: url.origin, path: `${url.pathname}${url.search}`, secure, host, port, protocols: ['http/1.1'] }
}

/** The addresses to connect to, all of them judged: one that is forbidden shows that the name is not to be trusted. */
export async function judgedAddresses(
  { host, secure }: Target,
  placeOf: (address: string) => Placement,
  lookUp: NameLookup,
): Promise<string[]> {
  const found = isIP(host) ? [host] : await namedAddresses(host, lookUp)
  const places = found.map(placeOf)
  if (places.includes('forbidden')) throw new OutboundTrouble('address_forbidden')
  if (!secure && places.some((place) => place !== 'listed')) throw new OutboundTrouble('https_required')
  return found.flatMap((address) => plainAddress(address) ?? [])
}

async function namedAddresses(name: string, lookUp: NameLookup): Promise<string[]> {
  try {
    const found = await lookUp(name)
    if (found.length > 0) return found
  } catch (error) {
    throw troubleOf(error, 'lookup_failed')
  }
  throw new OutboundTrouble('name_not_found')
}
