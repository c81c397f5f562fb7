// The server becomes one file, dist/main.js, beside its dependencies; the portal becomes dist/portal.
import { build } from 'esbuild'
import { build as buildPortal } from 'vite'
import { project } from './ensure.mjs'

await build({
  absWorkingDir: project,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
})
await buildPortal({ configFile: `${project}/vite.config.ts`, logLevel: 'warn' })
