import { once } from 'node:events'
import { isIP, type Socket } from 'node:net'
import { connect as connectSecurely, rootCertificates } from 'node:tls'
import { plainAddress } from './address-policy'
import { OutboundTrouble, troubleOf } from './outbound-trouble'
import type { Target } from './target'

/** Opens a connection to an address, which is never a name: nothing is looked up after the addresses were judged. */
export type Dial = (to: { host: string; port: number }) => Socket

export interface Connecting {
  dial: Dial
  /** Certificate authorities to trust in addition, in PEM format. */
  authorities: string[]
  /** In milliseconds, for all attempts together. */
  patience: number
  signal: AbortSignal
}

/** A name with a thousand addresses is no reason for a thousand attempts. */
const maxAttempts = 4

/** A connection to one of the addresses, encrypted if the target asks for it. */
export async function openConnection(target: Target, addresses: string[], options: Connecting): Promise<Socket> {
  const tried = addresses.slice(0, maxAttempts)
  let trouble = new OutboundTrouble('unreachable')
  for (const address of tried) {
    const socket = options.dial({ host: address, port: target.port })
    // Between two steps no one else listens, and an error without a listener ends the process.
    socket.on('error', () => undefined)
    try {
      // An address that swallows packets leaves time for the others.
      socket.setTimeout(options.patience / tried.length, () =>
        socket.destroy(new OutboundTrouble('timed_out', 'connect')),
      )
      await once(socket, 'connect', { signal: options.signal })
      socket.setTimeout(0)
      mustBeAt(socket, address)
      return target.secure ? await encrypted(socket, target, options) : socket
    } catch (error) {
      socket.destroy()
      options.signal.throwIfAborted()
      trouble = troubleOf(error, 'closed')
      if (['address_forbidden', 'tls_failed'].includes(trouble.code)) break
    }
  }
  throw trouble
}

/** Whatever happened in between: nothing is sent to an address that was not judged. */
function mustBeAt(socket: Socket, address: string): void {
  if (plainAddress(socket.remoteAddress ?? '') !== address) throw new OutboundTrouble('address_forbidden', 'connected')
}

async function encrypted(
  socket: Socket,
  { host, protocols }: Target,
  { authorities, signal }: Connecting,
): Promise<Socket> {
  const secure = connectSecurely({
    socket,
    host,
    // Names only: an address is checked against the certificate, but not sent.
    servername: isIP(host) ? '' : host.replace(/\.$/, ''),
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED does not decide.
    rejectUnauthorized: true,
    ...(protocols.length > 0 && { ALPNProtocols: protocols }),
    ...(authorities.length > 0 && { ca: [...rootCertificates, ...authorities] }),
  })
  secure.on('error', () => undefined)
  try {
    await once(secure, 'secureConnect', { signal })
    return secure
  } catch (error) {
    secure.destroy()
    throw new OutboundTrouble('tls_failed', troubleOf(error, 'tls_failed').detail)
  }
}
