import { v7 as uuid } from 'uuid'
import { Problem } from '../../platform/errors'
import { command, done, type Route } from '../../platform/http/flow'
import { seal } from '../../platform/sealing'
import { mustBeConnectable, mustBeConnection } from '../connection-settings/rules'
import { loadServiceToConnect, saveConnection } from '../connection-settings/store'
import { remoteOf, storedSettings } from './rules'
import { changeSystem, connectSystem } from './schema'
import { adoptingLeftIn, loadSystem, saveSystem } from './store'

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
      if (found.kind !== kind || found.remote !== remote) throw new Problem('system_is_another')
      const sealed = secret === null ? null : seal(secret, connectionId, keys.connectionSealing)
      return { actor, change: { connectionId, kind, remote, settings: storedSettings(settings), sealed } }
    },
    save: (db, { actor, change }) => saveSystem(db, actor, change),
    answer: done,
  }),
]
