// Bundles the server into one file, for the build and for tests that start it.
import { randomUUID } from 'node:crypto'
import { build } from 'esbuild'
import { project } from './ensure.mjs'

/** The server looks for the migrations beside its own folder, so `outfile` must be in dist. */
export function bundleServer(outfile, entry = 'src/main.ts') {
  return build({
    absWorkingDir: project,
    entryPoints: [entry],
    outfile,
    bundle: true,
    // These read files of their own, or load only on demand.
    external: ['@electric-sql/pglite', '@zxcvbn-ts/*', 'pg-native'],
    // Code written as ES modules uses this.
    define: { 'import.meta.url': 'addressOfThisFile' },
    // The first line identifies the build: bin/guildhall.mjs uses the compile cache of this build only.
    banner: {
      js: `// ${randomUUID()}
const addressOfThisFile = require('node:url').pathToFileURL(__filename).href
// Node 21 and later define this. Without it, \`pg\` loads the whole fetch implementation to detect its runtime.
const navigator = { userAgent: \`Node.js/\${process.versions.node}\` }`,
    },
    platform: 'node',
    format: 'cjs',
    // Lazy loading uses \`require\` too, because code from the compile cache cannot use \`import()\`.
    supported: { 'dynamic-import': false },
    target: 'node20',
    // Whitespace would only occupy memory. Names stay readable for stack traces.
    minifyWhitespace: true,
    // oidc-provider tells its records apart by the names of its classes.
    keepNames: true,
    minifySyntax: true,
    sourcemap: true,
    logLevel: 'warning',
  })
}
