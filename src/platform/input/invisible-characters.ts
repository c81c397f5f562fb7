import { rightToLeftScripts } from './right-to-left'

/**
 * Invisible characters that copying adds to a text: marks, isolates and embeddings that screens, mails, phones and
 * keyboards put around names. They control how a text is displayed and are not part of it. Overrides are not among
 * them: their purpose is to display another text.
 */

const mark = '\\u061c\\u200e\\u200f'
const edge = `${mark}\\u180e\\u200b-\\u200d\\u202a-\\u202c\\u2060-\\u206f\\ufeff`
const hasAny = new RegExp(`[${edge}]`)
const isEdge = new RegExp(`^[${edge}]$`)
const blanks = new RegExp(`[\\s\\u0085${edge}]+`, 'g')
const lineEnd = /[\n\r\v\f\u0085\u2028\u2029]/

const lettersAndMarks = new RegExp(
  `(?<right>(?=\\p{L})[${rightToLeftScripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}])|\\p{L}|(?<mark>[${mark}])`,
  'gu',
)

/** The positions (in UTF-16) of these characters. */
export function carriedAlong(text: string): Set<number> {
  return hasAny.test(text) ? new Set([...atEnds(text), ...inPairs(text), ...besideLetters(text)]) : new Set()
}

/**
 * Those at the ends of the text or of its lines, as spaces are. At the ends of the text, surrounding spaces are
 * included.
 */
function* atEnds(text: string): Generator<number> {
  for (const { 0: run, index } of text.matchAll(blanks)) {
    const outside = index === 0 || index + run.length === text.length
    if (!outside && !lineEnd.test(run)) continue
    for (let at = 0; at < run.length; at++) if (outside || isEdge.test(run[at]!)) yield index + at
  }
}

/** Isolates and embeddings around whole words, with their closing characters. */
function* inPairs(text: string): Generator<number> {
  const open: number[] = []
  let isolates = 0
  for (const { 0: character, index } of text.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)) {
    if (character === '\u2069' && isolates > 0) {
      // It also closes what is open inside it.
      while (!isIsolate(text[open.at(-1)!]!)) open.pop()
      isolates--
      yield* pair(text, open.pop()!, index)
    } else if (character === '\u202c' && open.length > 0 && !isIsolate(text[open.at(-1)!]!)) {
      yield* pair(text, open.pop()!, index)
    } else if (character !== '\u2069' && character !== '\u202c') {
      open.push(index)
      if (isIsolate(character)) isolates++
    }
  }
}

const isIsolate = (character: string) => character >= '\u2066'

function* pair(text: string, from: number, to: number): Generator<number> {
  const isOverride = /[\u202d\u202e]/.test(text[from]!)
  const inWord =
    /[\p{L}\p{M}\p{N}]$/u.test(text.slice(Math.max(from - 2, 0), from)) ||
    /^[\p{L}\p{M}\p{N}]/u.test(text.slice(to + 1, to + 3))
  if (!isOverride && !inWord) yield* [from, to]
}

/** Direction marks next to a letter of a right-to-left script, where they change nothing. */
function* besideLetters(text: string): Generator<number> {
  let marks: number[] = []
  let before = false
  for (const { index, groups } of text.matchAll(lettersAndMarks)) {
    if (groups!.mark) marks.push(index)
    else {
      const right = groups!.right !== undefined
      if (before || right) yield* marks
      marks = []
      before = right
    }
  }
  if (before) yield* marks
}
