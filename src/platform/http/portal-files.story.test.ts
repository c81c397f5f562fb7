import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compressFiles } from '../../../scripts/compress.mjs'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor } from '../../../tests/support/site'
import { createApp } from '../../app'
import type { Server } from './server'

const site = sharedSite()
let folder: string
let server: Server
const page = `<!doctype html><title>Guildhall</title>${'<p>Organizations, invitations, memberships.</p>'.repeat(20)}`
const script = 'export const answer = 42\n'.repeat(100)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-portal-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets', 'main-12345678.js'), script)
  writeFileSync(join(folder, 'assets', 'tiny-12345678.js'), '1')
  await compressFiles(folder)
  server = await createApp(configFor(), site.db, { portal: folder })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const get = (url: string, accepted?: string) =>
  server.inject({ url, headers: accepted ? { 'accept-encoding': accepted } : {} })

const asItIs = (content: Buffer) => content.toString()
const readers = { br: brotliDecompressSync, gzip: gunzipSync }

describe('the portal’s files are sent as the build made them small', () => {
  const files: [string, string, string, string][] = [
    ['/', page, 'text/html; charset=utf-8', 'no-cache'],
    ['/organization', page, 'text/html; charset=utf-8', 'no-cache'],
    [
      '/assets/main-12345678.js',
      script,
      'application/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
  ]
  const browsers: [string | undefined, 'br' | 'gzip' | undefined][] = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', undefined],
    ['br;q=0', undefined],
    [undefined, undefined],
  ]
  test.each(files.flatMap((file) => browsers.map((browser) => [...file, ...browser] as const)))(
    '%s',
    async (url, content, type, cacheControl, accepted, encoding) => {
      const { statusCode, headers, rawPayload } = await get(url, accepted)
      expect(statusCode).toBe(200)
      expect(headers['content-encoding']).toBe(encoding)
      expect(headers).toMatchObject({ 'content-type': type, 'cache-control': cacheControl, vary: 'accept-encoding' })
      expect(String((encoding ? readers[encoding] : asItIs)(rawPayload))).toBe(content)
      if (encoding) expect(rawPayload.length).toBeLessThan(content.length / 2)
    },
  )

  test('one that would not get smaller goes as it is', async () => {
    const { headers, payload } = await get('/assets/tiny-12345678.js', 'br')
    expect(headers['content-encoding']).toBeUndefined()
    expect(payload).toBe('1')
  })

  test('not under addresses of their own', async () => {
    expect((await get('/assets/main-12345678.js.br')).statusCode).toBe(404)
  })

  test('a browser that has one is not sent it again, in any encoding', async () => {
    for (const accepted of ['br', 'gzip', undefined]) {
      const { headers } = await get('/assets/main-12345678.js', accepted)
      const { statusCode } = await server.inject({
        url: '/assets/main-12345678.js',
        headers: { 'if-none-match': headers.etag, ...(accepted ? { 'accept-encoding': accepted } : {}) },
      })
      expect(statusCode).toBe(304)
    }
  })
})
