import { readAddress } from '../input/addresses'
import { type Sql, sql } from './sql'

/**
 * Whether an already searchable text contains every word of `q`, in any order and spelling: accents, capitals,
 * punctuation and hidden characters don't matter. The same function folds the words and the text; the words are folded
 * once per statement.
 */
export const matches = (searched: Sql, q: string): Sql => sql`${searched} like all (${patternsOf(q)})`

/** The same for text as it was written, if it is not stored folded. */
export const matchesText = (written: Sql, q: string): Sql => matches(sql`searchable(${written})`, q)

/** An address or a domain as it is stored, and as people read it. */
export const asRead = (address: Sql): Sql => sql`${address} || ' ' || in_letters(${address})`

/**
 * Wildcards in the words are matched literally. The words are passed as a list, and a statement with a list among its
 * values is never batched (`ReadBatcher`): no request waits for another's search.
 */
const patternsOf = (q: string): Sql => sql`(
  select coalesce(array_agg('%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%'), '{}')
  from unnest(${wordsOf(q)}::text[]) typed, searchable(typed) word where word <> '')::text[]`

/** Including signs at the end that a name can have: C++, 100%. */
const letters = /[\p{L}\p{M}\p{N}]+(?:[#%+_]+(?![\p{L}\p{M}\p{N}#%+_]))?/gu
const hasLetter = /[\p{L}\p{N}]/u
const aroundWord = /^[^\p{L}\p{N}@]+|[^\p{L}\p{N}@]+$/gu

/**
 * The words to search for: runs of letters and digits. Text that is or contains an address is read like any typed or
 * pasted address; a partial address keeps its signs. Signs are searched for only if there is nothing else.
 */
function wordsOf(q: string): string[] {
  const typed = q.normalize('NFKC')
  const words =
    addressIn(typed) ??
    typed
      .replace(/\bmailto:/gi, ' ')
      .split(/[\s,;|<>()[\]{}"“”„«»]+/u)
      .flatMap(wordsIn)
  const withLetters = words.filter((word) => hasLetter.test(word))
  return withLetters.length > 0 ? withLetters : typed.split(/\s+/)
}

const wordsIn = (part: string): string[] =>
  part.includes('@') ? (addressIn(part) ?? [part.replace(aroundWord, '')]) : (part.match(letters) ?? [])

function addressIn(text: string): string[] | undefined {
  const address = readAddress(text)
  return 'value' in address ? [address.value] : undefined
}

/** Names in the order that people expect, whatever the server's own collation is. */
export const alphabetical = (name: Sql): Sql => sql`(${name} collate "und-x-icu")`
