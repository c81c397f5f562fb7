import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor } from '../../../tests/support/site'
import { createApp } from '../../app'
import type { Server } from './server'

// Links with a secret, as mail gateways rewrite them: the response is the portal, which takes the secret out of the
// URL.

const site = sharedSite()
let portal: string
let app: Server

beforeAll(async () => {
  portal = mkdtempSync(join(tmpdir(), 'guildhall-portal-'))
  writeFileSync(join(portal, 'index.html'), '<!doctype html><title>Guildhall</title>')
  app = await createApp(configFor(), site.db, { portal })
})
afterAll(async () => {
  await app.close()
  rmSync(portal, { recursive: true })
})

const secret = '5WQ3MTAVB7ZK2J9DGXRF8N4CHEYH.q-4Zr_0aB1cD2eF3gH4iJ5kL6mN7oP8_'

test.each(['join', 'reset', 'confirm-address', 'setup'])(
  '/%s is the portal’s, whatever became of the #',
  async (page) => {
    for (const address of [
      `/${page}`,
      `/${page}%23${secret}`,
      `/${page}%2523${secret}`,
      `/${page}%23${secret}.`,
      `/${page}/%23${secret}`,
      `/${page}%23${secret}?utm_source=mail&utm_medium=x`,
      `/${page}?utm_source=mail%23${secret}`,
    ]) {
      const { statusCode, headers, body } = await app.inject({ url: address, headers: { accept: 'text/html' } })
      expect([address, statusCode]).toEqual([address, 200])
      expect(headers['content-type']).toMatch(/^text\/html/)
      expect(headers['cache-control']).toBe('no-cache')
      expect(body).not.toContain(secret)
    }
  },
)
