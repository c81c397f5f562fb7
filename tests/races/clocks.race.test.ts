import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerAccount } from '../../src/identity/accounts/schema'
import { authenticateAgain, signIn } from '../../src/identity/authentication/schema'
import { addPasskey, signInWithPasskey, startPasskey, startPasskeySignIn } from '../../src/identity/passkeys/schema'
import { requestPasswordReset, resetPassword } from '../../src/identity/passwords/schema'
import { setSitePolicy } from '../../src/identity/site/schema'
import { confirmOwnAddress, getMe } from '../../src/membership/me/schema'
import { sql } from '../../src/platform/db/sql'
import { Authenticator } from '../support/authenticator'
import { Browser } from '../support/browser'
import { clockShiftedBy } from '../support/clock'
import { type Cluster, openCluster } from '../support/cluster'
import { program } from '../support/program'
import { asSeen } from '../support/seen'
import { type ServerProcess, startServer } from '../support/server'
import { password, policy, secretIn, testBaseUrl } from '../support/site'
import { type Catcher, openCatcher } from '../support/smtp'

// One server's clock is wrong. All times come from the database, so sessions last neither longer nor shorter, and links
// are valid for as long as their mails say.

let catcher: Catcher
let cluster: Cluster
let folder: string
const servers: Record<string, ServerProcess> = {}

beforeAll(async () => {
  catcher = await openCatcher()
  cluster = await openCluster({ smtp: catcher.url })
  folder = mkdtempSync(join(tmpdir(), 'guildhall-clock-'))
  for (const [name, hours] of [
    ['behind', -25],
    ['ahead', 25],
  ] as const) {
    const preload = clockShiftedBy(hours, folder)
    servers[name] = await startServer(['--require', preload, ...(await program('--check-answers'))], cluster.settings)
  }
  const operator = await cluster.person('Olga', { operator: true })
  await asSeen(operator).call(setSitePolicy, { ...policy, sessionHours: 24 })
})
afterAll(async () => {
  await Promise.all(Object.values(servers).map(({ stop }) => stop()))
  rmSync(folder, { recursive: true, force: true })
  await cluster.close()
  await catcher.close()
})

const newPerson = async () => cluster.person(undefined, { passwordHash: await cluster.hashing.hash(password) })

for (const name of ['behind', 'ahead']) {
  test(`a person who signs in at a server that is a day ${name} is signed in everywhere, and for the usual time`, async () => {
    const { email } = await newPerson()
    const browser = new Browser({ url: servers[name]!.url })
    await browser.call(signIn, { email, password })
    for (const url of [...cluster.urls, servers[name]!.url]) {
      const there = new Browser({ url })
      for (const [cookie, value] of browser.cookies) there.cookies.set(cookie, value)
      expect((await there.try(getMe, {})).status).toBe(200)
    }
    await browser.call(authenticateAgain, { password })
  })

  test(`links that are asked for at a server that is a day ${name} are mailed, and good for as long as their mails say`, async () => {
    const email = `${name}@example.org`
    const [wrong, right] = [servers[name]!.url, cluster.urls[0]].map((url) => new Browser({ url }))
    await wrong!.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
    await wrong!.call(requestPasswordReset, { email })
    const said = await cluster.db.rows(sql`
      select m.template, exists (
        select from verifications v where v.account_id = m.account_id and v.expires_at = (m.details->>'expiresAt')::timestamptz) as true
      from mails m where m.address = ${email} order by m.template`)
    expect(said).toEqual([
      { template: 'confirm_address', true: true },
      { template: 'reset_password', true: true },
    ])
    const mails = [await catcher.mailTo(email), await catcher.mailTo(email)]
    const mailed = (subject: string) => mails.find((mail) => mail.subject === subject)!
    await right!.call(signIn, { email, password })
    const confirmation = secretIn(mailed('Confirm your e-mail address'), '/confirm-address')
    await right!.call(confirmOwnAddress, { token: confirmation })
    const reset = secretIn(mailed('Reset your password'), '/reset')
    await right!.call(resetPassword, { token: reset, password: 'staple battery horse' })
  })

  test(`a passkey’s challenge of a server that is a day ${name} is answered at any other`, async () => {
    const { email } = await newPerson()
    const [wrong, right] = [servers[name]!.url, cluster.urls[0]]
    const browser = new Browser({ url: right })
    await browser.call(signIn, { email, password })
    const authenticator = new Authenticator(testBaseUrl)
    const { options } = await browser.call(startPasskey, {})
    await browser.call(addPasskey, { name: 'Phone', response: authenticator.create(options) })
    for (const [from, to] of [
      [wrong, right],
      [right, wrong],
    ] as const) {
      const [asked, answering] = [new Browser({ url: from }), new Browser({ url: to })]
      const challenge = await asked.call(startPasskeySignIn, {})
      for (const [cookie, value] of asked.cookies) answering.cookies.set(cookie, value)
      await answering.call(signInWithPasskey, { response: authenticator.get(challenge.options) })
      expect((await answering.try(getMe, {})).status).toBe(200)
    }
  })
}
