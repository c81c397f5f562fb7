import { renameSync, rmSync } from 'node:fs'
import { bundleServer } from '../../scripts/bundle.mjs'

const bundled = new Map<string, Promise<string>>()

/** The server's start command: bundled from its sources as in the build, once per process. */
export const program = async (...options: string[]): Promise<string[]> => [
  await bundle('src/main.ts', 'tested'),
  'serve',
  ...options,
]

/** The start command of another entry, which runs the server with something that is no setting. */
export const programFrom = async (entry: string, name: string): Promise<string[]> => [await bundle(entry, name)]

function bundle(entry: string, name: string): Promise<string> {
  const known = bundled.get(name) ?? bundleNow(entry, name)
  bundled.set(name, known)
  return known
}

/** Another process may be bundling too, or starting its bundle. */
async function bundleNow(entry: string, name: string): Promise<string> {
  const [file, mine] = [`dist/${name}.cjs`, `dist/${name}-${process.pid}.cjs`]
  await bundleServer(mine, entry)
  rmSync(`${mine}.map`)
  renameSync(mine, file)
  return file
}
