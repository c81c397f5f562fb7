// npm run test:planted: plants one bug at a time into a copy of the tree, runs the test that should notice, and
// fails if it stays green. A guard that no test misses is no guard. Name bugs to run only those.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bugs } from './bugs'

const project = process.cwd()

const only = process.argv.slice(2)
const names = Object.keys(bugs).filter((name) => only.length === 0 || only.some((part) => name.includes(part)))
let green = 0
for (const name of names) {
  const { edits, test } = bugs[name]!
  const copy = mkdtempSync(join(tmpdir(), 'guildhall-planted-'))
  try {
    for (const part of [
      'src',
      'scripts',
      'migrations',
      'examples',
      'package.json',
      'tsconfig.json',
      'vitest.config.ts',
    ])
      cpSync(join(project, part), join(copy, part), { recursive: true })
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, from, to] of edits) {
      const text = readFileSync(join(copy, file), 'utf8')
      writeFileSync(join(copy, file), text.replaceAll(from, to))
    }
    const [file, title] = test
    // Once: stories would run on both databases.
    const run = spawnSync('npx', ['vitest', 'run', '--project', '!embedded', file, '-t', title], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    const output = run.stdout + run.stderr
    const ran = /(Tests|Test Files) .*(failed|passed)/.test(output)
    const red = run.status !== 0 && /AssertionError|to satisfy|Property failed/.test(output)
    console.log(`${red ? 'red   ' : ran ? 'GREEN ' : 'NOT RUN '} ${name}`)
    if (!red) green++
    if (process.env.VERBOSE) console.log(output.slice(-4000))
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
console.log(`\n${names.length - green} of ${names.length} planted bugs were noticed.`)
process.exitCode = green > 0 ? 1 : 0
