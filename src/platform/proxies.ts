import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Names for ranges that nobody on the internet has. */
const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/**
 * The proxies whose word for where a request comes from is taken, as addresses and ranges. Undefined where the text
 * is no such list. A range of everybody is none: then anybody could say that he is somebody else.
 */
export function readProxies(text: string): string[] | undefined {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  if (!parts.every((part) => Object.hasOwn(named, part) || isRange(part))) return undefined
  return parts.flatMap((part) => named[part] ?? [part])
}

/** `ipaddr.js` reads octal and hexadecimal numbers in addresses, so Node has to find that it is one, too. */
function isRange(text: string): boolean {
  const [address = ''] = text.split('/')
  // No network has a length that begins with 0. Of length 0 it is everybody.
  return isIP(address) !== 0 && (text === address || (ipaddr.isValidCIDR(text) && !text.includes('/0')))
}
