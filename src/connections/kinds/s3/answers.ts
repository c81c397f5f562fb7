import { z } from 'zod'
import type { OutboundTrouble } from '../../outbound/outbound-trouble'

export type GatewayFailureKind =
  /** The gateway refuses our own keys, or they lack a capability. */
  | 'unauthorized'
  | 'not_found'
  /** The name or the access key is taken by what is not ours. */
  | 'conflict'
  /** Worth trying again: nothing was answered in time, or the gateway could not do it now. */
  | 'unavailable'
  /** What answered is not what we know as a gateway. Nothing may be concluded from it. */
  | 'unexpected_answer'

/** Says what went wrong by codes alone: messages of others could quote the address, which holds the secret of a new key. */
export interface GatewayFailure {
  ok: false
  failure: GatewayFailureKind
  status?: number
  /** The gateway’s name of the error, or the guard’s if there was no answer. */
  code?: string
}

export type GatewayResult<Value> = { ok: true; value: Value } | GatewayFailure

export const succeeded = <Value>(value: Value): GatewayResult<Value> => ({ ok: true, value })

/** What came back. */
export interface GatewayAnswer {
  status: number
  text: string
  /** Whether there was more than was read. */
  truncated: boolean
}

/** Ceph answers many commands with nothing, which counts as the empty text. */
const parsed = (text: string): unknown => {
  if (text === '') return ''
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const errorCode = z.object({ Code: z.string().regex(/^\w{1,64}$/) })
const codeOf = (content: unknown) => errorCode.safeParse(content).data?.Code

/** Reads an answer. The schema decides about a success: a proxy’s page and half of a document are none. */
export function readGatewayAnswer<Value>(
  { status, text, truncated }: GatewayAnswer,
  schema: z.ZodType<Value>,
): GatewayResult<Value> {
  const content = truncated ? undefined : parsed(text)
  if (status >= 200 && status < 300) {
    const { success, data } = schema.safeParse(content)
    return success ? succeeded(data) : { ok: false, failure: 'unexpected_answer', status, code: codeOf(content) }
  }
  const code = codeOf(content)
  return { ok: false, failure: failureOf(status, code), status, code }
}

const taken = ['UserAlreadyExists', 'KeyExists', 'EmailExists']

function failureOf(status: number, code: string | undefined): GatewayFailureKind {
  if (status === 401 || status === 403) return 'unauthorized'
  // Where there is no administration, its path is that of a bucket, which is not there either: NoSuchBucket.
  if (status === 404 && code === 'NoSuchUser') return 'not_found'
  // Others, such as ConcurrentModification, pass.
  if (status === 409 && code) return taken.includes(code) ? 'conflict' : 'unavailable'
  return status === 429 || status >= 500 ? 'unavailable' : 'unexpected_answer'
}

/** The failure of a request without an answer. */
export const gatewayUnavailable = ({ code }: OutboundTrouble): GatewayFailure => ({
  ok: false,
  failure: 'unavailable',
  code,
})
