import { connect, type Socket } from 'node:net'
import { addressPolicy } from './address-policy'
import { openConnection } from './connecting'
import type { OutboundOptions } from './outbound'
import { OutboundTrouble, troubleOf } from './outbound-trouble'
import { judgedAddresses, lookUpName, readTarget, type Target } from './target'

/** Opens a connection to a directory; encrypted for `ldaps://`. Throws an `OutboundTrouble`. It lasts until the signal ends it. */
export type OpenLdap = (url: string, signal: AbortSignal) => Promise<Socket>

/** How long opening may take, in ms. */
const patience = 10_000

/**
 * The guarded way out for LDAP: the address is judged as that of any other request, and without encryption only listed
 * addresses are reached. The LDAP library gets a connection that is open, so it looks up nothing and dials nothing itself.
 */
export function createOpenLdap({
  allowed,
  authorities = [],
  lookup = lookUpName,
  dial = (to) => connect({ ...to, autoSelectFamily: false }),
}: OutboundOptions): OpenLdap {
  const placeOf = addressPolicy(allowed)
  return async (url, outer) => {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(patience)])
    try {
      const target = readLdapTarget(url)
      const addresses = await judgedAddresses(target, placeOf, lookup)
      signal.throwIfAborted()
      const socket = await openConnection(target, addresses, { dial, authorities, patience, signal })
      outer.addEventListener('abort', () => socket.destroy(), { once: true })
      if (outer.aborted) socket.destroy()
      return socket
    } catch (error) {
      if (!signal.aborted) throw troubleOf(error, 'closed')
      throw new OutboundTrouble(signal.reason?.name === 'TimeoutError' ? 'timed_out' : 'cancelled')
    }
  }
}

/** An LDAP URL is read as a web address is: only for the schemes of the web does `URL` bring hosts into their usual form. */
export function readLdapTarget(text: string): Target {
  const [, secure, host, port] = /^ldap(s)?:\/\/(\[[^\]]*\]|[^/?#:@\\]+)(?::(\d{1,5}))?\/?$/i.exec(text) ?? []
  if (!host) throw new OutboundTrouble('invalid_address', 'url')
  const scheme = secure ? 'https' : 'http'
  const target = readTarget(`${scheme}://${host}`)
  const number = Number(port ?? (secure ? 636 : 389))
  if (number === 0 || number > 65_535) throw new OutboundTrouble('invalid_address', 'port')
  return { ...target, port: number, protocols: [] }
}
