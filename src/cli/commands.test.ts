import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { program } from '../../tests/support/program'

const [file] = await program()
const guildhall = (...words: string[]) =>
  spawnSync(process.execPath, [file!, ...words], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: undefined } })

test('--version says which one it is', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(guildhall('--version')).toMatchObject({ stdout: `${version}\n`, status: 0 })
})

test.each([
  [['bogus'], 'Unknown command “bogus”. The commands are:\n\n  serve '],
  [['bogus', 'import', 'x.json'], 'Unknown command “bogus”.'],
  [['catalogue', 'bogus'], 'Unknown command “bogus”. The commands are:\n\n  import  '],
])('%j prints which commands there are', (words, said) => {
  const { status, stderr, stdout } = guildhall(...words)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain(said)
})

test('--help names every command and setting', () => {
  const { status, stdout } = guildhall('--help')
  expect(status).toBe(0)
  for (const word of ['serve', 'migrate', 'operator', 'catalogue', 'secrets', 'check', 'DATABASE_URL'])
    expect(stdout).toContain(word)
})
