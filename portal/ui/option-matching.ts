/** Letters that have no accent to take off, and yet are typed as another one. */
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
 * Text as it is searched in lists that are here already: words with one space between, without accents, capitals,
 * punctuation and “the”. The server's lists are searched by its `searchable` (migrations/0020).
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

/** What one finds by its label, or by another name. */
export interface Findable {
  label: string
  /** Other names, and codes. A code is too short to be found by a part of it. */
  keywords?: string[]
}

const longestCode = 3

const begins = (word: string, typed: string) => word.startsWith(typed) || (typed === 'st' && word === 'saint')

/** How well something fits what was typed, from 0, which is its label written out; null where it doesn't fit. */
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

/** What fits, the best first; what fits equally well stays in its order. */
export const fitting = <One extends Findable>(all: readonly One[], typed: string): One[] =>
  fits(all, typed)
    .sort((first, second) => first.fit - second.fit)
    .map(({ one }) => one)

/** The one whose label, or else other name, was typed out; none where two are called so. */
export function writtenOut<One extends Findable>(all: readonly One[], typed: string): One | undefined {
  const found = fits(all, typed)
  const exact = all.filter(({ label }) => label.toLowerCase() === typed.trim().toLowerCase())
  const named = [0, 1].map((fit) => found.filter((one) => one.fit === fit).map(({ one }) => one))
  const called = [exact, ...named].find((some) => some.length > 0)
  return called?.length === 1 ? called[0] : undefined
}
