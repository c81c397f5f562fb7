import { build } from 'esbuild'

/**
 * A browser never checks by a declaration: the server does. Of an endpoint it needs what it takes to call it, so the
 * portal gets that, and the plain values beside it. All else, and Zod with it, would be a third of what people wait for.
 */
export const declarations = () => ({
  name: 'declarations',
  enforce: 'pre',
  async transform(_, id) {
    if (!/\/src\/(?:[\w-]+\/)+schema\.ts$/.test(id)) return
    const exported = Object.entries(await evaluate(id)).map(([name, value]) => [name, inBrowser(value)])
    const kept = exported.filter(([, value]) => value !== undefined)
    return {
      code: kept.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n'),
      map: null,
      moduleSideEffects: false,
    }
  },
})

async function evaluate(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

/** What is left out is no export of the portal's: importing it fails the build. */
function inBrowser(value) {
  if (isPlain(value)) return value
  if (typeof value !== 'object' || value === null || !('access' in value)) return undefined
  const { id, method, path } = value
  return { id, method, path }
}

function isPlain(value) {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  const isPlainObject = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  return isPlainObject && Object.values(value).every(isPlain)
}
