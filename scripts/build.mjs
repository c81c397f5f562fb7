// The server becomes one file, dist/main.cjs, with its dependencies in it: read one by one, their files would take longer
// than all the rest of a start. It is CommonJS, since of that alone Node can keep what is compiled. The portal becomes
// dist/portal. An empty embedded database becomes dist/embedded: to create one takes seconds, which would be the first
// start's. Then all of it is tried out, and what V8 compiled meanwhile is kept beside it.
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

/** A first start on an embedded database, and some requests. Fails where they do. */
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
  if (code !== 0) throw new Error(`what was built ends with ${code}`)
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
}
