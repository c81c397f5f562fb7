#!/usr/bin/env node
// Runs what the build made of the sources, and what V8 compiled of that when the build tried it out.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

const built = fileURLToPath(new URL('../dist/main.cjs', import.meta.url))
if (!existsSync(built)) {
  console.error('Guildhall is not built yet. Run “npm start” once, or “npm run build”.')
  process.exit(1)
}
// What starting leaves behind would make the heap 20 MiB larger for good. Once it listens, `serve` lets it grow again.
const whileStarting = '--semi-space-growth-factor=1'
setFlagsFromString(whileStarting)
const source = readFileSync(built, 'utf8')
// By the build that the first line names: V8 itself would take what was compiled of any source of the same length.
const compiled = `${built}.${source.slice(3, 39)}`
const script = new Script(Module.wrap(source), {
  filename: built,
  // That of another version of Node is of no use to V8, and it compiles anew.
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
})
if (process.env.GUILDHALL_COMPILE)
  process.once('exit', () => {
    // It is taken by a process with the same flags only.
    setFlagsFromString(whileStarting)
    writeFileSync(compiled, script.createCachedData())
  })
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(built), module, built, dirname(built))
