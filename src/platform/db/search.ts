import { readAddress } from '../input/addresses'
import { type Sql, sql } from './sql'

/**
 * Whether a text that is searchable already has every word of `q` in it, in any order and however it is written: accents, capitals,
 * punctuation and hidden characters don't matter. The words are folded by the function that folded the text, and once per statement.
 */
export const matches = (searched: Sql, q: string): Sql => sql`${searched} like all (${patternsOf(q)})`

/** The same for text as it was written, where it is not kept folded. */
export const matchesText = (written: Sql, q: string): Sql => matches(sql`searchable(${written})`, q)

/** An address or a domain as it is kept, and as people read it. */
export const asRead = (address: Sql): Sql => sql`${address} || ' ' || in_letters(${address})`

/**
 * The words' own wildcards mean themselves. They come as a list, and what has a list among its values is asked for alone
 * (`Batches`): nobody waits for somebody else's search.
 */
const patternsOf = (q: string): Sql => sql`(
  select coalesce(array_agg('%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%'), '{}')
  from unnest(${wordsOf(q)}::text[]) typed, searchable(typed) word where word <> '')::text[]`

/** With the signs at their end that a name can have: C++, 100%. */
const letters = /[\p{L}\p{M}\p{N}]+(?:[#%+_]+(?![\p{L}\p{M}\p{N}#%+_]))?/gu
const hasLetter = /[\p{L}\p{N}]/u
const aroundWord = /^[^\p{L}\p{N}@]+|[^\p{L}\p{N}@]+$/gu

/**
 * The words that are looked for: runs of letters and digits. What is or holds an address is read as every address that is
 * typed or pasted; a beginning of one keeps its signs. Signs are looked for where there is nothing else.
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

/** Names in the order in which people look for them, whatever the server's own order is. */
export const alphabetical = (name: Sql): Sql => sql`(${name} collate "und-x-icu")`
