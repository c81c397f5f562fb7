// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { project } from '../../scripts/ensure.mjs'
import type { Mutant } from './mutant'

/** A copy of the tree, built, into which mutants are applied one after the other. */
export interface Copy {
  folder: string
  /** Changes the files, and builds where the test looks at what was built; why that failed, where it did. */
  apply(mutant: Mutant): Promise<string | undefined>
  /** Undoes what the mutant before did. */
  restore(): void
}

/** Not copied: what tests write, and what is linked. */
const left = /^(node_modules|\.git|data|test-results|playwright-report|mutation-results.*)$/
/** What the build is made of, but not from: a browser's test looks at all that was built, others only at these. */
const ofTheBuild = /^(bin\/|vite\.config\.ts|scripts\/\w+\.mjs)/
const notBuilt = /^(e2e|tests|migrations|docs|examples)\//

/** So many copies, as the tree is now: what is changed in it in the meantime does not matter to them. */
export function takeCopies(count: number): { copies: Copy[]; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'guildhall-mutants-'))
  const remove = () => rmSync(root, { recursive: true, force: true })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      remove()
      process.exit(1)
    })
  const sound = join(root, 'sound')
  for (const part of readdirSync(project))
    if (!left.test(part)) cpSync(join(project, part), join(sound, part), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(sound, 'node_modules'))
  const copies = Array.from({ length: count }, (_, number) => {
    const folder = join(root, String(number))
    cpSync(sound, folder, { recursive: true, verbatimSymlinks: true })
    return copyIn(folder, sound)
  })
  return { copies, remove }
}

function copyIn(folder: string, sound: string): Copy {
  let applied: Mutant['edits'] = []
  let built = false
  return {
    folder,
    async apply({ edits, test }) {
      for (const [file, from, to] of edits) {
        const text = readFileSync(join(folder, file), 'utf8')
        if (!text.includes(from)) return `${file} does not say “${from}”`
        applied.push([file, from, to])
        writeFileSync(
          join(folder, file),
          text.replaceAll(from, () => to),
        )
      }
      const inBrowser = test[0].startsWith('e2e/')
      built = edits.some(([file]) => ofTheBuild.test(file) || (inBrowser && !notBuilt.test(file)))
      if (!built) return undefined
      // Not to be waited for by the other copies.
      return promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: folder, timeout: 300_000 }).then(
        () => undefined,
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      )
    },
    restore() {
      for (const [file] of applied) cpSync(join(sound, file), join(folder, file))
      applied = []
      if (built) {
        rmSync(join(folder, 'dist'), { recursive: true, force: true })
        cpSync(join(sound, 'dist'), join(folder, 'dist'), { recursive: true })
      }
      built = false
    },
  }
}
