// Bundles the server and its dependencies into one file, dist/main.cjs, because reading the files one by one would take
// longer than the rest of a start. The file is CommonJS, the only format whose compiled code Node can cache. Builds
// the portal into dist/portal. Creates an empty embedded database in dist/embedded, which would otherwise cost the
// first start seconds. Then starts the result once, and stores V8's compile cache beside it.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { build as buildPortal } from 'vite'
import { bundleServer } from './bundle.mjs'
import { compressFiles } from './compress.mjs'
import { project } from './ensure.mjs'

const dist = join(project, 'dist')
mkdirSync(dist, { recursive: true })
for (const name of readdirSync(dist))
  if (/^(main\.cjs|embedded)/.test(name)) rmSync(join(dist, name), { recursive: true, force: true })

await bundleServer('dist/main.cjs')
const embedded = join(dist, 'embedded')
await (await PGlite.create(`${embedded}.new`)).close()
renameSync(`${embedded}.new`, embedded)

await buildPortal({ configFile: `${project}/vite.config.ts`, logLevel: 'warn' })
await compressFiles(join(dist, 'portal'))

await tryOut(await freePort(), mkdtempSync(join(tmpdir(), 'guildhall-build-')))

/** Starts the server on an embedded database and sends some requests. Fails if they fail. */
async function tryOut(port, directory) {
  const { PATH, HOME } = process.env
  const server = spawn(process.execPath, ['bin/guildhall.mjs', 'serve'], {
    cwd: project,
    env: { PATH, HOME, PORT: port, DATA_DIR: join(directory, 'data'), LOG_LEVEL: 'error', GUILDHALL_COMPILE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  await Promise.race([new Promise((resolve) => server.stdout.once('data', resolve)), ended])
  for (const path of ['/', '/api/health', '/api/site']) await fetch(`http://127.0.0.1:${port}${path}`)
  server.kill('SIGTERM')
  const code = await ended
  rmSync(directory, { recursive: true, force: true })
  if (code !== 0) throw new Error(`the built server exited with ${code}`)
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}
