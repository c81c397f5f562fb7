import { expect, test } from 'vitest'
import type { Problem } from '../errors'
import { bodyText } from './body-text'

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))))

/** The message with which a body is refused. */
function refusal(type: string, body: Buffer): unknown {
  try {
    return bodyText(type, body)
  } catch (error) {
    const { code, errors } = error as Problem
    return errors ? [code, ...errors] : [code]
  }
}

const json = 'application/json'
const name = '{"name":"René 👩‍💻 \\ud83d"}'

test.each([
  json,
  `${json}; charset=utf-8`,
  `${json};charset="UTF8"`,
  `${json}; charset=us-ascii`,
  `${json}; charset=`,
  '',
])('of the type “%s” is read as it is', (type) => {
  for (const text of [name, `\ufeff${name}`, '', '\u0000', 'é'.repeat(100_000)])
    expect(bodyText(type, Buffer.from(text))).toBe(text)
})

test.each([
  ['Latin-1', Buffer.from('{"name":"René"}', 'latin1')],
  ['UTF-16 with its mark', Buffer.from('\ufeff{}', 'utf16le')],
  ['halves of a character, encoded separately', bytes('"', 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, '"')],
  ['a character that was cut', bytes('{"name":"A', 0xc3, '"}')],
  ['a character that was cut at the end', bytes('"', 0xf0, 0x9f, 0x91)],
  ['a letter in more bytes than it needs', bytes('"', 0xc1, 0x81, '"')],
  ['what is beyond Unicode', bytes('"', 0xf4, 0x90, 0x80, 0x80, '"')],
])('of %s is refused with the reason', (_, body) => {
  const error = { path: '', message: 'The request must be encoded in UTF-8.' }
  expect(refusal(json, body)).toEqual(['invalid_input', error])
})

test.each(['iso-8859-1', '"ISO-8859-1"', 'utf-16', 'windows-1252', 'utf-8; charset=latin1'])(
  'that says it is in “%s” is refused',
  (charset) => {
    expect(refusal(`${json}; charset=${charset}`, Buffer.from('{}'))).toEqual(['unsupported_media_type'])
  },
)
