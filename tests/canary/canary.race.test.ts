import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkConnection, switchConnection } from '../../src/connections/connection-settings/schema'
import { listLedgerRows } from '../../src/connections/ledger-rows/schema'
import { createS3Gateway, setS3GatewayKeys } from '../../src/connections/s3-gateways/schema'
import { createS3Key, deleteS3Key, listS3Keys, resetS3Secret, showS3Secret } from '../../src/connections/s3-keys/schema'
import { createServiceKey } from '../../src/connections/service-keys/schema'
import { createWebhook, rotateWebhookSecret } from '../../src/connections/webhooks/schema'
import { registerAccount } from '../../src/identity/accounts/schema'
import { authenticateAgain, signIn, signOut } from '../../src/identity/authentication/schema'
import { addPasskey, signInWithPasskey, startPasskey, startPasskeySignIn } from '../../src/identity/passkeys/schema'
import { changePassword, makeResetLink, requestPasswordReset, resetPassword } from '../../src/identity/passwords/schema'
import {
  confirmSecondFactor,
  giveSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../src/identity/second-factors/schema'
import { claimSetupLink } from '../../src/identity/site/schema'
import { startProviderSignIn } from '../../src/identity/upstream-provider/schema'
import {
  acceptInvitation,
  createInvitation,
  previewInvitation,
  revokeInvitation,
  showInvitationCode,
} from '../../src/membership/invitations/schema'
import { changeOwnAddress, confirmOwnAddress, exportOwnAccount, getMe } from '../../src/membership/me/schema'
import { acceptOrganization, createOrganization } from '../../src/membership/organizations/schema'
import { createToken } from '../../src/membership/tokens/schema'
import { formatCode } from '../../src/platform/invitation-codes/code'
import { newCode } from '../../src/platform/invitation-codes/secrecy'
import { importCatalogue } from '../../src/roles/services/schema'
import { Authenticator } from '../support/authenticator'
import { type Issuer, startIssuer } from '../support/issuer'
import { details } from '../support/organizations'
import { type PostgresServer, programs, startPostgres, statement } from '../support/postgres'
import { program } from '../support/program'
import { asSeen } from '../support/seen'
import { type ServerProcess, startServer } from '../support/server'
import { secretIn, testBaseUrl, testSecret } from '../support/site'
import { type Catcher, mailFrom, openCatcher } from '../support/smtp'
import { totp } from '../support/totp'
import { until } from '../support/until'
import { Secrets, WatchedBrowser } from '../support/watched-browser'

// Unique codes, passwords and tokens go through every flow with maximum logging: the server at its most verbose level,
// and PostgreSQL with every statement and its values.

const logs = mkdtempSync(join(tmpdir(), 'guildhall-canary-'))
const secrets = new Secrets()
const browsers: WatchedBrowser[] = []
let postgres: PostgresServer
let catcher: Catcher
let issuer: Issuer
let server: ServerProcess

const databaseUrl = () => postgres.url('canary')

beforeAll(async () => {
  chmodSync(logs, 0o777)
  const logging = { logging_collector: 'on', log_directory: logs, log_statement: 'all', log_min_messages: 'debug1' }
  postgres = await startPostgres(Object.entries(logging).flatMap(([name, value]) => ['-c', `${name}=${value}`]))
  await statement(postgres.url('postgres'), 'create database canary')
  catcher = await openCatcher()
  issuer = await startIssuer({ baseUrl: testBaseUrl })
  server = await startServer(await program('--check-answers'), {
    DATABASE_URL: databaseUrl(),
    BASE_URL: testBaseUrl,
    GUILDHALL_SECRET: testSecret,
    LOG_LEVEL: 'trace',
    SMTP_URL: catcher.url,
    MAIL_FROM: mailFrom,
    OIDC_ISSUER: issuer.settings.issuer,
    OIDC_CLIENT_ID: issuer.settings.clientId,
    OIDC_CLIENT_SECRET: issuer.settings.clientSecret,
  })
  secrets.add(testSecret, 'GUILDHALL_SECRET')
  secrets.add(issuer.settings.clientSecret, 'OIDC_CLIENT_SECRET')
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
  await catcher.close()
  await postgres.stop()
  rmSync(logs, { recursive: true, force: true })
})

function open(email = ''): WatchedBrowser {
  const browser = new WatchedBrowser(server.url, secrets, email)
  browsers.push(browser)
  return browser
}

const passwordOf = (email: string) => `canary of ${email}, 1st`

async function mailed(address: string, path: string): Promise<string> {
  const secret = secretIn(await catcher.mailTo(address), path)
  secrets.add(secret, `the mail to ${address}`)
  return secret
}

/** A person who has registered, confirmed their address, and signed in. */
async function arrive(email: string): Promise<WatchedBrowser> {
  const browser = open(email)
  const password = passwordOf(email)
  await browser.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  await browser.try(signIn, { email, password: `wrong ${password}` })
  await browser.call(signIn, { email, password })
  await browser.call(confirmOwnAddress, { token: await mailed(email, '/confirm-address') })
  return browser
}

async function becomeOperator(browser: WatchedBrowser): Promise<void> {
  const token = /\/setup#(\S+)/.exec(server.output())![1]!
  await browser.call(claimSetupLink, { token })
}

async function inviteAndAccept(operator: WatchedBrowser): Promise<void> {
  const admin = await arrive('admin@example.org')
  const { id: organizationId } = await admin.call(createOrganization, details())
  await asSeen(operator).call(acceptOrganization, { organizationId })
  const friend = await arrive('friend@example.org')
  const first = await admin.call(createInvitation, { organizationId, sendTo: 'friend@example.org' })
  await admin.call(showInvitationCode, { organizationId, invitationId: first.id })
  await mailed('friend@example.org', '/join')
  const [address, sendTo] = ['invited@example.org', 'confirming@example.org']
  await admin.call(createInvitation, { organizationId, sendTo: address })
  const secret = await mailed(address, '/join')
  secrets.add(secret.split('.')[1]!, 'the secret of a mailed invitation')
  const password = passwordOf(address)
  const form = { password, firstName: 'Ivy', lastName: 'Cruz', country: 'PH', code: `${testBaseUrl}/join#${secret}` }
  await open(address).call(registerAccount, { ...form, email: address })
  await open(sendTo).call(registerAccount, { ...form, email: sendTo })
  await admin.call(createInvitation, { organizationId, sendTo })
  await catcher.mailTo(sendTo)
  const late = secretIn(await catcher.mailTo(sendTo), '/join').split('.')[1]!
  secrets.add(late, 'the secret of another mailed invitation')
  const registered = open(sendTo)
  await registered.call(signIn, { email: sendTo, password })
  await registered.call(confirmOwnAddress, { token: late })
  for (const code of [first.code, first.code.toLowerCase(), `${first.code}0`, first.link]) {
    await friend.try(previewInvitation, { code })
  }
  await friend.call(acceptInvitation, { code: first.code })
  const second = await admin.call(createInvitation, { organizationId })
  await admin.call(revokeInvitation, { organizationId, invitationId: second.id })
  await friend.try(acceptInvitation, { code: second.code })
  await misplace(friend, (await admin.call(createInvitation, { organizationId })).code)
}

/** Sends a secret in the wrong places; no output may repeat it. */
async function misplace(browser: WatchedBrowser, secret: string): Promise<void> {
  const path = '/api/invitations/preview'
  await browser.raw('GET', `${path}?code=${secret}`)
  await browser.raw('GET', `/api/organizations/${secret}`)
  for (const path of [`/join/${secret}`, `/join%23${secret}`, `/join%2523${secret}?utm_source=mail`])
    await browser.raw('GET', path, undefined, { accept: 'application/json' }).catch(() => undefined)
  await browser.raw('POST', path, `{"code": "${secret}"`)
  await browser.raw('POST', path, JSON.stringify({ code: secret, note: secret }))
  await browser.raw('POST', path, secret, { 'content-type': 'text/plain' })
  await browser.raw('POST', path, JSON.stringify({ code: secret }), { origin: `https://${secret}.example.org` })
  await browser.raw('POST', path, JSON.stringify({ code: secret.repeat(2000) }))
}

async function replacePasswords(operator: WatchedBrowser): Promise<void> {
  const email = 'forgetful@example.org'
  const browser = await arrive(email)
  const { account } = await browser.call(getMe, {})
  await browser.call(authenticateAgain, { password: passwordOf(email) })
  await browser.call(changePassword, { password: 'canary that was changed' })
  await catcher.mailTo(email)
  await open().call(requestPasswordReset, { email })
  const token = await mailed(email, '/reset')
  await open().call(resetPassword, { token, password: 'canary that was reset, 1' })
  await open().try(resetPassword, { token, password: 'canary that was too late' })
  const { link } = await operator.call(makeResetLink, {
    accountId: account.id,
    email: account.email,
    reason: 'A test.',
  })
  await open().call(resetPassword, { token: link.split('#')[1]!, password: 'canary that was reset, 2' })
  const again = open(email)
  await again.call(signIn, { email, password: 'canary that was reset, 2' })
  await again.call(changeOwnAddress, { email: 'moved@example.org' })
  await again.call(confirmOwnAddress, { token: await mailed('moved@example.org', '/confirm-address') })
  await again.call(exportOwnAccount, {})
  await again.call(signOut, {})
}

async function signInInSteps(): Promise<void> {
  const email = 'careful@example.org'
  const browser = await arrive(email)
  const password = passwordOf(email)
  const { secret, recoveryCodes } = await browser.call(startSecondFactor, { password })
  await browser.call(confirmSecondFactor, { code: totp(secret) })
  const other = open(email)
  await other.call(signIn, { email, password })
  await other.try(giveSecondFactor, { code: 'q7w2x-m9k4z-p3v8t', recovery: true })
  await other.call(giveSecondFactor, { code: recoveryCodes[0]!, recovery: true })
  await other.call(renewRecoveryCodes, { password })

  const authenticator = new Authenticator(testBaseUrl)
  const { options } = await other.call(startPasskey, {})
  await other.call(addPasskey, { name: 'Phone', response: authenticator.create(options) })
  const third = open(email)
  const asked = await third.call(startPasskeySignIn, {})
  await third.call(signInWithPasskey, { response: authenticator.get(asked.options) })
  await third.call(getMe, {})
}

async function comeFromTheProvider(): Promise<void> {
  issuer.people.set('rosa', { email: 'rosa@example.org', email_verified: true, given_name: 'Rosa', family_name: 'Lim' })
  const browser = open()
  const { address } = await browser.call(startProviderSignIn, {})
  const back = new URL(await issuer.visit(address, 'rosa'))
  secrets.add(back.searchParams.get('code')!, 'the provider’s code')
  const cookie = browser.cookieHeader()
  for (const times of [1, 2]) {
    const response = await fetch(server.url + back.pathname + back.search, { redirect: 'manual', headers: { cookie } })
    if (times === 1) browser.keep(response.headers)
  }
  await browser.call(getMe, {})
}

/** Credentials of programs and services. Nothing is reached: the address is not allowed. */
async function useServices(operator: WatchedBrowser): Promise<void> {
  const roles = [
    { key: 'user', kind: 'access' as const, name: 'User', default: true },
    { key: 'small', kind: 'quota' as const, name: 'Small', default: true },
  ]
  const service = 'object-store'
  await operator.call(importCatalogue, { services: [{ key: service, name: 'Object store', roles, s3Keys: 2 }] })
  await operator.call(createServiceKey, { key: service, name: 'Hub' })
  const url = 'https://127.0.0.1/'
  const webhook = await operator.call(createWebhook, { service, name: 'Hub', url })
  await operator.call(rotateWebhookSecret, { connectionId: webhook.id })
  const keys = { accessKey: 'CANARY', secretKey: 'canary-of-the-gateway-1st' }
  const gateway = await operator.call(createS3Gateway, { service, name: 'Gateway', url, ...keys })
  for (const { id: connectionId } of [webhook, gateway])
    await operator.call(switchConnection, { connectionId, enabled: true })
  const person = await arrive('storing@example.org')
  await person.call(createToken, { name: 'Script', scopes: ['read:s3-keys'] })
  const { id: keyId } = await person.call(createS3Key, { service, name: 'Laptop' })
  await person.call(showS3Secret, { keyId })
  await person.call(resetS3Secret, { keyId })
  await person.call(listS3Keys, {})
  await person.call(exportOwnAccount, {})
  await operator.call(checkConnection, { connectionId: gateway.id })
  const changed = { accessKey: 'CANARY', secretKey: 'canary-of-the-gateway-2nd' }
  await operator.call(setS3GatewayKeys, { connectionId: gateway.id, ...changed })
  await until(async () => {
    const { items } = await operator.call(listLedgerRows, { connectionId: gateway.id, state: 'failed' })
    return items.length > 0
  })
  await person.call(deleteS3Key, { keyId })
}

/** The same with a database that fails midway, because errors are logged with all available details. */
async function failInTheMiddle(): Promise<void> {
  const code = formatCode(newCode())
  const email = 'careful@example.org'
  const browser = await arrive('unlucky@example.org')
  for (const table of ['invitations', 'verifications', 'credentials', 'sessions']) {
    await statement(databaseUrl(), `alter table ${table} rename to gone`)
    const answers = [
      await browser.try(acceptInvitation, { code }),
      await browser.try(changePassword, { password: 'canary that was lost on its way' }),
      await open().try(resetPassword, { token: 'canary-of-a-token-0123456789', password: 'canary that was in vain' }),
      await open().try(signIn, { email, password: passwordOf(email) }),
    ]
    await statement(databaseUrl(), `alter table gone rename to ${table}`)
    expect(answers.map(({ status }) => status)).toContain(500)
  }
}

test('no code, password or token is in logs, refusals, events or the database, whatever happens to it', async () => {
  const operator = await arrive('operator@example.org')
  await becomeOperator(operator)
  await inviteAndAccept(operator)
  await replacePasswords(operator)
  await signInInSteps()
  await comeFromTheProvider()
  await useServices(operator)
  await failInTheMiddle()

  expect(secrets.seen.size).toBeGreaterThan(60)
  const printed = server.output().split('\n')
  // The setup link is printed for the person who starts the server, but never appears in the log.
  const log = printed.filter((line) => line.startsWith('{')).join('\n')
  expect(log).toContain('request failed')
  expect(secrets.in(log)).toEqual([])
  expect(printed.filter((line) => secrets.in(line).length > 0)).toEqual([expect.stringContaining('/setup#')])
  expect(secrets.in(browsers.flatMap(({ refusals }) => refusals).join('\n'))).toEqual([])
  const statements = readdirSync(logs)
    .map((file) => readFileSync(join(logs, file), 'utf8'))
    .join('\n')
  expect(statements).toContain('insert into invitations')
  expect(secrets.in(statements)).toEqual([])
  const dump = execFileSync(join(programs(), 'pg_dump'), [databaseUrl()], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  expect(dump).toContain('invitation_accepted')
  expect(secrets.in(dump)).toEqual([])
})
