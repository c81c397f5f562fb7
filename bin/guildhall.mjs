#!/usr/bin/env node
// Runs the bundle with the V8 code cache that the build created.
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
// Keeps garbage created during startup from growing the heap by 20 MiB. `serve` resets the flag once the server
// listens.
const whileStarting = '--semi-space-growth-factor=1'
setFlagsFromString(whileStarting)
const source = readFileSync(built, 'utf8')
// The file name contains the build id from the first line, because V8 would accept a cache of any source of the same
// length.
const compiled = `${built}.${source.slice(3, 39)}`
const script = new Script(Module.wrap(source), {
  filename: built,
  // V8 rejects a cache made by another version of Node.js and compiles the source instead.
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
})
if (process.env.GUILDHALL_COMPILE)
  process.once('exit', () => {
    // Only a process with the same flags accepts the cache.
    setFlagsFromString(whileStarting)
    writeFileSync(compiled, script.createCachedData())
  })
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(built), module, built, dirname(built))
