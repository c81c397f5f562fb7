// The server becomes one file, dist/main.js, with its dependencies in it: read one by one, their files would take longer
// than all the rest of a start. The portal becomes dist/portal. An empty embedded database becomes dist/embedded: to create
// one takes seconds, which would be the first start's.
import { renameSync, rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { build } from 'esbuild'
import { build as buildPortal } from 'vite'
import { project } from './ensure.mjs'

await build({
  absWorkingDir: project,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  // These bring files of their own that they read, or are read only when they are needed.
  external: ['@electric-sql/pglite', '@fastify/swagger-ui', '@zxcvbn-ts/*', 'pg-native'],
  // What was written as CommonJS looks for these.
  banner: {
    js: `import { createRequire as createRequire_ } from 'node:module'
import { dirname as dirname_ } from 'node:path'
import { fileURLToPath as fileURLToPath_ } from 'node:url'
const require = createRequire_(import.meta.url)
const __filename = fileURLToPath_(import.meta.url)
const __dirname = dirname_(__filename)`,
  },
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Read by nobody, and kept in memory whole. Names are left as they are, for traces.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  logLevel: 'warning',
})
const embedded = `${project}/dist/embedded`
for (const path of [embedded, `${embedded}.new`]) rmSync(path, { recursive: true, force: true })
await (await PGlite.create(`${embedded}.new`)).close()
renameSync(`${embedded}.new`, embedded)

await buildPortal({ configFile: `${project}/vite.config.ts`, logLevel: 'warn' })
