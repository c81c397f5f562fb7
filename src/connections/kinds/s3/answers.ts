import { z } from 'zod'

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
  /** The gateway’s name of the error, or the system’s. */
  code?: string
}

export type GatewayResult<Value> = { ok: true; value: Value } | GatewayFailure

export const succeeded = <Value>(value: Value): GatewayResult<Value> => ({ ok: true, value })

const longest = 1_000_000

/** The text of an answer, or `undefined` if it is too long, which ends the transfer. */
async function boundedText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.byteLength
    if (length > longest) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
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
export async function readGatewayAnswer<Value>(
  response: Response,
  schema: z.ZodType<Value>,
): Promise<GatewayResult<Value>> {
  const { status } = response
  const text = await boundedText(response)
  const content = text === undefined ? undefined : parsed(text)
  if (response.ok) {
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

const systemCode = z.string().regex(/^[A-Z][A-Z_]{1,40}$/)

/** The failure of a request without an answer. */
export function gatewayUnavailable(error: unknown): GatewayFailure {
  const { code, cause } = Object(error)
  const named = [code, Object(cause).code].find((one) => systemCode.safeParse(one).success)
  return { ok: false, failure: 'unavailable', code: named }
}
