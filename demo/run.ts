// npm run demo: a whole cloud on this machine, to try Guildhall with: the portal, an S3 gateway and a JupyterHub, with the
// catalogue of CopPhil and three people. docs/demo.md walks through it. Everything ends, and is deleted, with Ctrl-C.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../scripts/ensure.mjs'
import { ensureCeph } from '../scripts/services/ceph.mjs'
import { ensureJupyterHub } from '../scripts/services/jupyterhub.mjs'
import { startCeph } from '../tests/support/ceph'
import { startJupyterHub } from '../tests/support/jupyterhub'
import { freePort } from '../tests/support/postgres'
import { startPortal } from './portal'
import { connect, makeWorld, password, registerHub, type World } from './world'

const say = (line: string) => console.log(line)

/** What has to be stopped, in the order in which it was started. */
const running: { stop(): Promise<unknown> }[] = []
const folder = mkdtempSync(join(tmpdir(), 'guildhall-demo-'))

let stopping: Promise<void> | undefined
const stop = () => {
  stopping ??= (async () => {
    for (const one of running.reverse()) await one.stop()
    rmSync(folder, { recursive: true, force: true })
  })()
  return stopping
}

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
})

async function main(): Promise<void> {
  ensureBuild()
  const hubPrograms = ensureJupyterHub(say)
  const cephPrograms = ensureCeph(say)
  say('Starting the portal …')
  const portal = await startPortal(folder, Number(process.env.PORT || 0) || (await freePort()))
  running.push(portal)
  const hubPort = await freePort()
  const hubUrl = `http://127.0.0.1:${hubPort}`
  const world = await makeWorld(portal, { hubUrl })
  say('Starting the S3 gateway …')
  const ceph = await startCeph(cephPrograms, () => undefined)
  running.push(ceph)
  say('Starting JupyterHub …')
  const { id: clientId, secret: clientSecret } = await registerHub(world.operator, hubUrl)
  const hubToken = randomBytes(32).toString('hex')
  const settings = "c.Spawner.default_url = '/lab'"
  const needed = { issuer: portal.url, clientId, clientSecret, token: hubToken, port: hubPort, settings }
  running.push(await startJupyterHub(needed, hubPrograms))
  await connect(world.operator, { hubUrl, hubToken, gateway: ceph.address })
  say(introduction(portal.url, hubUrl, ceph.address.endpoint, world))
}

const introduction = (url: string, hubUrl: string, gateway: string, { operator, admin, member }: World) => `
Everything runs, on this machine only.

  Guildhall      ${url}
  JupyterHub     ${hubUrl}
  S3 gateway     ${gateway}

Sign in with one of these addresses and the password “${password}”:

  ${operator.email}    operates the site
  ${admin.email}        admin of the organization Reef Institute
  ${member.email}       member of it

Try this: as Ben, open JupyterHub from “Active roles”, and type “echo $CPU_LIMIT $MEM_LIMIT” in a terminal there. In
another browser, as Ana, remove Ben under “Users & privileges”. Within seconds Ben’s server is stopped. As Ana, add an S3
key under “S3 keys”. As Olga, look at both connections under “Connections”.

Press Ctrl-C to end and delete everything.
`

try {
  await Promise.race([main(), stopped])
  await stopped
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await stop()
}
