import { isIP } from 'node:net'

/**
 * What counts as one source: an IPv4 address, or the first half of an IPv6 address, which is what one connection is
 * given at the least. Counting whole IPv6 addresses would give everybody 2⁶⁴ of them to try with.
 */
export function sourceOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (isIP(plain) === 4) return plain
  // Only a trusted proxy that passes on what is no address comes here. Such requests count together.
  if (isIP(plain) !== 6) return 'unknown'
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  // Where the end is written as IPv4 it stands for two groups.
  const missing = tail === undefined ? 0 : 8 - before.length - after.length - (plain.includes('.') ? 1 : 0)
  const first = [...before, ...Array<string>(Math.max(0, missing)).fill('0'), ...after].slice(0, 4)
  return `${first.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
