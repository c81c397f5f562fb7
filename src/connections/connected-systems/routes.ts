import { v7 as uuid } from 'uuid'
import { invalidInput, Problem } from '../../platform/errors'
import { admittedEndpoint, type Context, command, done, type Route } from '../../platform/http/flow'
import { t } from '../../platform/messages/t'
import { seal } from '../../platform/sealing'
import { mustBeConnectable, mustBeConnection, mustBeHere } from '../connection-settings/rules'
import { loadServiceToConnect, saveConnection } from '../connection-settings/store'
import type { UsedConnection } from '../kinds/connector'
import { connectorOf, targetOf } from '../ledger/deliveries'
import { findConnection } from '../ledger/delivery-store'
import { mostRows, mostTroubles, readRows } from './adopting'
import { isAnotherSystem, remoteOf, storedSettings } from './rules'
import { adoptEntries, changeSystem, connectSystem, previewSystem, setSystemMode } from './schema'
import { adoptingLeftIn, findServiceOfSystem, loadSystem, previewOf, saveAdoption, saveMode, saveSystem } from './store'

export const connectedSystemRoutes: Route[] = [
  command(connectSystem, {
    load: ({ db, credential, input }) => loadServiceToConnect(db, credential, input.service),
    decide: (facts, { name, settings, secret }, { baseUrl, keys }) => {
      const { id: serviceId } = mustBeConnectable(facts)
      const id = uuid()
      const sealed = seal(secret, id, keys.connectionSealing)
      const { kind } = settings
      const stored = { settings: storedSettings(settings), remote: remoteOf(settings) }
      return { actor: facts.actor, system: { id, serviceId, kind, name, boundTo: baseUrl, sealed, ...stored } }
    },
    save: (db, { actor, system }) => saveConnection(db, actor, system, adoptingLeftIn(system.remote)),
    answer: ({ id }) => ({ id }),
  }),

  command(changeSystem, {
    load: ({ db, credential, input }) => loadSystem(db, credential, input.connectionId),
    decide: ({ actor, system }, { connectionId, settings, secret }, { keys }) => {
      const found = mustBeConnection(system)
      const { kind } = settings
      const remote = remoteOf(settings)
      // What it made in the former one would be left behind.
      if (isAnotherSystem(found, settings)) throw new Problem('system_is_another')
      const sealed = secret === null ? null : seal(secret, connectionId, keys.connectionSealing)
      return { actor, change: { connectionId, kind, remote, settings: storedSettings(settings), sealed } }
    },
    save: (db, { actor, change }) => saveSystem(db, actor, change),
    answer: done,
  }),

  command(setSystemMode, {
    load: ({ db, credential, input }) => loadSystem(db, credential, input.connectionId),
    decide: ({ actor, system }, { connectionId, mode }) => {
      mustBeConnection(system)
      return { actor, connectionId, mode }
    },
    save: (db, { actor, connectionId, mode }) => saveMode(db, actor, connectionId, mode),
    answer: (_saved, _change, { ledger }) => {
      ledger.activate()
      return done()
    },
  }),

  admittedEndpoint(previewSystem, async ({ context, input: { connectionId } }) => {
    const { db } = context
    const { target, connection } = await systemToAsk(context, connectionId)
    return { answer: await previewOf(db, connection, await listed(context, target)) }
  }),

  admittedEndpoint(adoptEntries, async ({ context, actor, input: { connectionId, csv, dryRun } }) => {
    const { db } = context
    const { target } = await systemToAsk(context, connectionId)
    const { rows, troubles: unread } = readRows(csv)
    if (rows.length > mostRows) throw invalidInput('csv', t('At most 5,000 rows.'))
    const names = await listed(context, target)
    const adoption = { connectionId, rows, listed: names, dryRun: dryRun || unread.length > 0 }
    const { adopted, known, troubles } = await saveAdoption(db, actor, adoption)
    const all = [...unread, ...troubles].sort((one, other) => one.row - other.row)
    const none = all.length > 0
    if (!none && !dryRun) context.ledger.activate()
    const answer = {
      rows: rows.length + unread.length,
      adopted: none ? 0 : adopted,
      known,
      troubles: all.slice(0, mostTroubles),
    }
    return { answer }
  }),
]

/** The connection of a system, which is about to be asked what it has. */
async function systemToAsk({ db, delivering, baseUrl }: Context, connectionId: string) {
  const found = mustBeConnection(await findConnection(db, connectionId))
  const { serviceId } = mustBeConnection(await findServiceOfSystem(db, connectionId))
  mustBeHere(found, baseUrl)
  const connection = {
    id: connectionId,
    serviceId,
    clientId: null,
    kind: found.kind,
    isSystem: true,
    ending: false,
    withholding: false,
  }
  return { target: targetOf(delivering, found), connection }
}

/** How long everything in a system may take to be listed for an operator who waits, in ms. */
const listingMs = 60_000

async function listed({ delivering }: Context, target: UsedConnection): Promise<string[]> {
  const names: string[] = []
  try {
    for await (const page of connectorOf(delivering, target).list!(target, AbortSignal.timeout(listingMs)))
      names.push(...page)
  } catch {
    throw new Problem('system_not_listed')
  }
  return names
}
