import { v7 as uuid } from 'uuid'
import { Problem } from '../../platform/errors'
import { admittedEndpoint, command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { checkNow, outcomeForOperator, targetOf } from '../ledger/deliveries'
import { findConnection } from '../ledger/delivery-store'
import { resync } from '../ledger/enqueueing'
import { mustBeConnectable, mustBeConnection, mustBeHere, mustBeOn } from './rules'
import {
  checkConnection,
  createConnection,
  deleteConnection,
  listConnections,
  resyncConnection,
  switchConnection,
} from './schema'
import {
  loadConnection,
  loadConnections,
  loadServiceToConnect,
  saveConnection,
  saveConnectionDeletion,
  saveSwitch,
} from './store'

export const connectionRoutes: Route[] = [
  query(listConnections, {
    load: ({ db, credential, context }) => loadConnections(db, credential, context.baseUrl),
    answer: ({ connections }) => ({ connections }),
  }),

  command(createConnection, {
    load: ({ db, credential, input }) => loadServiceToConnect(db, credential, input.service),
    decide: (facts, { kind, name }, { baseUrl }) => {
      const { id: serviceId } = mustBeConnectable(facts)
      return { actor: facts.actor, connection: { id: uuid(), serviceId, kind, name, boundTo: baseUrl } }
    },
    save: (db, { actor, connection }) => saveConnection(db, actor, connection),
    answer: ({ id }) => ({ id }),
  }),

  command(switchConnection, {
    load: ({ db, credential, input }) => loadConnection(db, credential, input.connectionId),
    decide: ({ actor, ...facts }, { connectionId, enabled }, { baseUrl }) => {
      const connection = mustBeConnection(facts.connection)
      // One that belongs to another site counts as off: switching it on makes it this site’s.
      const alreadySo = connection.enabled === enabled && (!enabled || connection.boundTo === baseUrl)
      if (alreadySo) return new Unchanged(done())
      return { actor, connectionId, enabled, baseUrl }
    },
    save: (db, { actor, connectionId, enabled, baseUrl }) => saveSwitch(db, actor, connectionId, enabled, baseUrl),
    answer: (_saved, _change, { ledger }) => {
      ledger.activate()
      return done()
    },
  }),

  command(resyncConnection, {
    load: ({ db, credential, input }) => loadConnection(db, credential, input.connectionId),
    decide: ({ actor, connection }, { connectionId, confirmLosses }, { baseUrl }) => {
      const found = mustBeConnection(connection)
      mustBeOn(found, baseUrl)
      if (confirmLosses === undefined) return { baseUrl, connectionId, confirmation: undefined }
      if (found.withheld > confirmLosses) throw new Problem('losses_changed')
      return { baseUrl, connectionId, confirmation: { losses: confirmLosses, by: actor } }
    },
    save: async (db, { baseUrl, connectionId, confirmation }) => {
      const compared = await resync(db, baseUrl, connectionId, confirmation)
      // More than was confirmed: the decision is made again, with the new number.
      return confirmation && compared.withheld > 0 ? undefined : compared
    },
    answer: done,
  }),

  admittedEndpoint(checkConnection, async ({ context: { db, delivering, baseUrl }, input: { connectionId } }) => {
    const found = mustBeConnection(await findConnection(db, connectionId))
    if (found.kind === 'pull') throw new Problem('connection_asks_itself')
    mustBeHere(found, baseUrl)
    return { answer: outcomeForOperator(await checkNow(delivering, targetOf(delivering, found))) }
  }),

  command(deleteConnection, {
    load: ({ db, credential, input }) => loadConnection(db, credential, input.connectionId),
    decide: ({ actor, connection }, { connectionId, revoke }, { baseUrl }) => {
      const found = mustBeConnection(connection)
      if (found.kind === 'openid') throw new Problem('connection_of_application')
      // A service that asks for changes is told nothing.
      const taken = revoke && found.kind !== 'pull'
      if (taken) mustBeOn(found, baseUrl)
      return { actor, connectionId, revoke: taken }
    },
    save: (db, { actor, connectionId, revoke }) => saveConnectionDeletion(db, actor, connectionId, revoke),
    answer: (_saved, _change, { ledger }) => {
      ledger.activate()
      return done()
    },
  }),
]
