import { type FieldError, Problem } from '../../platform/errors'
import { mustBeUnambiguous } from '../../platform/http/json-body'
import { fill, message, t } from '../../platform/messages/t'
import { catalogueBytes } from './schema'

/** Why a file is not a valid catalogue, in a sentence. */
export class WrongFile extends Error {}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`

/**
 * The text of a file. A UTF-8 byte order mark is dropped; other encodings are refused by name, because guesses garble
 * names.
 */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > catalogueBytes)
    throw new WrongFile(
      t('This file is too large: it has {size}, and a catalogue has at most {limit}.', {
        size: inMegabytes(bytes.length),
        limit: inMegabytes(catalogueBytes),
      }),
    )
  const found = otherEncoding(bytes)
  if (found) throw new WrongFile(t('This file is {encoding}. Save it as UTF-8.', { encoding: found }))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new WrongFile(t('This file is not UTF-8; it may be Latin-1 or Windows-1252. Save it as UTF-8.'))
  }
}

/**
 * Detected by the byte order mark; without one, by zeros: JSON begins with an ASCII character, which UTF-16 and UTF-32
 * pad with them.
 */
function otherEncoding([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'UTF-32'
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d))) return 'UTF-32'
  if (a && b === 0 && c === 0 && d === 0) return 'UTF-32'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16'
  if ((a === 0 && b) || (a && b === 0)) return 'UTF-16'
  return undefined
}

/** The contents of a file, if it is JSON without duplicate fields: it would be unclear which one is meant. */
export function jsonOf(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  const value = parsed(text)
  try {
    mustBeUnambiguous(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const [{ path, message }] = error.errors as [FieldError]
    throw new WrongFile(t('This file has an error at {place}: {message}', { place: placeIn(value, path), message }))
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WrongFile(t('This file is not JSON: {reason}', { reason: (error as Error).message }))
  }
}

const words: Record<string, string> = {
  services: message('service {number}'),
  roles: message('role {number}'),
  limits: message('number {number}'),
}

/**
 * A path in a file in readable form: `services.1.roles.0.kind` is `service 2 (jupyter), role 1 (jupyter-low), kind`.
 */
export function placeIn(file: unknown, path: string): string {
  const parts: string[] = []
  let here = file as Record<string, unknown> | undefined
  for (const step of path.split('.').filter(Boolean)) {
    here = here?.[step] as Record<string, unknown> | undefined
    const before = parts.at(-1)
    if (before === undefined || !/^\d+$/.test(step)) parts.push(step)
    else {
      const name = here?.key ?? here?.name
      parts[parts.length - 1] =
        `${fill(words[before] ?? `${before} {number}`, { number: String(Number(step) + 1) })}${typeof name === 'string' ? ` (${name})` : ''}`
    }
  }
  return parts.join(', ') || t('the file')
}
