import { formatDuration } from './messages/intl'
import { fill, t } from './messages/t'
import { type ProblemCode, problems, statusOf } from './problems'

/** “40 seconds”, “2 minutes”, rounded up. Without a number of seconds, “a while”. */
function waitOf(seconds: number | undefined): string {
  if (!seconds) return t('a while')
  const [length, unit] =
    seconds <= 60 ? ([1, 'second'] as const) : seconds < 3600 ? ([60, 'minute'] as const) : ([3600, 'hour'] as const)
  return formatDuration(Math.ceil(seconds / length), unit)
}

/** The sentence of a problem in the reader's language, including the time to wait if it has one. */
export const detailOf = (code: ProblemCode, retryAfter?: number): string =>
  fill(problems[code][1], { wait: waitOf(retryAfter) })

/** One invalid field of an input: its path (`name`, `options.uses`) and what is wrong with it. */
export interface FieldError {
  path: string
  message: string
  /** The role request that stands in the way. The message describes it in words. */
  requestId?: string
}

/** Refuses one field of the input, or the input as a whole if the path is empty. */
export const invalidInput = (path: string, message: string): Problem =>
  new Problem('invalid_input', [{ path, message }])

/** Problem details on the wire (RFC 9457, `application/problem+json`). */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  errors?: FieldError[]
}

/** A refusal. Thrown anywhere, answered by the HTTP layer, shown by the portal and the command line. */
export class Problem extends Error {
  readonly status: number
  constructor(
    readonly code: ProblemCode,
    readonly errors?: FieldError[],
    /** Seconds until a retry makes sense. */
    readonly retryAfter?: number,
  ) {
    // The sentence depends on who reads it; the log has the code.
    super(code)
    this.name = 'Problem'
    this.status = statusOf(code)
  }

  get detail(): string {
    return detailOf(this.code, this.retryAfter)
  }

  toDocument(): ProblemDocument {
    return {
      type: `/docs/errors#${this.code}`,
      title: this.code.replaceAll('_', ' '),
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}
