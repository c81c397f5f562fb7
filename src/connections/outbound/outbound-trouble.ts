/** Why a request has no answer. The codes are stored with attempts, so they stay as they are. */
export const troubleCodes = [
  /** Not a URL with http or https that can be connected to, or one with credentials in it. */
  'invalid_address',
  /** A header or body that cannot be sent. */
  'invalid_request',
  'address_forbidden',
  /** Plain http to an address that is not in the allow-list. */
  'https_required',
  'name_not_found',
  /** The resolver did not answer, which may pass. */
  'lookup_failed',
  'refused',
  'unreachable',
  'tls_failed',
  /** The other side ended the connection before it answered. */
  'closed',
  /** Not HTTP, or not all of it. */
  'broken_answer',
  'timed_out',
  /** The caller's own signal. */
  'cancelled',
] as const
export type TroubleCode = (typeof troubleCodes)[number]

/** Whether an outcome says that no answer came, so that another request would fail like this one. */
export const isTrouble = (code: string): boolean => troubleCodes.some((trouble) => trouble === code)

/** The detail is a short code of the system or the protocol. It never holds an address, a header or a body. */
export class OutboundTrouble extends Error {
  constructor(
    readonly code: TroubleCode,
    readonly detail = '',
  ) {
    super(code)
  }
}

/** The trouble that an error means, and otherwise the one that is usual where it happened. */
export function troubleOf(error: unknown, usual: TroubleCode): OutboundTrouble {
  if (error instanceof OutboundTrouble) return error
  const { code, cause, message } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }
  const found = [code, cause?.code].find((one) => one !== undefined)
  return new OutboundTrouble(known[found ?? ''] ?? usual, detailOf(found, message))
}

const known: Record<string, TroubleCode> = {
  ENOTFOUND: 'name_not_found',
  ENODATA: 'name_not_found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timed_out',
  UND_ERR_INVALID_ARG: 'invalid_request',
}

/** Messages of the system name addresses, so only codes are passed on, of which some stand in the message. */
const detailOf = (code: string | undefined, message: string | undefined): string =>
  /^\w{1,60}$/.exec(code ?? '')?.[0] ?? /\b[A-Z][A-Z0-9_]{5,60}\b/.exec(message ?? '')?.[0] ?? ''
