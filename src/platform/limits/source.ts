import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What counts as one source: an IPv4 address, or the first half of an IPv6 address, which is what one connection is
 * given at the least. Counting whole IPv6 addresses would give everybody 2⁶⁴ of them to try with. An IPv4 address may
 * come as IPv6 (`::ffff:203.0.113.7`), and counts as what it is.
 */
export function sourceOf(text: string): string {
  // Only a trusted proxy that passes on what is no address comes here. Such requests count together. Node is asked, too:
  // `ipaddr.js` also reads addresses with octal and hexadecimal numbers.
  if (!isIP(text) || !ipaddr.isValid(text)) return 'unknown'
  const address = ipaddr.process(text)
  if (address instanceof ipaddr.IPv4) return address.toString()
  const network = address.parts.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}
