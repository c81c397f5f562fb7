import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('what was compiled of one build is not run for another of the same length', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-compiled-'))
  cpSync('bin', join(folder, 'bin'), { recursive: true })
  mkdirSync(join(folder, 'dist'))
  const built = (says: string, build: string) =>
    writeFileSync(join(folder, 'dist/main.cjs'), `// ${build}\nconsole.log('${says}')\n`)
  const run = (more = {}) =>
    execFileSync(process.execPath, ['bin/guildhall.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...more },
    })
  built('old', '11111111-1111-4111-8111-111111111111')
  expect(run({ GUILDHALL_COMPILE: '1' })).toBe('old\n')
  expect(run()).toBe('old\n')
  built('new', '22222222-2222-4222-8222-222222222222')
  expect(run()).toBe('new\n')
  rmSync(folder, { recursive: true, force: true })
})
