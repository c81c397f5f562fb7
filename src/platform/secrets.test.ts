import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { laterSecret, testSecret } from '../../tests/support/site'
import { rotateSecret } from '../cli/secrets'
import { readConfig } from './config'
import { addSecret } from './secrets'
import { WrongSetting } from './wrong-setting'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (environment: NodeJS.ProcessEnv = {}) => readConfig({ DATA_DIR: folder, ...environment }).secrets
const outside = [
  ['https', { BASE_URL: 'https://portal.example.org' }],
  ['NODE_ENV', { NODE_ENV: 'production' }],
] as const

describe.each(outside)('outside of development (%s)', (_, environment) => {
  test('a missing secret is refused, and none is made', () => {
    expect(() => read(environment)).toThrow(WrongSetting)
    expect(() => read(environment)).toThrow('There is no secret.')
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a short one', 'tR8vKq3nZx5mWc7hLb2pYf9dJg4sAe6'],
    ['one letter', 'x'.repeat(64)],
    ['a piece again and again', 'tR8vKq3nZx5mWc7h'.repeat(4)],
    ['a placeholder', 'changeme-changeme-1234567890-abcxyz'],
    ['the usual example', 'your-secret-key-here-at-least-32-chars'],
    ['its own name', 'guildhall-production-key-9f8e7d6c5b4a'],
    ['what is typed by hand', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz0123456789'],
    ['a short one after a good one', `${testSecret},short`],
    ['a placeholder after a good one', `${testSecret} change-me-change-me-0987654321-zyx`],
  ])('%s is refused', (_, given) => {
    expect(() => read({ ...environment, GUILDHALL_SECRET: given })).toThrow(WrongSetting)
    expect(() => read({ ...environment, GUILDHALL_SECRET: given })).toThrow(
      /^GUILDHALL_SECRET is (too short|not random)/,
    )
  })

  test('one that was given, or made on purpose, is used', () => {
    expect(read({ ...environment, GUILDHALL_SECRET: testSecret })).toEqual([testSecret])
    rotateSecret(undefined, folder)
    expect(read(environment)).toEqual([readFileSync(join(folder, 'secret'), 'utf8').trim()])
  })

  test('a file with a placeholder in it is refused', () => {
    writeFileSync(join(folder, 'secret'), 'changeme-changeme-1234567890-abcxyz\n')
    expect(() => read(environment)).toThrow('is not random enough.')
  })
})

test('in development one is made where there is none, and a placeholder is taken, so that trying takes no thought', () => {
  expect(read({ DATABASE_URL: 'postgres://db/guildhall' })).toHaveLength(1)
  const placeholder = 'changeme-changeme-1234567890-abcxyz'
  expect(read({ GUILDHALL_SECRET: placeholder })).toEqual([placeholder])
})

test.each([
  [`${laterSecret},${testSecret}`],
  [`${laterSecret} ${testSecret}`],
  [` ${laterSecret} ,\n ${testSecret}\n`],
  [`${laterSecret},${testSecret},${laterSecret}`],
])('several secrets are read, the newest first: %j', (given) => {
  expect(read({ GUILDHALL_SECRET: given })).toEqual([laterSecret, testSecret])
  writeFileSync(join(folder, 'secret'), given)
  expect(read()).toEqual([laterSecret, testSecret])
})

describe('guildhall secrets rotate', () => {
  test('puts a new secret before those there are, for its owner’s eyes only', () => {
    const [first] = read()
    expect(rotateSecret(undefined, folder)).toContain('guildhall secrets re-encrypt')
    const [second, ...older] = read()
    expect(second).toMatch(/^[\w-]{64}$/)
    expect(second).not.toBe(first)
    expect(older).toEqual([first])
    addSecret(folder)
    expect(read().slice(1)).toEqual([second, first])
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['secret'])
  })

  test('makes the first one where there is none', () => {
    expect(rotateSecret(undefined, join(folder, 'new'))).toContain('A secret was created')
    expect(read({ DATA_DIR: join(folder, 'new'), NODE_ENV: 'production' })).toHaveLength(1)
  })

  test('only says what to do where the secret is given from outside', () => {
    expect(rotateSecret(testSecret, folder)).toMatch(/openssl rand -base64 48[\s\S]*guildhall secrets re-encrypt/)
    expect(rotateSecret(testSecret, folder)).not.toContain(testSecret)
    expect(readdirSync(folder)).toEqual([])
  })

  test('leaves a damaged file as it is', () => {
    writeFileSync(join(folder, 'secret'), 'short\n')
    expect(() => rotateSecret(undefined, folder)).toThrow(WrongSetting)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short\n')
  })
})
