import type { z } from 'zod'
import type { ProblemCode } from '../problems'
import type { LongList } from './long-input'

/**
 * Who may call an endpoint. `self` is any signed-in account, even before its required actions are done: confirming its
 * address, accepting the terms, setting up a second factor. All others require that these are done. `member` and
 * `admin` refer to the organization in the path. `service` is a service with its key, and no person. There is no default: an endpoint without access does not compile.
 */
export type Access =
  | 'anyone'
  | 'self'
  | 'account'
  | 'member'
  | 'memberOrOperator'
  | 'admin'
  | 'adminOrOperator'
  | 'operator'
  | 'service'

/** Identifies the account whose page sent the request. Another person may since have signed in from another tab. */
export const accountHeader = 'guildhall-account'

/** Answers written as text, by their media type. `csv` and `events` are streamed. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  events: 'text/event-stream',
  html: 'text/html; charset=utf-8',
  javascript: 'text/javascript; charset=utf-8',
  openapi: 'application/json; charset=utf-8',
} as const

/** An answer that is not JSON of a declared shape. `redirect` sends the browser to another address. */
export type Media = keyof typeof mediaTypes | 'redirect'

/** The part of the documentation that describes an endpoint. */
export type DocumentationTag =
  | 'Accounts'
  | 'Signing in'
  | 'Tokens'
  | 'S3 keys'
  | 'Service keys'
  | 'Service API'
  | 'Connections'
  | 'OpenID clients'
  | 'Applications'
  | 'Organizations'
  | 'Memberships'
  | 'Invitations'
  | 'Services'
  | 'Role requests'
  | 'Role assignments'
  | 'Entitlements'
  | 'Events'
  | 'Notifications'
  | 'E-mails'
  | 'Site'
  | 'Documentation'

/**
 * One declaration, from which the route, the OpenAPI document and the portal's typed client are derived. `input` is one
 * flat object: the path's parameters, and the query (GET, DELETE) or the body (the others).
 */
export interface Declaration<Input extends z.ZodObject, Answer extends z.ZodType | Media, Who extends Access> {
  /** The name to grep for: the operation id, the handler. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/api/${string}` | '/docs/errors'
  access: Who
  /** Whether the caller must have authenticated recently. For sensitive operations. */
  fresh?: boolean
  /** Whether tokens cannot use it, although its tag has a scope: it shows a secret, or only a person can decide it. */
  sessionOnly?: true
  /** Whether an organization's tokens cannot use it: a person does it for themselves. */
  personal?: true
  /** One line for the documentation. */
  summary: string
  /** Left out if it takes no input. */
  input?: Input
  /** Whether it ignores unknown input: load balancers and identity providers add parameters to a query. */
  lenient?: true
  /** Left out if it reports nothing except success. */
  answer?: Answer
  /** The problems it may return in addition to those of every endpoint: invalid input, no session, no access. */
  problems?: ProblemCode[]
  /** The maximum size of its body if larger than usual, and the list that makes it so long, if it is one. */
  long?: { bytes: number; list?: LongList }
  /** Status of success, if not 200. */
  status?: 201 | 302
}

export interface Endpoint<
  Input extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType | Media = z.ZodType | Media,
  Who extends Access = Access,
> extends Declaration<Input, Answer, Who> {
  tag: DocumentationTag
  input: Input
  answer: Answer
  problems: ProblemCode[]
}

/** What a caller sends: before defaults and normalization. */
export type InputOf<E extends Endpoint> = z.input<E['input']>
/** What a flow receives: after defaults and normalization. */
export type CheckedInputOf<E extends Endpoint> = z.output<E['input']>
/** What a flow answers and a caller reads. A flow returns no answer if it streams one. */
export type AnswerOf<E extends Endpoint> = Answered<E['answer']>
type Answered<A> = A extends z.ZodType ? z.output<A> : A extends 'csv' | 'events' ? undefined : string

/** The names of the `{parameters}` in a path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
}
