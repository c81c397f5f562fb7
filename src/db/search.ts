import { type Sql, sql } from './sql'

/**
 * Whether a text that is searchable already has every word of `q` in it, in any order and however it is written: accents, capitals,
 * quotes and hidden characters don't matter. The words are folded by the function that folded the text, and once per statement.
 */
export const matches = (searched: Sql, q: string): Sql => sql`${searched} like all (${patternsOf(q)})`

/** The same for text as it was written, where it is not kept folded. */
export const matchesText = (written: Sql, q: string): Sql => matches(sql`searchable(${written})`, q)

/** Whether a statement searches. How long that takes depends on what is searched for. */
export const isSearch = (statement: string): boolean => statement.includes('searchable(')

/** The words' own wildcards mean themselves. */
const patternsOf = (q: string): Sql => sql`(
  select coalesce(array_agg('%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%'), '{}')
  from regexp_split_to_table(searchable(${q}), '[\\s,;]+') word where word <> '')::text[]`

/** Names in the order in which people look for them, whatever the server's own order is. */
export const alphabetical = (name: Sql): Sql => sql`(${name} collate "und-x-icu")`
