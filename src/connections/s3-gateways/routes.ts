import { v7 as uuid } from 'uuid'
import { toPage } from '../../platform/db/page'
import { invalidInput, Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { t } from '../../platform/messages/t'
import { seal } from '../../platform/sealing'
import { mustBeConnectable, mustBeConnection } from '../connection-settings/rules'
import { saveConnection } from '../connection-settings/store'
import { createS3Gateway, listGatewayUsers, setS3GatewayKeys, setS3GatewayLimits } from './schema'
import {
  adoptingUsersAt,
  loadGateway,
  loadGatewayToConnect,
  loadGatewayUsers,
  saveGatewayKeys,
  saveGatewayLimits,
} from './store'

/** One gateway has one address, so that it is not connected twice. */
function endpointOf(url: string): string {
  const { origin, pathname, search, hash } = new URL(url)
  if (search || hash) throw invalidInput('url', t('Enter the address without “?” and “#”.'))
  return origin + pathname.replace(/\/+$/, '')
}

export const s3GatewayRoutes: Route[] = [
  command(createS3Gateway, {
    load: ({ db, credential, input: { service, url } }) =>
      loadGatewayToConnect(db, credential, service, endpointOf(url)),
    decide: (facts, { name, url, accessKey, secretKey, bytesLimit, objectsLimit }, { baseUrl, keys }) => {
      const { id: serviceId } = mustBeConnectable(facts)
      if (facts.isLeft) throw new Problem('s3_gateway_in_use')
      const id = uuid()
      const settings = { endpoint: endpointOf(url), accessKey, bytesLimit, objectsLimit }
      const sealed = seal(secretKey, id, keys.connectionSealing)
      const gateway = { id, serviceId, kind: 's3' as const, name, boundTo: baseUrl, settings, sealed }
      return { actor: facts.actor, gateway }
    },
    save: (db, { actor, gateway }) =>
      saveConnection(db, actor, gateway, adoptingUsersAt(gateway.settings.endpoint, gateway.serviceId)),
    answer: ({ id }) => ({ id }),
  }),

  command(setS3GatewayKeys, {
    load: ({ db, credential, input }) => loadGateway(db, credential, input.connectionId),
    decide: (facts, { connectionId, accessKey, secretKey }, { keys }) => {
      mustBeConnection(facts.exists)
      const sealed = seal(secretKey, connectionId, keys.connectionSealing)
      return { actor: facts.actor, connectionId, gatewayKeys: { accessKey, sealed } }
    },
    save: (db, { actor, connectionId, gatewayKeys }) => saveGatewayKeys(db, actor, connectionId, gatewayKeys),
    answer: done,
  }),

  command(setS3GatewayLimits, {
    load: ({ db, credential, input }) => loadGateway(db, credential, input.connectionId),
    decide: (facts, { connectionId, bytesLimit, objectsLimit }) => {
      mustBeConnection(facts.exists)
      return { actor: facts.actor, connectionId, limits: { bytesLimit, objectsLimit } }
    },
    save: (db, { actor, connectionId, limits }) => saveGatewayLimits(db, actor, connectionId, limits),
    answer: done,
  }),

  query(listGatewayUsers, {
    load: ({ db, credential, input }) => loadGatewayUsers(db, credential, input),
    answer: (facts, { limit }) => {
      mustBeConnection(facts.exists)
      return toPage(facts.users, limit)
    },
  }),
]
