import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * One address, or a range in CIDR notation. `ipaddr.js` accepts octal and hexadecimal numbers in addresses, so Node must
 * accept the address, too.
 */
export function isRange(text: string): boolean {
  const [address = ''] = text.split('/')
  // No other prefix length begins with 0. Length 0 covers every address.
  return isIP(address) !== 0 && (text === address || (ipaddr.isValidCIDR(text) && !text.includes('/0')))
}

/**
 * A list of addresses and ranges; undefined if the text is not such a list. `10.0.0.7/8` is refused: who writes it means
 * one address, and would open sixteen million. IPv4 addresses are written as such, as they are compared as such.
 */
export function readRanges(text: string): string[] | undefined {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  return parts.every((part) => isRange(part) && isExact(part)) ? parts : undefined
}

function isExact(range: string): boolean {
  const [text = '', length] = range.split('/')
  const address = ipaddr.parse(text)
  if (text.includes('%') || address.range() === 'ipv4Mapped') return false
  if (length === undefined) return true
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(range) : ipaddr.IPv6.networkAddressFromCIDR(range)
  return network.toString() === address.toString()
}
