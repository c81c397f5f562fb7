import { isUtf8 } from 'node:buffer'
import { invalidInput, Problem } from '../errors'
import { t } from '../messages/t'

/** Names of UTF-8 and of its subset ASCII. */
const readable = /^(?:utf-?8|(?:us-)?ascii|)$/i

/**
 * The text of a body. JSON is UTF-8 (RFC 8259), so any other encoding is refused: read as UTF-8, a name in Latin-1
 * would be stored with U+FFFD in it.
 */
export function bodyText(contentType: string | undefined, body: Buffer): string {
  for (const [, charset] of (contentType ?? '').matchAll(/;\s*charset\s*=\s*["']?([^\s;"',]*)/gi))
    if (!readable.test(charset!)) throw new Problem('unsupported_media_type')
  if (!isUtf8(body)) throw invalidInput('', t('The request must be encoded in UTF-8.'))
  return body.toString()
}
