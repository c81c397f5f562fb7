import { callOf } from '../src/platform/http/client'
import type { Endpoint, InputOf } from '../src/platform/http/endpoint'
import { baseUrl, cookieOfSession } from './environment'
import type { Work } from './loop'
import { sessionOfAccount } from './seed'

/** A call to one of our endpoints by the account with this number. */
export function callBy<E extends Endpoint>(account: number, endpoint: E, input: InputOf<E>): Omit<Work, 'check'> {
  const { method, path, body } = callOf(endpoint, input)
  const cookie = cookieOfSession(sessionOfAccount(account))
  const status = endpoint.status ?? 200
  if (body === undefined) return { method, path, status, headers: { cookie } }
  return { method, path, status, body, headers: { cookie, origin: baseUrl, 'content-type': 'application/json' } }
}
