import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'

/** What some real servers do, and a connector must stand. */
interface Switches {
  /** Lists have everything, whatever the filter. */
  ignoreFilter: boolean
  /** Groups in lists have no members; a group that is asked for by its id has them. */
  emptyGroups: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: what clients send is kept as it is.
type Kept = Record<string, any>

interface Store {
  switches: Switches
  User: Map<string, Kept>
  Group: Map<string, Kept>
}

/** Starts a SCIM 2.0 server in this process, on loopback, with a bearer token. It keeps users and groups in memory. */
export async function startScimServer(switches: Partial<Switches> = {}) {
  declareResources()
  const store: Store = {
    switches: { ignoreFilter: false, emptyGroups: false, ...switches },
    User: new Map(),
    Group: new Map(),
  }
  const token = randomUUID()
  const app = express()
  const handler = (request: { header(name: string): string | undefined }) => {
    if (request.header('authorization') !== `Bearer ${token}`) throw new Error('another token is needed')
    return 'client'
  }
  // Express 5 reads the query anew each time, so that what the router makes of `startIndex` and `count` would be lost.
  app.use((request, _, next) => {
    Object.defineProperty(request, 'query', { value: { ...request.query }, writable: true })
    next()
  })
  app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler, context: () => store }))
  const server = app.listen(0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    token,
    /** They may be changed at any time. */
    switches: store.switches,
    users: store.User,
    groups: store.Group,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Resources are declared once for the whole process: which server is meant comes with each request. */
function declareResources() {
  if (SCIMMY.Resources.declared('User')) return
  for (const name of ['User', 'Group'] as const) {
    const resource = SCIMMY.Resources[name] as unknown as typeof SCIMMY.Types.Resource
    SCIMMY.Resources.declare(
      resource
        .ingress(({ id }: Kept, data: Kept, store: Store) => keep(store, name, id, data))
        .egress((request: Kept, store: Store) =>
          request.id ? find(store, name, request.id) : list(store, name, request),
        )
        .degress(({ id }: Kept, store: Store) => {
          find(store, name, id!)
          store[name].delete(id!)
        }),
    )
  }
}

const unique = { User: 'userName', Group: 'displayName' } as const

function keep(store: Store, name: 'User' | 'Group', id: string | undefined, data: Kept) {
  const before = id && find(store, name, id)
  const key = unique[name]
  const same = (one: Kept) => one.id !== id && String(one[key]).toLowerCase() === String(data[key]).toLowerCase()
  if ([...store[name].values()].some(same)) throw new SCIMMY.Types.Error(409, 'uniqueness', `${key} is taken`)
  const now = new Date()
  const meta = { created: before ? before.meta.created : now, lastModified: now }
  const kept = { ...JSON.parse(JSON.stringify(data)), id: id ?? randomUUID(), meta }
  store[name].set(kept.id, kept)
  return kept
}

function find(store: Store, name: 'User' | 'Group', id: string): Kept {
  const found = store[name].get(id)
  if (!found) throw new SCIMMY.Types.Error(404, '', `${name} ${id} not found`)
  return found
}

function list({ switches, ...store }: Store, name: 'User' | 'Group', { filter }: Kept): Kept[] {
  const all = [...store[name].values()]
  const matching = filter && !switches.ignoreFilter ? filter.match(all) : all
  return name === 'Group' && switches.emptyGroups ? matching.map((one: Kept) => ({ ...one, members: [] })) : matching
}
