const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = [...'áƀçđéƒĝĥíĵķļɱñóþɋŕšťúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŤÚṼŴẊÝŽ']
const accents = new Map([...plain].map((letter, index) => [letter, accented[index]!]))

/** Private-use characters around a value that the pseudo-locale leaves unchanged. */
const [open, close] = ['\uE000', '\uE001']

export const kept = (value: string): string => `${open}${value}${close}`

/** English that a test can distinguish from untranslated text: every letter has an accent, values have none. */
export const pseudo = (text: string): string =>
  text
    .split(/(\uE000[^\uE001]*\uE001)/)
    .map((part) =>
      part.startsWith(open) ? part.slice(1, -1) : part.replace(/[a-z]/gi, (letter) => accents.get(letter)!),
    )
    .join('')
