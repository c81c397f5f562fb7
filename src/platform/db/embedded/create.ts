import { execFile } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** An empty database, which `npm run build` puts beside the program. The program that runs from its sources has none. */
const empty = fileURLToPath(new URL('embedded', import.meta.url))

/**
 * Creates the embedded database where there is none yet. It is made beside its place and moved there when it is
 * whole and on the disk, so that one that was killed on the way leaves nothing that is taken for a database.
 */
export async function createWhereAbsent(directory: string): Promise<void> {
  const [parent, name] = [dirname(directory), `${basename(directory)}.new-`]
  for (const entry of readdirSync(parent)) if (entry.startsWith(name)) remove(join(parent, entry))
  if (existsSync(directory)) return
  // Of its own name each time: where this process is killed, the one that it started may go on for a moment.
  const half = mkdtempSync(join(parent, name))
  if (existsSync(empty)) cpSync(empty, half, { recursive: true })
  else await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program(half)])
  syncAll(half)
  renameSync(half, directory)
  sync(parent)
}

/** What a killed start has left. Its process may still write there for a moment: then the next start removes it. */
function remove(leftover: string): void {
  try {
    rmSync(leftover, { recursive: true, force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}

/** It is made in a process of its own, since that takes up to 800 MB, which the server would keep. */
function program(directory: string): string {
  const pglite = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href
  // It ends with the process that started it, whose end of the pipe is closed then.
  return `process.stdin.on('end', () => process.exit(1)).resume()
import { PGlite } from ${JSON.stringify(pglite)}
const lite = await PGlite.create(${JSON.stringify(directory)})
await lite.close()
process.exit(0)`
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
