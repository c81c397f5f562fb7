import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listChanges } from '../src/connections/change-feed/schema'
import { createConnection, switchConnection } from '../src/connections/connection-settings/schema'
import { newWebhookSecret, webhookHeaders } from '../src/connections/outbound/webhook-signature'
import { createServiceKey } from '../src/connections/service-keys/schema'
import { grantRole } from '../src/roles/role-assignments/schema'
import { importCatalogue, listServices } from '../src/roles/services/schema'
import { acceptedOrganization } from './support/organizations'
import { asSeen } from './support/seen'
import { sharedSite } from './support/shared-site'
import { TokenHolder } from './support/token-holder'
import { until } from './support/until'

// Runs every example of docs/integrating.md as a reader would, from a file of its own.

const site = sharedSite()
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'guildhall-integrating-'))
afterAll(() => rmSync(folder, { recursive: true }))

let environment: Record<string, string>
let accountId: string

beforeAll(async () => {
  const { id: organizationId, admin, operator } = await acceptedOrganization(site)
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small', limits: [{ name: 'Storage', value: 10, unit: 'GB' }] },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  const [maps] = (await operator.call(listServices, {})).services
  for (const { id: roleId } of maps!.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  const { secret } = await operator.call(createServiceKey, { key: 'maps', name: 'Hub' })
  const { id: connectionId } = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Hub' })
  await operator.call(switchConnection, { connectionId, enabled: true })
  const hub = new TokenHolder(site, secret)
  await until(async () => (await hub.call(listChanges, {})).items.length === 1)
  accountId = admin.id
  const body = JSON.stringify({ type: 'access.ended' })
  const webhookSecret = newWebhookSecret()
  const headers = webhookHeaders({ id: 'message', at: new Date(), body }, [newWebhookSecret(), webhookSecret])
  environment = {
    WEBHOOK_BODY: body,
    WEBHOOK_HEADERS: JSON.stringify(headers),
    WEBHOOK_SECRET: webhookSecret,
    GUILDHALL_URL: site.url,
    GUILDHALL_KEY: secret,
    ACCOUNT_ID: accountId,
    PATH: process.env.PATH!,
  }
})

const examples = [...readFileSync('docs/integrating.md', 'utf8').matchAll(/```(\w+) run\n([\s\S]*?)```/g)].map(
  ([, language, code], index) => ({ name: `example ${index + 1} (${language})`, language: language!, code: code! }),
)

/** How a reader would run an example in this language. */
const programs: Record<string, [program: string, file: string]> = {
  sh: ['sh', 'example.sh'],
  js: [process.execPath, 'example.mjs'],
  python: ['python3', 'example.py'],
}

async function outputOf(language: string, code: string): Promise<string> {
  const [program, name] = programs[language]!
  const file = join(folder, name)
  writeFileSync(file, code)
  const { stdout } = await run(program, [file], { env: environment, timeout: 20_000 })
  return stdout.trim()
}

test('there are examples in every language', () => {
  expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(['sh', 'js', 'python']))
})

test.each(examples)('$name runs and prints the truth', async ({ language, code }) => {
  const output = await outputOf(language, code)
  if (code.includes('/changes')) expect(output).toMatch(/^1 [\w.-]+$/)
  else if (code.includes('webhook-id')) expect(output).toBe('access.ended')
  else if (language === 'sh') expect(JSON.parse(output)).toMatchObject({ accountId, usable: true })
  else expect(output.toLowerCase()).toBe('true')
})
