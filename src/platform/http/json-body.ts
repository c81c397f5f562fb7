import { invalidInput } from '../errors'
import { t } from '../messages/t'

/** Properties that every object inherits: no field of ours has such a name. */
const inherited = new Set(['__proto__', 'constructor', 'prototype'])

/** Limits: the nesting depth of objects and lists, the fields of one object, and the parts in total. */
const most = { levels: 100, fields: 1000, parts: 1_200_000 }

/** After this many characters, which take a few ms, other requests may run. */
const stretch = 100_000

const notJson = () => invalidInput('', t('The request is not valid JSON.'))

/**
 * Parses a body. `JSON.parse` takes the last of two fields with the same name, and a proxy in front of us may have
 * taken the first. So a duplicate field is refused, however it is escaped.
 */
export function parseBody(given: string): unknown {
  const text = withoutMark(given)
  mustBeUnambiguous(text)
  return parse(text)
}

/** The same for a body that takes long to scan; it awaits `othersTurn` repeatedly. */
export async function parseLongBody(given: string, othersTurn: () => Promise<void>): Promise<unknown> {
  const text = withoutMark(given)
  for (const _ of lookAt(text)) await othersTurn()
  return parse(text)
}

/** Refuses a text that has duplicate fields, is nested too deeply, or has too many parts. */
export function mustBeUnambiguous(text: string): void {
  for (const _ of lookAt(text));
}

/** Some programs start with a byte order mark. */
const withoutMark = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson()
  }
}

/** An object or a list being scanned: its fields so far, and the current position in it. */
interface Level {
  fields: Set<string> | undefined
  at: string | number
}

/** Scans a text character by character, in stretches. It may detect invalid JSON or leave that to the parser. */
function* lookAt(text: string): Generator<void> {
  const levels: Level[] = []
  let parts = 0
  /** Where the last string begins and ends, and whether the scan is inside it. */
  const string = { begin: 0, end: 0, open: false }
  for (let at = 0, pause = stretch; at < text.length; at++) {
    if (at >= pause) {
      yield
      pause = at + stretch
    }
    const character = text[at]
    if (string.open) {
      if (character === '\\') at++
      else if (character === '"') Object.assign(string, { open: false, end: at + 1 })
    } else if (character === '"') Object.assign(string, { open: true, begin: at })
    else if (character === ':') addField(levels, text.slice(string.begin, string.end))
    else if (character === '}' || character === ']') levels.pop()
    else if (character === '{' || character === '[' || character === ',') {
      if (++parts > most.parts) throw invalidInput('', t('Has more than 1,200,000 parts.'))
      const level = levels.at(-1)
      if (character !== ',') begin(levels, character === '{')
      else if (typeof level?.at === 'number') level.at++
    }
  }
}

function begin(levels: Level[], object: boolean): void {
  if (levels.length === most.levels)
    throw invalidInput(placeOf(levels), t('Nested more than {levels} levels deep.', { levels: String(most.levels) }))
  levels.push(object ? { fields: new Set(), at: '' } : { fields: undefined, at: 0 })
}

function addField(levels: Level[], string: string): void {
  const level = levels.at(-1)
  if (!level?.fields) throw notJson()
  const name = string.includes('\\') ? String(parse(string)) : string.slice(1, -1)
  const seen = level.fields.has(name)
  level.fields.add(name)
  level.at = name.slice(0, 100)
  if (inherited.has(name)) throw invalidInput(placeOf(levels), t('Unknown field.'))
  if (seen) throw invalidInput(placeOf(levels), t('Specified more than once.'))
  if (level.fields.size > most.fields)
    throw invalidInput(placeOf(levels), t('More than {fields} fields.', { fields: String(most.fields) }))
}

const placeOf = (levels: Level[]): string =>
  levels
    .map(({ at }) => at)
    .join('.')
    .slice(0, 500)
