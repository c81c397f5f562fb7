import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alphabet, checkSymbol, formatCode, parseCode, randomSymbols } from './code'
import { newCode } from './secrecy'

const mistyped = { problem: 'code_mistyped' }
const notACode = { problem: 'code_not_valid' }

/** Codes as `newCode` makes them, but chosen by fast-check. */
const codes = fc
  .array(fc.constantFrom(...alphabet), { minLength: randomSymbols, maxLength: randomSymbols })
  .map((symbols) => symbols.join(''))
  .filter((symbols) => checkSymbol(symbols) !== undefined)
  .map((symbols) => symbols + checkSymbol(symbols))

const replaced = (code: string, place: number, symbols: string) =>
  code.slice(0, place) + symbols + code.slice(place + symbols.length)

describe('the check symbol', () => {
  test('tells of every single wrong symbol, at every place', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let place = 0; place < code.length; place++)
          for (const symbol of alphabet)
            if (symbol !== code[place]) expect(parseCode(replaced(code, place, symbol))).toEqual(mistyped)
      }),
      { numRuns: 20 },
    )
  })

  test('tells of every two different neighbours that changed places', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let place = 0; place + 1 < code.length; place++) {
          const [first, second] = [code[place]!, code[place + 1]!]
          if (first !== second) expect(parseCode(replaced(code, place, second + first))).toEqual(mistyped)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('tells of a symbol too few and of one too many', () => {
    fc.assert(
      fc.property(codes, fc.nat(randomSymbols), fc.constantFrom(...alphabet), (code, place, symbol) => {
        expect(parseCode(code.slice(0, place) + code.slice(place + 1))).toEqual(notACode)
        expect(parseCode(code.slice(0, place) + symbol + code.slice(place))).toEqual(notACode)
      }),
    )
  })

  test.each([
    ['nothing', '', notACode],
    ['a word', 'nothing', notACode],
    ['a letter that there is not', `U${'0'.repeat(27)}`, mistyped],
    ['letters of another script', 'Ж'.repeat(28), notACode],
    ['many codes at once', '0'.repeat(28 * 5), notACode],
    ['a hundred thousand symbols', '0'.repeat(100_000), notACode],
  ])('tells of %s', (_, text, problem) => {
    expect(parseCode(text)).toEqual(problem)
  })
})

describe('reading a code', () => {
  test('gives back what was formatted', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const shown = formatCode(code)
        expect(shown).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
        expect(parseCode(shown)).toEqual({ code })
      }),
    )
  })

  test('does not mind case, spaces, dashes of any kind, or O for 0 and I or L for 1', () => {
    const between = fc.constantFrom('', ' ', '-', '–', '—', '\u2010', '\u2011', '\u00a0', '_', '\n', '\t')
    const ways: Record<string, string[]> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] }
    const typed = codes.chain((code) =>
      fc.tuple(
        fc.constant(code),
        ...[...code].map((symbol) =>
          fc.tuple(fc.constantFrom(...(ways[symbol] ?? [symbol, symbol.toLowerCase()])), between),
        ),
      ),
    )
    fc.assert(
      fc.property(typed, ([code, ...symbols]) => {
        expect(parseCode(symbols.flat().join(''))).toEqual({ code })
      }),
    )
  })
})

describe('new codes', () => {
  const many = Array.from({ length: 100_000 }, newCode)

  test('do not repeat', () => {
    expect(new Set(many).size).toBe(many.length)
    // Nor do their halves, of which each has more than 60 bits.
    expect(new Set(many.map((code) => code.slice(0, 13))).size).toBe(many.length)
    expect(new Set(many.map((code) => code.slice(13, 27))).size).toBe(many.length)
  })

  test('are read as they are, and carry at least 128 bits', () => {
    for (const code of many.slice(0, 1000)) expect(parseCode(code)).toEqual({ code })
    expect(randomSymbols * Math.log2(alphabet.length)).toBeGreaterThanOrEqual(128)
  })

  test('have every symbol at every place, about equally often', () => {
    for (let place = 0; place < randomSymbols; place++) {
      const counts = new Map<string, number>()
      for (const code of many) counts.set(code[place]!, (counts.get(code[place]!) ?? 0) + 1)
      expect(counts.size).toBe(32)
      // 3125 each is expected; ten standard deviations are 550.
      for (const count of counts.values()) expect(Math.abs(count - 3125)).toBeLessThan(550)
    }
  })
})
