// The server as one file, for the build and for tests that start it.
import { randomUUID } from 'node:crypto'
import { build } from 'esbuild'
import { project } from './ensure.mjs'

/** It looks for the migrations beside its folder, so that has to be dist. */
export function bundleServer(outfile) {
  return build({
    absWorkingDir: project,
    entryPoints: ['src/main.ts'],
    outfile,
    bundle: true,
    // These bring files of their own that they read, or are read only when they are needed.
    external: ['@electric-sql/pglite', '@zxcvbn-ts/*', 'pg-native'],
    // What was written as a module looks for this.
    define: { 'import.meta.url': 'addressOfThisFile' },
    // The first line says which build it is: bin/guildhall.mjs takes what was compiled of this one only.
    banner: {
      js: `// ${randomUUID()}
const addressOfThisFile = require('node:url').pathToFileURL(__filename).href
// As Node has it from version 21 on. Without it, \`pg\` loads all that belongs to fetch to find out where it runs.
const navigator = { userAgent: \`Node.js/\${process.versions.node}\` }`,
    },
    platform: 'node',
    format: 'cjs',
    // What is loaded later is required, too: nothing that was compiled before can import.
    supported: { 'dynamic-import': false },
    target: 'node20',
    // Read by nobody, and kept in memory whole. Names are left as they are, for traces.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    logLevel: 'warning',
  })
}
