import { renameSync, rmSync } from 'node:fs'
import { bundleServer } from '../../scripts/bundle.mjs'

let bundled: Promise<string> | undefined

/** The server's start command: bundled from its sources as in the build, once per process. */
export async function program(...options: string[]): Promise<string[]> {
  bundled ??= bundle()
  return [await bundled, 'serve', ...options]
}

/** Another process may be bundling too, or starting its bundle. */
async function bundle(): Promise<string> {
  const [file, mine] = ['dist/tested.cjs', `dist/tested-${process.pid}.cjs`]
  await bundleServer(mine)
  rmSync(`${mine}.map`)
  renameSync(mine, file)
  return file
}
