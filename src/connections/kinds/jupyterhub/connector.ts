import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../../../platform/db/database'
import type { Outbound } from '../../outbound/outbound'
import { applied, type Connector, Refused, type UsedConnection } from '../connector'
import { isOfAnotherMembership } from '../person-of-change'
import { findObject, rememberObject, saveObjectState } from '../remote-objects'
import { restApi } from '../rest'
import { type HubUser, type JupyterHubApi, jupyterHubApi } from './hub'

/** How long to wait before a server that has not stopped yet is asked to stop once more, in ms. */
const stopAgainAfter = 500

/**
 * JupyterHub. Whoever may use the service is in a group, from which the hub's configuration gives the right to use it. When
 * access ends, or the membership that it came with, servers are stopped and tokens deleted: they would go on, and work again when
 * the person comes back. People are not deleted, because some spawners delete their files with them.
 */
export const jupyterHub = (outbound: Outbound, { db }: { db: Database }): Connector => ({
  async apply(target, change, signal) {
    const hub = hubOf(outbound, target, signal)
    const group = target.settings.group!
    const place = { connectionId: target.id, kind: 'user', accountId: change.accountId }
    const known = await findObject(db, place)
    // Nothing was ever made there for this person.
    if (!change.desired && !known) return { code: applied }
    const { externalId: name } = known ?? (await rememberObject(db, place, change.accountId))
    const user = await hub.findUser(name)
    if (!change.desired || isOfAnotherMembership(change)) await endUse(hub, group, name, user, signal)
    if (change.desired) await beginUse(hub, group, name, user)
    const [left] = differences(await look(hub, name), group, change.desired !== null)
    if (left) throw new Refused({ code: left })
    await saveObjectState(db, place, !change.desired)
    return { code: applied }
  },

  async check(target, signal) {
    await checkRights(hubOf(outbound, target, signal), target.settings.group!)
    return { code: applied }
  },

  async observe(target, change, signal) {
    const hub = hubOf(outbound, target, signal)
    const known = await findObject(db, { connectionId: target.id, kind: 'user', accountId: change.accountId })
    if (!known) return { differences: change.desired ? ['user_missing'] : [], strangers: [] }
    const found = await look(hub, known.externalId)
    return { differences: differences(found, target.settings.group!, change.desired !== null), strangers: [] }
  },

  async *list(target, signal) {
    const hub = hubOf(outbound, target, signal)
    for (let offset: number | null = 0; offset !== null; ) {
      const page = await hub.listUsers(offset)
      yield page.names
      offset = page.next
    }
  },
})

interface Found {
  user: HubUser | null
  tokens: string[]
}

async function look(hub: JupyterHubApi, name: string): Promise<Found> {
  const user = await hub.findUser(name)
  return { user, tokens: user ? await hub.listTokens(name) : [] }
}

/** How what was found differs from what should be there, as codes. */
function differences({ user, tokens }: Found, group: string, inUse: boolean): string[] {
  if (!user) return inUse ? ['user_missing'] : []
  if (inUse) return user.groups.includes(group) ? [] : ['group_missing']
  return [
    ...(user.groups.includes(group) ? ['still_in_group'] : []),
    ...(user.servers.length > 0 ? ['server_running'] : []),
    ...(tokens.length > 0 ? ['token_present'] : []),
  ]
}

async function beginUse(hub: JupyterHubApi, group: string, name: string, user: HubUser | null): Promise<void> {
  if (!user) await hub.createUser(name)
  if (!user?.groups.includes(group)) await hub.join(group, name)
}

/**
 * Leaving the group comes first: until then a server that is stopped can be started again. Tokens do not wait for servers to
 * stop, which takes seconds; that of a server goes after it.
 */
async function endUse(hub: JupyterHubApi, group: string, name: string, user: HubUser | null, signal: AbortSignal) {
  if (!user) return
  if (user.groups.includes(group)) await hub.leave(group, name)
  // Read after that: none can begin any more.
  const servers = (await hub.findUser(name))?.servers ?? []
  await Promise.all([deleteTokens(hub, name), ...servers.map((server) => stop(hub, name, server, signal))])
  await deleteTokens(hub, name)
}

async function deleteTokens(hub: JupyterHubApi, name: string): Promise<void> {
  await Promise.all((await hub.listTokens(name)).map((id) => hub.deleteToken(name, id)))
}

async function stop(hub: JupyterHubApi, name: string, server: string, signal: AbortSignal): Promise<void> {
  while (!(await hub.stopServer(name, server))) await wait(stopAgainAfter, undefined, { signal })
}

/** Tries each right on a person that there is not. */
async function checkRights(hub: JupyterHubApi, group: string): Promise<void> {
  const nobody = randomUUID()
  if (!(await hub.groupExists(group))) throw new Refused({ code: 'group_unknown', answer: group })
  await hub.listUsers(0)
  await hub.findUser(nobody)
  await hub.stopServer(nobody, '')
  await hub.deleteToken(nobody, 'a0')
}

function hubOf(outbound: Outbound, { settings, secrets }: UsedConnection, signal: AbortSignal): JupyterHubApi {
  const headers = { authorization: `token ${secrets()[0]}` }
  return jupyterHubApi(restApi(outbound, { base: `${settings.url}/hub/api`, headers, signal }))
}
