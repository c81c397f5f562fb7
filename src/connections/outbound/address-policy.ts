import { isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = [network: Address, length: number]

/** Listed: internal, and in the list of those that may be reached; a public address can be in it, too. */
export type Placement = 'public' | 'listed' | 'forbidden'

/**
 * Refused even if a listed range contains them: who lists 169.254.0.0/16, or all of a cloud's network, does not mean the
 * address that hands out the machine's credentials. The list has to name exactly that address.
 */
const guarded = [
  // This machine, in another spelling.
  '0.0.0.0/8',
  '::/128',
  // Link-local, with the metadata services of most clouds: 169.254.169.254, 169.254.170.2.
  '169.254.0.0/16',
  'fe80::/10',
  // AWS, and Google, over IPv6.
  'fd00:ec2::/32',
  'fd20:ce::/32',
  // Alibaba, Oracle, and Azure, whose address looks like a public one.
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
].map(rangeOf)

/** All that is allocated so far; `ipaddr.js` calls everything that it does not know “unicast”, even `::127.0.0.1`. */
const allocatedIPv6 = rangeOf('2000::/3')

/** Decides which addresses may be connected to. The list holds addresses and ranges, as `readRanges` takes them. */
export function addressPolicy(allowed: string[]): (address: string) => Placement {
  const list = allowed.map(rangeOf)
  return (text) => {
    const address = parseAddress(text)
    if (!address) return 'forbidden'
    const containing = list.filter((range) => contains(range, address))
    if (containing.some(([network, length]) => length === bitsOf(network))) return 'listed'
    if ([address, ...embeddedIn(address)].some((one) => guarded.some((range) => contains(range, one))))
      return 'forbidden'
    if (containing.length > 0) return 'listed'
    return isPublic(address) ? 'public' : 'forbidden'
  }
}

/** An address in its one usual form, and IPv4 in IPv6 as IPv4; undefined if it is none, or has a zone. */
export const plainAddress = (text: string): string | undefined => parseAddress(text)?.toString()

function parseAddress(text: string): Address | undefined {
  // A zone picks an interface of this machine, which no one outside it can know.
  if (isIP(text) === 0 || text.includes('%')) return undefined
  const address = parsed(text)
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** `ipaddr.js` reads `::127.0.0.1` as `::ffff:127.0.0.1`, which is another address. `URL` writes it as `::7f00:1`. */
function parsed(text: string): Address {
  return ipaddr.parse(isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text)
}

/** For IPv6, `range` knows documentation, Teredo, 6to4 and other special ranges inside of what is allocated. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || (contains(allocatedIPv6, address) && !isTunnel(address))
}

/** ISATAP: the second half of the address holds an IPv4 address, which a tunnel leads to. */
const isTunnel = ({ parts }: ipaddr.IPv6) => (parts[4]! & 0xfdff) === 0 && parts[5] === 0x5efe

/** Where a gateway reads an IPv4 address from: 6to4; NAT64 and translation; IPv4-compatible addresses. */
const carriers: [carrier: Range, at: number][] = [
  [rangeOf('2002::/16'), 1],
  [rangeOf('64:ff9b::/96'), 6],
  [rangeOf('64:ff9b:1::/48'), 6],
  [rangeOf('::ffff:0:0:0/96'), 6],
  [rangeOf('::/96'), 6],
]

function embeddedIn(address: Address): ipaddr.IPv4[] {
  if (address instanceof ipaddr.IPv4) return []
  return carriers
    .filter(([carrier]) => contains(carrier, address))
    .map(([, at]) => new ipaddr.IPv4(address.toByteArray().slice(2 * at, 2 * at + 4)))
}

function bitsOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128
}

function contains([network, length]: Range, address: Address): boolean {
  return network.kind() === address.kind() && (address as ipaddr.IPv4).match(network as ipaddr.IPv4, length)
}

function rangeOf(text: string): Range {
  const [network = '', length] = text.split('/')
  const address = parsed(network)
  return [address, length === undefined ? bitsOf(address) : Number(length)]
}
