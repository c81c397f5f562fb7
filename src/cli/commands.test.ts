import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test('a number that is none is refused before anything is opened', () => {
  const { status, stderr } = guildhall('connections', 'resync', '--confirm-losses', 'all')
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'This is no whole number: all\n' })
})

test('--help names every command and setting', () => {
  const { status, stdout } = guildhall('--help')
  expect(status).toBe(0)
  for (const word of ['serve', 'migrate', 'operator', 'catalogue', 'secrets', 'check', 'DATABASE_URL'])
    expect(stdout).toContain(word)
})

test('a reader that closes the pipe early is no failure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-pipe-'))
  const env = { ...process.env, DATABASE_URL: undefined, BASE_URL: undefined, DATA_DIR: folder }
  const child = spawn(process.execPath, [file!, 'catalogue', 'export'], { stdio: ['ignore', 'pipe', 'pipe'], env })
  child.stdout.destroy()
  let errors = ''
  child.stderr.on('data', (part) => {
    errors += part
  })
  expect([...(await once(child, 'close')), errors]).toEqual([0, null, ''])
  rmSync(folder, { recursive: true })
}, 60_000)
