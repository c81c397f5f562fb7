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

/** An empty database, which `npm run build` places beside the program. A program run from its sources has none. */
const empty = fileURLToPath(new URL('embedded', import.meta.url))

/**
 * Creates the embedded database if there is none yet. It is built next to its final place and moved there once it is
 * complete and on disk. A process killed on the way leaves nothing that looks like a database.
 */
export async function createWhereAbsent(directory: string): Promise<void> {
  const [parent, name] = [dirname(directory), `${basename(directory)}.new-`]
  for (const entry of readdirSync(parent)) if (entry.startsWith(name)) remove(join(parent, entry))
  if (existsSync(directory)) return
  // A unique name each time: if this process is killed, its child process may continue for a moment.
  const half = mkdtempSync(join(parent, name))
  if (existsSync(empty)) cpSync(empty, half, { recursive: true })
  else await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program(half)])
  syncAll(half)
  renameSync(half, directory)
  sync(parent)
}

/**
 * Removes what a killed start left behind. Its child process may still write there for a moment; then the next start
 * removes it.
 */
function remove(leftover: string): void {
  try {
    rmSync(leftover, { recursive: true, force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}

/** Runs in a child process, since creation takes up to 800 MB, which the server would keep. */
function program(directory: string): string {
  const pglite = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href
  // It ends with its parent process, whose end of the pipe then closes.
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
