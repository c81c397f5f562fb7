import { describe, expect, test } from 'vitest'
import { deriveKeys } from '../keys'
import { hashCode, hashesOf, linkOf, newCode, openCode, sealCode } from './secrecy'

const keys = deriveKeys('a secret for tests, 0123456789 abcdefghijk')
const otherKeys = deriveKeys('another secret for tests, 9876543210 zyxwv')
const invitationId = '01890000-0000-7000-8000-000000000001'
const otherId = '01890000-0000-7000-8000-000000000002'
const code = newCode()

describe('a sealed code', () => {
  const sealed = sealCode(code, invitationId, keys)

  test('opens as what it was', () => {
    expect(openCode(sealed, invitationId, keys)).toBe(code)
  })

  test('shows nothing of the code, and is another each time', () => {
    expect(sealed.includes(code)).toBe(false)
    expect(sealCode(code, invitationId, keys).equals(sealed)).toBe(false)
  })

  test('opens only for its own invitation, so that no row can take another’s code', () => {
    expect(() => openCode(sealed, otherId, keys)).toThrow()
    expect(() => openCode(sealed, invitationId.toUpperCase().replace('8000', '8001'), keys)).toThrow()
  })

  test('opens only with the key', () => {
    expect(() => openCode(sealed, invitationId, otherKeys)).toThrow()
    expect(() => openCode(sealed, invitationId, { ...keys, codeSealing: keys.codeLookup })).toThrow()
  })

  test('opens as well with a key that was added before the old one, and not without the old one', () => {
    const rotated = deriveKeys(
      'a secret that is newer, abcdefghij 5647382910',
      'a secret for tests, 0123456789 abcdefghijk',
    )
    expect(openCode(sealed, invitationId, rotated)).toBe(code)
    expect(() => openCode(sealed, invitationId, { ...rotated, older: [] })).toThrow()
    expect(() => openCode(sealCode(code, invitationId, rotated), invitationId, keys)).toThrow()
    expect(hashesOf(code, rotated)).toContainEqual(hashCode(code, keys))
    expect(hashCode(code, rotated)).not.toEqual(hashCode(code, keys))
  })

  test('is refused where any bit of it was changed', () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => openCode(changed, invitationId, keys)).toThrow()
    }
  })

  test('is refused where it was cut or made longer', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(() => openCode(sealed.subarray(0, length), invitationId, keys)).toThrow()
    expect(() => openCode(Buffer.concat([sealed, Buffer.from('0')]), invitationId, keys)).toThrow()
  })

  test('of a later version says so', () => {
    const later = Buffer.concat([Buffer.from([2]), sealed.subarray(1)])
    expect(() => openCode(later, invitationId, keys)).toThrow('in a way that this version does not know')
  })
})

describe('the hash that a code is looked up by', () => {
  test('is the same each time, and needs the key', () => {
    expect(hashCode(code, keys)).toEqual(hashCode(code, keys))
    expect(hashCode(code, keys)).not.toEqual(hashCode(code, otherKeys))
    expect(hashCode(code, keys)).not.toEqual(hashCode(newCode(), keys))
    expect(hashCode(code, keys)).toHaveLength(32)
  })
})

test('a link carries the code in the fragment and nowhere else', () => {
  const link = new URL(linkOf(code, 'https://portal.example.org'))
  expect(link.hash).toBe(`#${code}`)
  expect(link.origin + link.pathname + link.search).toBe('https://portal.example.org/join')
})
