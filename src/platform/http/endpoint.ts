import type { z } from 'zod'
import type { ProblemCode } from '../problems'
import type { LongList } from './long-input'

/**
 * Who may call an endpoint. `self` is whoever is signed in, also where the account has yet to do something before it
 * reaches more: confirm its address, accept the terms, set up a second factor. All others need that done. `member` and `admin` mean: of the organization in the path.
 * There is no default: an endpoint without one does not compile.
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

/** Says whose page a request comes from, by the account's id: in another tab somebody else may have signed in meanwhile. */
export const accountHeader = 'guildhall-account'

/**
 * One declaration, from which the route, the OpenAPI document and the portal's typed client come.
 * `input` is one flat object: the path's parameters, and the query (GET, DELETE) or the body (the others).
 */
export interface Endpoint<
  Input extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
  Who extends Access = Access,
> {
  /** The name to grep for: the operation id, the handler, the portal's hook. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/api/${string}`
  access: Who
  /** Whether the caller has to have proved lately who he is: what is sensitive. */
  fresh?: boolean
  /** One line for the documentation. */
  summary: string
  tag:
    | 'Accounts'
    | 'Signing in'
    | 'Organizations'
    | 'Memberships'
    | 'Invitations'
    | 'Services'
    | 'Role requests'
    | 'Role assignments'
    | 'Entitlements'
    | 'Events'
    | 'Notifications'
    | 'Mails'
    | 'Site'
  input: Input
  answer: Answer
  /** What it may refuse with, besides what every endpoint may: wrong input, no session, no access. */
  problems: ProblemCode[]
  /** How many bytes its body may have, where that is more than usual, and which of its lists makes it so long. */
  long?: { bytes: number; list: LongList }
  /** Status of success, where it is not 200. */
  status?: 201
}

export function endpoint<Input extends z.ZodObject, Answer extends z.ZodType, Who extends Access>(
  declaration: Endpoint<Input, Answer, Who>,
) {
  return declaration
}

/** What a caller writes: before defaults and normalization. */
export type InputOf<E extends Endpoint> = z.input<E['input']>
/** What a flow reads: after them. */
export type CheckedInputOf<E extends Endpoint> = z.output<E['input']>
export type AnswerOf<E extends Endpoint> = z.output<E['answer']>

/** The names of the `{parameters}` in a path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
}
