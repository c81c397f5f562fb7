import { randomInt } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const digits = '0123456789'

/** Without signs, which some clients of S3 encode wrongly. A secret has 238 random bits. */
const draw = (length: number, alphabet: string) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

export const newAccessKey = () => draw(20, letters + digits)
export const newS3Secret = () => draw(40, letters + letters.toLowerCase() + digits)
