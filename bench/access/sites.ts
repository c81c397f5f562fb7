import { Agent } from 'node:http'
import { createConnection, switchConnection } from '../../src/connections/connection-settings/schema'
import type { AnswerOf, Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { callBy } from '../call'
import type { Environment, SeededServer } from '../environment'
import { answerTo } from '../loop'
import { guildhall } from '../operations/guildhall'
import type { NextWork, Size } from '../operations/subject'
import type { Client } from '../seed'

/** A Guildhall server whose operator may make keys and connections. */
export interface Site extends SeededServer {
  work: NextWork
  /** A call by the operator. */
  call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<AnswerOf<E>>
}

const signInAgain =
  'update sessions set authenticated_at = now() where account_id in (select id from accounts where operator)'

export async function openSite(environment: Environment, name: string, size: Size): Promise<Site> {
  const server = await environment.open(name, (client) => guildhall.seed(client, size))
  const agent = new Agent()
  return {
    ...server,
    work: await guildhall.work(server.url, size, server.seeded),
    async call(endpoint, input) {
      // Keys and connections need a fresh sign-in.
      if (endpoint.fresh) await server.client.query(signInAgain)
      return JSON.parse(await answerTo(agent, server.url, { ...callBy(0, endpoint, input), check: () => {} }))
    },
  }
}

/** Connects two services that ask for changes, and waits until their ledgers are complete. Returns the connections' IDs. */
export async function connectTwo({ call, client }: Site): Promise<string[]> {
  const ids: string[] = []
  for (const service of ['s5', 's6']) {
    const { id } = await call(createConnection, { service, kind: 'pull', name: 'Benchmark' })
    await call(switchConnection, { connectionId: id, enabled: true })
    ids.push(id)
  }
  await until(client, 'select count(*) = 2 from connections where compared_at > enabled_at')
  // The comparison that follows a minute later and those that follow every five minutes belong to no measurement.
  await client.query(
    "update connections set enabled_at = now() - interval '1 hour', compared_at = now() + interval '1 day'",
  )
  await client.query('vacuum analyze')
  return ids
}

/** Waits until a condition holds. */
export async function until(client: Client, condition: string, values: unknown[] = []): Promise<void> {
  for (;;) {
    const { rows } = await client.query(`select (${condition}) as holds`, values)
    if (rows[0].holds) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
