import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { quickHashing } from '../../tests/support/hashing'
import { acceptedOrganization, isMember } from '../../tests/support/organizations'
import {
  configFor,
  laterSecret,
  openSite,
  type Person,
  password,
  type Site,
  testBaseUrl,
  testSecret,
} from '../../tests/support/site'
import { createApp } from '../app'
import { deleteConnection } from '../connections/connection-settings/schema'
import { reEncryptConnections } from '../connections/ledger/re-encryption'
import { createS3Gateway } from '../connections/s3-gateways/schema'
import { createS3Key, showS3Secret } from '../connections/s3-keys/schema'
import { createWebhook, rotateWebhookSecret, sendTest } from '../connections/webhooks/schema'
import { registerAccount } from '../identity/accounts/schema'
import { signIn, type signOut } from '../identity/authentication/schema'
import { claimSetupLink } from '../identity/site/schema'
import { OtherSecret, prepareSite } from '../identity/site/setup'
import { reEncryptCodes } from '../membership/invitations/re-encryption'
import {
  acceptInvitation,
  createInvitation,
  previewInvitation,
  showInvitationCode,
} from '../membership/invitations/schema'
import type { getMe } from '../membership/me/schema'
import { type Sql, sql } from '../platform/db/sql'
import { deriveKeys } from '../platform/keys'
import { unseal } from '../platform/sealing'
import type { Secrets } from '../platform/secrets'
import { importCatalogue } from '../roles/services/schema'
import { reEncrypt } from './secrets'

const both: Secrets = [laterSecret, testSecret]
const withBoth = deriveKeys(...both)

/** A site that was set up with one secret, and other servers on the same database with different secrets. */
let site: Site
let organizationId: string
let admin: Person
const closing: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  site = await openSite()
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
})
afterEach(async () => {
  expect(await site.check()).toEqual([])
  for (const close of closing.splice(0)) await close()
  await site.close()
})

/** Starts another server with these secrets and returns its URL. Rejects if the server may not start. */
async function serverWith(...secrets: Secrets): Promise<string> {
  await prepareSite(site.db, deriveKeys(...secrets), testBaseUrl)
  const app = await createApp(configFor({ secrets }), site.db, { checkAnswers: true, hashing: quickHashing })
  closing.push(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

/** The cookie of a person who registers or signs in there. */
async function cookieAt(url: string, call: 'register' | 'sign in', email = 'ana@example.org'): Promise<string> {
  const person = site.anonymous.at(url)
  const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
  if (call === 'register') await person.call(registerAccount, form)
  const answer = await person.try(signIn, { email, password })
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

const me = (url: string, cookie: string) =>
  site.anonymous.at(url).raw<typeof getMe>('GET', '/api/me', undefined, { cookie })
const invite = async (url: string) => admin.at(url).call(createInvitation, { organizationId })
async function show(url: string, invitationId: string): Promise<string> {
  const answer = await admin.at(url).try(showInvitationCode, { organizationId, invitationId })
  expect(answer.status).toBe(200)
  return answer.body.code
}

/** A new person accepts it there. */
async function join(url: string, code: string): Promise<boolean> {
  const person = (await site.person()).at(url)
  expect(await person.try(previewInvitation, { code })).toMatchObject({ status: 200 })
  expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 200 })
  return isMember(person)
}

describe('with a newer secret before the old one', () => {
  test('sessions and codes of before go on working', async () => {
    const cookie = await cookieAt(site.url, 'register')
    const { id, code } = await invite(site.url)
    const url = await serverWith(...both)
    expect((await me(url, cookie)).status).toBe(200)
    expect(await show(url, id)).toBe(code)
    expect(await join(url, code)).toBe(true)
  })

  test('a person who signed in before can sign out', async () => {
    const cookie = await cookieAt(site.url, 'register')
    const url = await serverWith(...both)
    const out = await site.anonymous
      .at(url)
      .raw<typeof signOut>('POST', '/api/sessions/end', '{}', { cookie: `a=b; ${cookie}; c=d` })
    expect(out.status).toBe(200)
    expect((await me(url, cookie)).status).toBe(401)
    expect((await me(site.url, cookie)).status).toBe(401)
  })

  test('the first operator’s link of before still works', async () => {
    await site.db.rows(sql`update accounts set operator = false`)
    const url = await serverWith(...both)
    const person = await site.person()
    await person.at(url).call(claimSetupLink, { token: site.setupToken })
    expect(await site.db.rows(sql`select id from accounts where operator`)).toEqual([{ id: person.id }])
  })

  test('what neither of them made is refused', async () => {
    const [foreign] = await Promise.all([
      serverWith('Zq7nBv4xLm9kRw2tHc5jPd8fGs3yEa6u', ...both),
      cookieAt(site.url, 'register'),
    ])
    const cookie = await cookieAt(foreign, 'sign in')
    const { code } = await invite(foreign)
    const url = await serverWith(...both)
    expect((await me(url, cookie)).status).toBe(401)
    const person = (await site.person()).at(url)
    expect(await person.try(previewInvitation, { code })).toMatchObject({ code: 'code_not_valid' })
    await site.db.rows(sql`update invitations set revoked_at = now(), revoked_reason = 'by_admin'`)
  })
})

test('servers that know both secrets in another order take what the other makes', async () => {
  const urls = [await serverWith(testSecret, laterSecret), await serverWith(...both)] as const
  for (const [here, there] of [urls, [...urls].reverse() as [string, string]]) {
    const email = `${new URL(here).port}@example.org`
    const cookie = await cookieAt(here, 'register', email)
    expect((await me(there, cookie)).body.account.email).toBe(email)
    const { id, code } = await invite(here)
    expect(await show(there, id)).toBe(code)
    expect(await join(there, code)).toBe(true)
  }
})

describe('guildhall secrets re-encrypt', () => {
  test('makes the old secret needless for codes and for who signs in from then on', async () => {
    const { id, code } = await invite(site.url)
    const [ended] = [await invite(site.url)]
    await join(site.url, ended.code)
    const old = await cookieAt(site.url, 'register')
    expect(await reEncrypt(site.db, withBoth)).toMatch(
      /^2 of 2 codes, 0 second factors and the secrets of 0 connections were re-encrypted[\s\S]*removed after 2/,
    )

    const url = await serverWith(laterSecret)
    const cookie = await cookieAt(url, 'sign in')
    expect((await me(url, cookie)).status).toBe(200)
    expect((await me(url, old)).status).toBe(401)
    const person = (await site.person()).at(await serverWith(...both))
    expect(await person.try(previewInvitation, { code: ended.code })).toMatchObject({ code: 'invitation_used' })
    const signedIn = { organizationId, invitationId: id }
    const shown = await admin.at(await serverWith(...both)).call(showInvitationCode, signedIn)
    expect(shown.code).toBe(code)
    const raw = await site.anonymous
      .at(url)
      .raw<typeof previewInvitation>('POST', '/api/invitations/preview', JSON.stringify({ code }), { cookie })
    expect(raw).toMatchObject({ status: 200, body: { accepted: false } })
  })

  test('keeps the secrets of connections usable, and says which ones it cannot read', async () => {
    const operator = await site.person('Olga', { operator: true })
    await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles: [] }] })
    const url = 'https://127.0.0.1/hook'
    const { id: connectionId } = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url })
    await operator.call(rotateWebhookSecret, { connectionId })
    expect(await reEncrypt(site.db, withBoth)).toContain('the secrets of 1 connections were re-encrypted')
    const after = (await site.person('Otto', { operator: true })).at(await serverWith(...both))
    // It gets as far as the address, which is not allowed: the secrets were decrypted.
    expect(await after.call(sendTest, { connectionId })).toMatchObject({ outcome: 'address_forbidden' })
    await site.db.rows(sql`update connections set secret_sealed = secret_sealed || '\\x00'::bytea`)
    expect(await after.call(sendTest, { connectionId })).toMatchObject({ outcome: 'secret_unreadable' })
    await expect(reEncrypt(site.db, withBoth)).rejects.toThrow(connectionId)
    // As it advises. The one before it is a former secret now, and signs nothing.
    await after.call(rotateWebhookSecret, { connectionId })
    expect(await after.call(sendTest, { connectionId })).toMatchObject({ outcome: 'address_forbidden' })
    await reEncrypt(site.db, withBoth)
    await site.db.rows(sql`update connections set secret_sealed = secret_sealed || '\\x00'::bytea`)
    await after.call(deleteConnection, { connectionId, revoke: false })
    expect(await reEncrypt(site.db, withBoth)).toContain('the secrets of 0 connections')
  })

  test('keeps the secret of a connection usable that is replaced during it', async () => {
    const operator = await site.person('Olga', { operator: true })
    await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles: [] }] })
    const url = 'https://127.0.0.1/hook'
    const { id: connectionId } = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url })
    let isReplaced = false
    const db = Object.assign(Object.create(site.db) as typeof site.db, {
      async rows(query: Sql) {
        const rows = await site.db.rows(query)
        if (!isReplaced && query.strings.join('').includes('encode(secret_sealed')) {
          isReplaced = true
          await operator.call(rotateWebhookSecret, { connectionId })
        }
        return rows
      },
    })
    expect(await reEncryptConnections(db, withBoth)).toEqual({ reEncrypted: 1, unreadable: [] })
    const { current, former } = await site.db.only<{ current: string; former: string }>(
      sql`select encode(secret_sealed, 'base64') as current, former_secrets->0->>'sealed' as former from connections`,
    )
    const newest = deriveKeys(laterSecret)
    for (const sealed of [current, former])
      expect(unseal(Buffer.from(sealed, 'base64'), connectionId, newest, 'connectionSealing')).toMatch(/^whsec_/)
  })

  test('keeps the secrets of S3 keys usable, and says which ones it cannot read', async () => {
    const operator = await site.person('Olga', { operator: true })
    const roles = [
      { key: 'user', kind: 'access' as const, name: 'User', default: true },
      { key: 'small', kind: 'quota' as const, name: 'Small', default: true },
    ]
    const service = 'store'
    await operator.call(importCatalogue, { services: [{ key: service, name: 'Store', roles, s3Keys: 1 }] })
    const gateway = { service, name: 'Gateway', url: 'https://127.0.0.1/' }
    await operator.call(createS3Gateway, { ...gateway, accessKey: 'KEY', secretKey: 'secret' })
    const { id: keyId, secret } = await admin.call(createS3Key, { service, name: 'Laptop' })
    expect(await reEncrypt(site.db, withBoth)).toContain('The secret of 1 S3 key was re-encrypted too.')
    const shown = (url: string) => admin.at(url).call(showS3Secret, { keyId })
    // The older secret signed the session; the newest alone decrypts.
    expect(await shown(await serverWith(...both))).toMatchObject({ secret })
    const { sealed } = await site.db.only<{ sealed: Uint8Array }>(
      sql`select secret_sealed as sealed from s3_keys where id = ${keyId}`,
    )
    expect(unseal(sealed, keyId, deriveKeys(laterSecret), 'connectionSealing')).toBe(secret)
    await site.db.rows(sql`update s3_keys set secret_sealed = secret_sealed || '\\x00'::bytea`)
    await expect(reEncrypt(site.db, withBoth)).rejects.toThrow(keyId)
  })

  test('decides which secrets the database may be started with', async () => {
    await expect(serverWith(laterSecret)).rejects.toThrow(OtherSecret)
    await reEncrypt(site.db, withBoth)
    await expect(serverWith(testSecret)).rejects.toThrow(OtherSecret)
    await serverWith(laterSecret)
    await serverWith(testSecret, laterSecret)
  })

  test('goes on where it was stopped, and does nothing where all is done', async () => {
    const codes: string[] = []
    for (let index = 0; index < 5; index++) codes.push((await invite(site.url)).code)
    const before = await site.db.rows(sql`select id, code_hash, code_sealed from invitations order by id`)
    expect(await reEncryptCodes(site.db, withBoth, 2)).toEqual({ codes: 5, reEncrypted: 5, unreadable: [] })
    // Simulates an interruption after three of them.
    for (const row of before.slice(3) as { id: string; code_hash: Uint8Array; code_sealed: Uint8Array }[])
      await site.db.rows(
        sql`update invitations set code_hash = ${row.code_hash}, code_sealed = ${row.code_sealed} where id = ${row.id}`,
      )
    expect(await reEncryptCodes(site.db, withBoth, 2)).toEqual({ codes: 5, reEncrypted: 2, unreadable: [] })
    expect(await reEncryptCodes(site.db, withBoth)).toEqual({ codes: 5, reEncrypted: 0, unreadable: [] })
    const url = await serverWith(...both)
    for (const code of codes) expect(await join(url, code)).toBe(true)
  })

  test('does not say that all is well where a code opens with none of the secrets', async () => {
    const { id } = await invite(await serverWith('Zq7nBv4xLm9kRw2tHc5jPd8fGs3yEa6u', testSecret))
    await expect(reEncrypt(site.db, withBoth)).rejects.toThrow(id)
    await serverWith(testSecret)
    await site.db.rows(sql`update invitations set revoked_at = now(), revoked_reason = 'by_admin'`)
    expect(await reEncrypt(site.db, withBoth)).toContain('0 of 1')
  })

  test('with one secret has nothing to do', async () => {
    await invite(site.url)
    expect(await reEncrypt(site.db, deriveKeys(testSecret))).toBe(
      '0 of 1 codes, 0 second factors and the secrets of 0 connections were re-encrypted. All of them now use the newest secret.',
    )
  })
})
