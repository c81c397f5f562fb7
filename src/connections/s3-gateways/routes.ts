import { v7 as uuid } from 'uuid'
import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { seal } from '../../platform/sealing'
import { loadServiceToConnect, saveConnection } from '../connection-settings/store'
import { createS3Gateway, listGatewayUsers, setS3GatewayKeys, setS3GatewayLimits } from './schema'
import { type GatewayFacts, loadGateway, loadGatewayUsers, saveGatewayKeys, saveGatewayLimits } from './store'

function mustExist({ exists }: GatewayFacts): void {
  if (!exists) throw new Problem('connection_not_found')
}

/** Settings are texts; one that is not set is left out. */
const given = (settings: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

export const s3GatewayRoutes: Route[] = [
  command(createS3Gateway, {
    load: ({ db, credential, input }) => loadServiceToConnect(db, credential, input.service),
    decide: ({ actor, service }, { name, url, accessKey, secretKey, bytesLimit, objectsLimit }, { baseUrl, keys }) => {
      if (!service) throw new Problem('service_not_found')
      if (service.retired) throw new Problem('service_retired')
      const id = uuid()
      const settings = given({ endpoint: url.replace(/\/+$/, ''), accessKey, bytesLimit, objectsLimit })
      const sealed = seal(secretKey, id, keys.connectionSealing)
      const gateway = { id, serviceId: service.id, kind: 's3' as const, name, boundTo: baseUrl, settings, sealed }
      return { actor, gateway }
    },
    save: (db, { actor, gateway }) => saveConnection(db, actor, gateway),
    answer: ({ id }) => ({ id }),
  }),

  command(setS3GatewayKeys, {
    load: ({ db, credential, input }) => loadGateway(db, credential, input.connectionId),
    decide: (facts, { connectionId, accessKey, secretKey }, { keys }) => {
      mustExist(facts)
      const sealed = seal(secretKey, connectionId, keys.connectionSealing)
      return { actor: facts.actor, connectionId, gatewayKeys: { accessKey, sealed } }
    },
    save: (db, { actor, connectionId, gatewayKeys }) => saveGatewayKeys(db, actor, connectionId, gatewayKeys),
    answer: done,
  }),

  command(setS3GatewayLimits, {
    load: ({ db, credential, input }) => loadGateway(db, credential, input.connectionId),
    decide: (facts, { connectionId, bytesLimit, objectsLimit }) => {
      mustExist(facts)
      return { actor: facts.actor, connectionId, limits: { bytesLimit, objectsLimit } }
    },
    save: (db, { actor, connectionId, limits }) => saveGatewayLimits(db, actor, connectionId, limits),
    answer: done,
  }),

  query(listGatewayUsers, {
    load: ({ db, credential, input }) => loadGatewayUsers(db, credential, input),
    answer: (facts, { limit }) => {
      mustExist(facts)
      return toPage(facts.users, limit)
    },
  }),
]
