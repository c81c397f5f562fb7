import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * The network that counts as one source: an IPv4 address, or the first half of an IPv6 address, the least that one
 * connection is assigned. Counting whole IPv6 addresses would give every client 2⁶⁴ of them. An IPv4 address may arrive
 * as IPv6 (`::ffff:203.0.113.7`) and counts as IPv4.
 */
export function sourceOf(text: string): string {
  // Only a trusted proxy that forwards an invalid address gets here. Such requests count together. Node checks, too:
  // `ipaddr.js` also accepts addresses with octal and hexadecimal numbers.
  if (!isIP(text) || !ipaddr.isValid(text)) return 'unknown'
  const address = ipaddr.process(text)
  if (address instanceof ipaddr.IPv4) return address.toString()
  const network = address.parts.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}
