import { renameSync, rmSync } from 'node:fs'
import { bundleServer } from '../../scripts/bundle.mjs'

let bundled: Promise<string> | undefined

/** How the server is started: bundled from its sources as the build does it, once for this process. */
export async function program(...options: string[]): Promise<string[]> {
  bundled ??= bundle()
  return [await bundled, 'serve', ...options]
}

/** Another process may be at it, too, or just starting what it made. */
async function bundle(): Promise<string> {
  const [file, mine] = ['dist/tested.cjs', `dist/tested-${process.pid}.cjs`]
  await bundleServer(mine)
  rmSync(`${mine}.map`)
  renameSync(mine, file)
  return file
}
