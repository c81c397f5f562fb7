import { message } from './messages/t'

/** Refusals that concern the request itself. */
export const requestProblems = {
  invalid_input: [400, message('Some of the fields are not valid. See the list of errors.')],
  not_found: [404, message('Nothing was found at this URL.')],
  payload_too_large: [413, message('The request is larger than this site accepts. Send less data.')],
  unsupported_media_type: [415, message('Send JSON in UTF-8, with the content type application/json.')],
  malformed_request: [
    400,
    message('The request is not valid HTTP. Check the program that sent it, and any proxy in between.'),
  ],
  request_too_slow: [408, message('The request took too long to arrive. Try again.')],
  range_not_satisfiable: [416, message('The requested range is beyond the end of the file. Request the whole file.')],
  expectation_failed: [417, message('The only supported expectation is 100-continue. Remove the Expect header.')],
  headers_too_large: [
    431,
    message('The URL or the headers of this request are too long. Delete this site’s cookies, then try again.'),
  ],
  foreign_origin: [403, message('This request came from a different origin. Open the site at its own URL.')],
  changed_meanwhile: [409, message('Someone else changed this in the meantime. Reload, then try again.')],
  internal_error: [
    500,
    message(
      'Something went wrong on our side. Nothing was changed. Try again; if the problem persists, contact an operator.',
    ),
  ],
  database_unavailable: [
    503,
    message(
      'The database is not available. Try again in a moment. If you were saving something, check first whether it was saved.',
    ),
  ],
  overloaded: [503, message('The site is overloaded. Wait a few seconds, then try again.')],
  too_many_at_once: [
    429,
    message(
      'Your account has too many concurrent requests or open pages. Close some pages or wait a few seconds, then try again.',
    ),
  ],
  too_many_requests: [429, message('This token has sent too many requests. Wait {wait}, then try again.')],
  too_many_tries: [429, message('Too many attempts. Wait {wait}, then try again.')],
  too_busy: [503, message('Too many people are signing in right now. Wait a few seconds, then try again.')],
} as const satisfies Record<string, readonly [status: number, message: string]>
