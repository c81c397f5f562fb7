import { type FieldError, Problem } from '../errors'

/** The fields that objects have by themselves: no field of ours has such a name. */
const inherited = new Set(['__proto__', 'constructor', 'prototype'])

const refusal = (error: FieldError) => new Problem('invalid_input', [error])

/**
 * A body. Of a field that is there twice `JSON.parse` takes the last one, and whoever looked at the request before us
 * may have taken the first, so it is refused, however it is written.
 */
export function parseBody(given: string): unknown {
  // Some programs begin with a byte order mark.
  const text = given.startsWith('\ufeff') ? given.slice(1) : given
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refusal({ path: '', message: 'The request is not valid JSON.' })
  }
  if (typeof value === 'object' && value !== null) mustBeUnambiguous(text)
  return value
}

/** An object or a list that is being read: its fields so far, and where we are in it. */
interface Level {
  fields: Set<string> | undefined
  at: string | number
}

/** Strings, and the characters that structure a document. The text is known to be JSON. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g

function mustBeUnambiguous(text: string): void {
  const levels: Level[] = []
  let string = ''
  for (const [found] of text.matchAll(token)) {
    const level = levels.at(-1)
    if (found === '{') levels.push({ fields: new Set(), at: '' })
    else if (found === '[') levels.push({ fields: undefined, at: 0 })
    else if (found === '}' || found === ']') levels.pop()
    else if (found === ',') {
      if (typeof level?.at === 'number') level.at++
    } else if (found === ':') addField(levels, JSON.parse(string) as string)
    else string = found
  }
}

function addField(levels: Level[], name: string): void {
  const level = levels.at(-1)!
  const seen = level.fields!.has(name)
  level.fields!.add(name)
  level.at = name.slice(0, 100)
  const path = () =>
    levels
      .map(({ at }) => at)
      .join('.')
      .slice(0, 500)
  if (inherited.has(name)) throw refusal({ path: path(), message: 'Not a known field.' })
  if (seen) throw refusal({ path: path(), message: 'Given more than once.' })
}
