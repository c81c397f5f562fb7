/** Letters without a decomposition that people type as another letter. */
const plain: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
}

/**
 * Normalizes text for searching lists that are already loaded: single spaces, no accents, capitals or punctuation, and
 * no leading “the”. Lists on the server use the SQL function `searchable` (migrations/0001).
 */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}.'"’‘“”ʻʼ]/gu, '')
    .toLowerCase()
    .replace(/[łøđðħıßæœþς]/g, (letter) => plain[letter]!)
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<!\S)the /g, '')
    .replace(/(?<!\S)st /g, 'saint ')

/** An option that can be found by its label or another name. */
export interface Findable {
  label: string
  /** Other names, and codes. A code is too short to be found by a part of it. */
  keywords?: string[]
}

const longestCode = 3

const begins = (word: string, typed: string) => word.startsWith(typed) || (typed === 'st' && word === 'saint')

/** How well an option matches the typed text: 0 is its full label; null is no match. */
function fitOf({ label, keywords = [] }: Findable, typed: string): number | null {
  const name = fold(label)
  if (name === typed) return 0
  const others = keywords.map(fold)
  if (others.includes(typed)) return 1
  if (begins(name, typed)) return 2
  const parts = typed.split(' ')
  const beginWords = (one: string) => parts.every((part) => one.split(' ').some((word) => begins(word, part)))
  if (beginWords(name) || others.some((one) => one.length > longestCode && beginWords(one))) return 3
  return parts.every((part) => name.includes(part)) ? 4 : null
}

const fits = <One extends Findable>(all: readonly One[], typed: string) => {
  const folded = fold(typed)
  return all.flatMap((one) => {
    const fit = fitOf(one, folded)
    return fit === null ? [] : [{ one, fit }]
  })
}

/** The matching options, best match first. Equal matches keep their order. */
export const fitting = <One extends Findable>(all: readonly One[], typed: string): One[] =>
  fits(all, typed)
    .sort((first, second) => first.fit - second.fit)
    .map(({ one }) => one)

/** The option whose full label, or else other name, was typed; undefined if two options share it. */
export function writtenOut<One extends Findable>(all: readonly One[], typed: string): One | undefined {
  const found = fits(all, typed)
  const exact = all.filter(({ label }) => label.toLowerCase() === typed.trim().toLowerCase())
  const named = [0, 1].map((fit) => found.filter((one) => one.fit === fit).map(({ one }) => one))
  const called = [exact, ...named].find((some) => some.length > 0)
  return called?.length === 1 ? called[0] : undefined
}
