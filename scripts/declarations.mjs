import { build } from 'esbuild'

/**
 * Only the server validates with endpoint declarations. The portal gets the parts needed to call an endpoint, and the
 * plain values beside them. The rest, including Zod, would be a third of its download.
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

/** Omitted declarations are not exported to the portal, so importing one fails the build. */
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
