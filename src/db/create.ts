import { execFile } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/**
 * Creates the embedded database where there is none yet. It is made beside its place and moved there when it is
 * whole and on the disk, so that one that was killed on the way leaves nothing that is taken for a database. A
 * process of its own makes it: that takes up to 800 MB, which the server would keep.
 */
export async function createWhereAbsent(directory: string): Promise<void> {
  const half = `${directory}.new`
  rmSync(half, { recursive: true, force: true })
  if (existsSync(directory)) return
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program(half)])
  syncAll(half)
  renameSync(half, directory)
  sync(dirname(directory))
}

function program(directory: string): string {
  const pglite = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href
  return `import { PGlite } from ${JSON.stringify(pglite)}
const lite = await PGlite.create(${JSON.stringify(directory)})
await lite.close()`
}

function syncAll(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
    sync(join(entry.parentPath, entry.name))
  sync(directory)
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
