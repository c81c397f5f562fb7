import { formatNumber } from '../messages/intl'
import { fill, message, t } from '../messages/t'
import { carriedAlong } from './invisible-characters'

/**
 * How texts are read: names, notes, reasons, descriptions. Characters that a script or an emoji needs stay. Leftovers
 * of word processors and of copying are removed. A character that could make one text look like another is refused, and
 * the message names it. Lengths are counted in code points, as PostgreSQL's `length()` counts them.
 */

/** A typed text in its stored spelling, or what is wrong with it. */
export type Reading = { value: string } | { problem: string }

const anyOf = (scripts: string[]) => `[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`
/** A letter or mark of these scripts, not a digit or a comma. */
const letterOf = (scripts: string[]) => `(?=[\\p{L}\\p{M}])${anyOf(scripts)}`

/** Words follow each other without a space. */
const unspaced = ['Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer', 'Balinese', 'Javanese']
/** Letters that join, do not join, or change their form. */
const joining = [
  ...['Arabic', 'Syriac', 'Mandaic', 'Nko', 'Mongolian', 'Phags_Pa', 'Adlam', 'Hanifi_Rohingya'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...['Sundanese', 'Newa', 'Tirhuta', 'Chakma', ...unspaced],
]
const letter = letterOf(joining)
const picture = '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\ufe0f\\u20e3\\u{e007f}]'

/** Hidden characters that their context requires. */
const needed = [
  // Between letters; the zero-width joiner also at the end of a word, as in ന്‍ and ه‍.
  `(?<=${letter}[\\u200c\\u200d]{0,2})\\u200c(?=${letter})`,
  `(?<=${letter})\\u200d`,
  `(?<=${letterOf(unspaced)})\\u200b(?=${letterOf(unspaced)})`,
  // 👩🏽‍💻
  `(?<=${picture})\\u200d(?=\\p{Extended_Pictographic})`,
  // 🏴󠁧󠁢󠁥󠁮󠁧󠁿, and nothing longer: tags can carry whole texts.
  '(?<=\\u{1f3f4})[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}',
  // ❤️, 1️⃣, 葛󠄀, and forms of Mongolian letters.
  '(?<=(?![0-9#*])\\p{Emoji})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  '(?<=\\p{Unified_Ideograph})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '(?<=\\p{Script=Mongolian})[\\u180b-\\u180f]',
  // Visible format characters: signs around Arabic, Syriac and Kaithi numbers.
  '[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}]',
].join('|')
/**
 * Hidden characters without effect: soft hyphens, word joiners, selectors of missing variants, joiners that join
 * nothing.
 */
const idle = [
  '[\\u00ad\\u2060]',
  '[\\ufe00-\\ufe0f\\u180b-\\u180d\\u180f\\u{e0100}-\\u{e01ef}]',
  `(?<=${letter}[\\u200c\\u200d]{0,2})[\\u200c\\u200d]`,
  `[\\u200c\\u200d]{1,3}(?=${letter})`,
].join('|')
/** Line breaks that no keyboard produces, but Word and Google Docs do. */
const breaks = '[\\u000b\\u000c\\u0085\\u2028\\u2029]'
/** Controls, unpaired surrogates, and all characters that reorder, hide, or show nothing. */
const hidden = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]'
const parts = new RegExp(`(?<needed>${needed})|(?<idle>${idle})|(?<breaks>${breaks})|${hidden}`, 'gu')

export type TextKind = 'line' | 'paragraph'

interface Written {
  text: string
  /** The first disallowed character, and its position in characters, from 1. */
  refused: { character: string; place: number } | undefined
}

/** The intended text, without disallowed characters. */
function write(typed: string, kind: TextKind): Written {
  const start = typed.length - typed.trimStart().length
  const trimmed = typed.trim()
  const carried = carriedAlong(trimmed)
  let refused: Written['refused']
  const written = trimmed.replace(parts, (character, ...rest) => {
    const { needed, idle, breaks } = rest.at(-1) as Record<'needed' | 'idle' | 'breaks', string | undefined>
    const at = rest.at(-3) as number
    if (needed !== undefined) return needed
    if (idle !== undefined) return ''
    if (carried.has(at)) return ''
    if (breaks !== undefined) return kind === 'line' ? ' ' : '\n'
    if (kind === 'paragraph' && /[\n\t]/.test(character)) return character
    const before = typed.slice(0, start + at)
    refused ??= { character, place: lengthOf(before) + 1 }
    return ''
  })
  return { text: written.normalize('NFC').trim(), refused }
}

/** A typed text: trimmed, composed (NFC), of `min` to `max` characters. */
export function readText(typed: string, kind: TextKind, min: number, max: number): Reading {
  const { text, refused } = write(kind === 'paragraph' ? typed.replace(/\r\n?/g, '\n') : typed, kind)
  if (refused)
    return {
      problem: t('Remove {character} at position {place}.', {
        character: nameOf(refused.character),
        place: String(refused.place),
      }),
    }
  const length = lengthOf(text)
  if (length < min)
    return { problem: min === 1 ? t('Cannot be empty.') : t('At least {min} characters.', { min: String(min) }) }
  return length > max ? { problem: atMost(max) } : { value: text }
}

/** The text in one line without disallowed characters: for searches, and for values from other programs. */
export const inOneLine = (text: string): string => write(text.replace(/\s+/g, ' '), 'line').text

export const lengthOf = (text: string): number => [...text].length
export const atMost = (max: number): string => t('At most {max} characters.', { max: formatNumber(max) })

const names: Record<string, string> = {
  '0000': message('null character'),
  '0009': message('tab'),
  '000A': message('line break'),
  '000D': message('line break'),
  '034F': message('combining grapheme joiner'),
  '061C': message('Arabic letter mark'),
  '200B': message('zero-width space'),
  '200C': message('zero-width non-joiner'),
  '200D': message('zero-width joiner'),
  '200E': message('left-to-right mark'),
  '200F': message('right-to-left mark'),
  '202A': message('left-to-right embedding'),
  '202B': message('right-to-left embedding'),
  '202C': message('pop directional formatting'),
  '202D': message('left-to-right override'),
  '202E': message('right-to-left override'),
  '2060': message('word joiner'),
  '2066': message('left-to-right isolate'),
  '2067': message('right-to-left isolate'),
  '2068': message('first strong isolate'),
  '2069': message('pop directional isolate'),
  '2800': message('blank Braille pattern'),
  '3164': message('Hangul filler'),
  FEFF: message('byte order mark'),
}
const kinds: [RegExp, string][] = [
  [/\p{Cs}/u, message('unpaired surrogate')],
  [/\p{Cc}/u, message('control character')],
  [/[\u{e0000}-\u{e007f}]/u, message('tag character')],
  [/./su, message('invisible character')],
]

/** “U+202E (right-to-left override)” */
function nameOf(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} (${fill(names[code] ?? kinds.find(([pattern]) => pattern.test(character))![1])})`
}
