#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

const built = new URL('../dist/main.js', import.meta.url)
if (!existsSync(built)) {
  console.error('Guildhall is not built yet. Run “npm start” once, or “npm run build”.')
  process.exit(1)
}
// What starting leaves behind would make the heap 20 MiB larger for good. Once it listens, `serve` lets it grow again.
setFlagsFromString('--semi-space-growth-factor=1')
await import(built.href)
