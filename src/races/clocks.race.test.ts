import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPasskey, signInWithPasskey, startPasskey, startPasskeySignIn } from '../passkeys/schema'
import { authenticateAgain, getMe, signIn } from '../sessions/schema'
import { setSitePolicy } from '../site/schema'
import { Authenticator } from '../testing/authenticator'
import { Browser } from '../testing/browser'
import { type Cluster, openCluster } from '../testing/cluster'
import { program } from '../testing/program'
import { asSeen } from '../testing/seen'
import { type ServerProcess, startServer } from '../testing/server'
import { password, policy, testBaseUrl } from '../testing/site'

// A server whose clock is wrong, beside others: times are the database's, so nobody is signed in for longer, or shorter.

let cluster: Cluster
let folder: string
const servers: Record<string, ServerProcess> = {}

/** Node with another clock, so many hours from the machine's. */
const shifted = (hours: number) => `
  const shift = ${hours} * 3600000
  const Right = Date
  globalThis.Date = class Date extends Right {
    constructor(...given) {
      if (given.length === 0) super(Right.now() + shift)
      else super(...given)
    }
    static now() {
      return Right.now() + shift
    }
  }`

beforeAll(async () => {
  cluster = await openCluster()
  folder = mkdtempSync(join(tmpdir(), 'guildhall-clock-'))
  for (const [name, hours] of [
    ['behind', -25],
    ['ahead', 25],
  ] as const) {
    const preload = join(folder, `${name}.cjs`)
    writeFileSync(preload, shifted(hours))
    servers[name] = await startServer(['--require', preload, ...(await program('--check-answers'))], cluster.settings)
  }
  const operator = await cluster.person('Olga', { operator: true })
  await asSeen(operator).call(setSitePolicy, { ...policy, sessionHours: 24 })
})
afterAll(async () => {
  await Promise.all(Object.values(servers).map(({ stop }) => stop()))
  rmSync(folder, { recursive: true, force: true })
  await cluster.close()
})

const newPerson = async () => cluster.person(undefined, { passwordHash: await hashPassword(password) })

for (const name of ['behind', 'ahead']) {
  test(`whoever signs in at a server that is a day ${name} is signed in everywhere, and as long as anybody`, async () => {
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
