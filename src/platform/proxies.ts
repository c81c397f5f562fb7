import { isRange } from './ranges'

/** Names for ranges that are never public addresses. */
const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/**
 * The trusted proxies, as addresses and ranges: a request's source is taken from them. Undefined if the text is not
 * such a list. A range that covers every address is refused: it would let any client claim any source.
 */
export function readProxies(text: string): string[] | undefined {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  if (!parts.every((part) => Object.hasOwn(named, part) || isRange(part))) return undefined
  return parts.flatMap((part) => named[part] ?? [part])
}
