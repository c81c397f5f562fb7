// Writes a compressed copy beside every portal file, for browsers. Unlike a server, the build can compress slowly.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = (content) =>
  promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
const kinds = { br: brotli, gz: (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }) }

/** Files that do not shrink get no copy. */
export async function compressFiles(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(html|js|css|svg|json)$/.test(name))
  await Promise.all(
    names.map(async (name) => {
      const content = readFileSync(join(folder, name))
      for (const [ending, compress] of Object.entries(kinds)) {
        const small = await compress(content)
        if (small.length < content.length) writeFileSync(join(folder, `${name}.${ending}`), small)
      }
    }),
  )
}
