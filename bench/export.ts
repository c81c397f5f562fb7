import { Agent, get, type IncomingMessage } from 'node:http'
import type pg from 'pg'
import { getMe } from '../src/membership/me/schema'
import { exportOrganizationEvents } from '../src/messaging/events/schema'
import { callOf } from '../src/platform/http/client'
import { callBy } from './call'
import { cookieOfSession, type Environment, openEnvironment, type Server } from './environment'
import { closedLoop, quantile, type Work } from './loop'
import { residentMemory } from './process'
import { idsOf, seed, sessionOfAccount } from './seed'

const size = { organizations: 10, members: 1000 }
const events = Number(process.env.EVENTS ?? 1_000_000)
const admin = cookieOfSession(sessionOfAccount(1))

/** Adds `events` events to organization 1, with all its members as actors and subjects. */
async function seedEvents(client: pg.Client): Promise<void> {
  await seed(client, size)
  const ids = await idsOf(client, 'accounts')
  await client.query(
    `insert into events (at, kind, actor_id, subject_id, organization_id, details)
     select now() - interval '1 second' * (${events} - n), 'admin_granted', ($1::uuid[])[1 + n % 1000], ($1::uuid[])[1 + n / 7 % 1000], $2,
       jsonb_build_object('note', 'The ' || n || 'th of many') from generate_series(1, ${events}) n`,
    [ids.slice(1, 1001), (await idsOf(client, 'organizations'))[1]],
  )
  await client.query('vacuum (analyze)')
}

export async function run(): Promise<void> {
  const environment = await openEnvironment()
  try {
    const server = await environment.open('export', seedEvents)
    const organizationId = (await idsOf(server.client, 'organizations'))[1]!
    const { path } = callOf(exportOrganizationEvents, { organizationId })
    // A small warm-up export, so that compiled code and reserved memory do not count as the export's.
    await download(server, callOf(exportOrganizationEvents, { organizationId, kind: 'role_accepted' }).path)
    await meLoop(server, 2)
    await report(server, path)
    await slowReader(environment, server, path)
    console.log(`guildhall check: ${await server.check()}`)
  } finally {
    await environment.close()
  }
}

const me: Work = { ...callBy(1, getMe, {}), check: () => {} }
const meLoop = (server: Server, seconds: number) => closedLoop(server.url, { connections: 1, seconds }, () => me)
const latency = (took: number[]) =>
  `median ${quantile(took, 0.5).toFixed(1)} ms, p99 ${quantile(took, 0.99).toFixed(1)} ms, max ${Math.max(...took).toFixed(1)} ms (${took.length} answers)`

/** Measures the export alone, then during other requests, which also run without it before and after. */
async function report(server: Server, path: string): Promise<void> {
  const before = residentMemory(server.pid)
  const alone = await download(server, path)
  console.log(
    `${alone.rows} rows, ${(alone.bytes / 1e6).toFixed(0)} MB in ${alone.seconds.toFixed(1)} s: ${Math.round(alone.rows / alone.seconds)} rows/s, first byte after ${alone.firstByte.toFixed(0)} ms`,
  )
  console.log(
    `server memory: ${before.toFixed(0)} MiB before, peak ${alone.quarters.map((most) => most.toFixed(0)).join(', ')} MiB in each quarter`,
  )
  console.log(`getMe without: ${latency(await meLoop(server, 5))}`)
  let done = false
  const busy = download(server, path).finally(() => {
    done = true
  })
  const during: number[] = []
  while (!done) for (const took of await meLoop(server, 0.5)) during.push(took)
  await busy
  console.log(`getMe during:  ${latency(during)}`)
  console.log(`getMe without: ${latency(await meLoop(server, 5))}`)
}

interface Download {
  rows: number
  bytes: number
  seconds: number
  firstByte: number
  /** The server's peak resident memory in each quarter of the events. */
  quarters: number[]
}

async function download(server: Server, path: string): Promise<Download> {
  const began = performance.now()
  const response = await open(server, path)
  const result: Download = { rows: -1, bytes: 0, seconds: 0, firstByte: 0, quarters: [0, 0, 0, 0] }
  for await (const part of response as AsyncIterable<Buffer>) {
    result.firstByte ||= performance.now() - began
    result.bytes += part.length
    for (const byte of part) if (byte === 10) result.rows++
    const quarter = Math.min(3, Math.floor((4 * result.rows) / events))
    result.quarters[quarter] = Math.max(result.quarters[quarter]!, residentMemory(server.pid))
  }
  result.seconds = (performance.now() - began) / 1000
  return result
}

/** Reads a megabyte per second for a while, then hangs up. Reports the server's work during and after. */
async function slowReader(environment: Environment, server: Server, path: string): Promise<void> {
  const seconds = 15
  const before = residentMemory(server.pid)
  const response = await open(server, path)
  let bytes = 0
  let most = 0
  const began = performance.now()
  const work = workOf(environment, server)
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length
    most = Math.max(most, residentMemory(server.pid))
    const elapsed = performance.now() - began
    if (elapsed > seconds * 1000) break
    await new Promise((resolve) => setTimeout(resolve, bytes / 1000 - elapsed))
  }
  const read = workOf(environment, server)
  // Leaving the loop destroyed the response and its connection.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const cut = workOf(environment, server)
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const idle = workOf(environment, server)
  console.log(
    `slow reader: ${(bytes / 1e6).toFixed(1)} MB read in ${seconds} s, ${before.toFixed(0)} MiB before, peak ${most.toFixed(0)} MiB; CPU ${(read - work).toFixed(2)} s`,
  )
  console.log(
    `hung up: CPU ${(cut - read).toFixed(2)} s in the first half second, ${(idle - cut).toFixed(2)} s in the 5 s after`,
  )
}

/** CPU seconds of the server and its database so far. */
function workOf(environment: Environment, measured: Server): number {
  const { server, database } = environment.cpu(measured)
  return server + database
}

function open(server: Server, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(server.url + path, { agent: new Agent(), headers: { cookie: admin } }, (response) => {
      if (response.statusCode === 200) resolve(response)
      else reject(new Error(`${path} answered ${response.statusCode}`))
    }).on('error', reject)
  })
}
