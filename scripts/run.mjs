// npm run bench, chaos and test:mutants: installs what is missing, then runs the given TypeScript file.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureDependencies, ensureNode } from './ensure.mjs'

ensureNode()
ensureDependencies()
const [node, , file, ...options] = process.argv
process.argv = [node, resolve(file), ...options]
await import('tsx')
await import(pathToFileURL(resolve(file)).href)
