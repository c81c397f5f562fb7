import type { z } from 'zod'
import type { Outbound } from '../outbound/outbound'
import { type Outcome, Refused } from './connector'

/** How long one call may take, in ms: a hub stops a server before it answers. The whole chain has less than a minute. */
const deadline = 18_000

/** The longest answer that is read, in bytes: a page of people. */
const longestAnswer = 2_000_000

export interface RestCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** After the address of the API. */
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** The right that the call needs, as the system names it: what operators are told if it is missing. */
  right: string
  /** Statuses that mean something else than failure, besides 2xx. */
  expected?: number[]
}

export interface RestAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** The body, as the schema reads it; throws a `Refused` if it is something else. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema>
}

export type Rest = (call: RestCall) => Promise<RestAnswer>

interface Api {
  base: string
  headers: Record<string, string>
  signal: AbortSignal
  /** What bodies are, if not as usual. */
  mediaType?: string
}

/**
 * Calls the JSON API of a connected system. Whatever is no success ends the chain of calls, with a code of ours: the system's
 * own words could contain a secret.
 */
export const restApi =
  (outbound: Outbound, { base, headers, signal, mediaType = 'application/json' }: Api): Rest =>
  async ({ method, path, body, headers: more = {}, right, expected = [] }) => {
    const received = await outbound({
      ...{ url: base + path, method, signal, deadline, longestAnswer },
      headers: {
        ...{ accept: mediaType, 'user-agent': 'Guildhall', ...headers },
        ...(body === undefined ? {} : { 'content-type': mediaType }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if ('code' in received) throw new Refused({ code: received.code })
    const { status, text } = received
    if ((status < 200 || status > 299) && !expected.includes(status)) throw new Refused(refusalOf(status, right))
    return {
      status,
      headers: received.headers,
      read(schema) {
        const parsed = schema.safeParse(parsedJson(text))
        if (!parsed.success) throw new Refused({ code: 'unexpected_answer', status })
        return parsed.data
      },
    }
  }

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusalOf(status: number, right: string): Outcome {
  if (status === 401) return { code: 'refused_by_service', broken: true, status }
  if (status === 403) return { code: 'right_missing', broken: true, status, answer: right }
  return { code: 'status_not_2xx', status }
}
