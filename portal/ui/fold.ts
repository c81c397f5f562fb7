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

/** Text as it is searched in lists that are here already. The server's are searched by its `searchable` (migrations/0020). */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}'"’‘“”ʻʼ]/gu, '')
    .toLowerCase()
    .replace(/[łøđðħıßæœþς]/g, (letter) => plain[letter]!)

/** Whether a text has every word of what was typed, in any order, without regard to accents and capitals. */
export function hasWords(text: string, typed: string): boolean {
  const folded = fold(text)
  return fold(typed)
    .split(/[\s,;]+/)
    .every((word) => folded.includes(word))
}
