import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { hashToken } from '../../platform/access/token'
import { Problem } from '../../platform/errors'
import { type Context, command, done, query, type Route } from '../../platform/http/flow'
import {
  changeOpenIdClient,
  createOpenIdClient,
  endOpenIdClient,
  listOpenIdClients,
  replaceOpenIdSecret,
} from './schema'
import {
  type ClientFacts,
  loadOpenIdClient,
  loadOpenIdClients,
  loadServiceOfClient,
  saveOpenIdClient,
  saveOpenIdEnd,
  saveOpenIdSecret,
  saveOpenIdSettings,
} from './store'

/** It is shown once, and stored nowhere. */
function newClientSecret() {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashToken(secret) }
}

function mustExist({ client }: ClientFacts) {
  if (!client) throw new Problem('openid_client_not_found')
  return client
}

/** Its connection may have begun, or have to end. */
function activating(_saved: unknown, _change: unknown, { ledger }: Pick<Context, 'ledger'>) {
  ledger.activate()
  return done()
}

export const openIdClientRoutes: Route[] = [
  query(listOpenIdClients, {
    load: ({ db, credential }) => loadOpenIdClients(db, credential),
    answer: ({ clients }) => ({ clients }),
  }),

  command(createOpenIdClient, {
    load: ({ db, credential, input }) => loadServiceOfClient(db, credential, input.service),
    decide: ({ actor, service }, { service: key, ...settings }, { baseUrl }) => {
      if (key !== null && !service) throw new Problem('service_not_found')
      if (service?.retired) throw new Problem('service_retired')
      const made = settings.authentication === 'none' ? null : newClientSecret()
      const client = { ...settings, id: uuid(), serviceId: service?.id ?? null, secretHash: made?.hash ?? null }
      return { actor, client, baseUrl, secret: made?.secret ?? null }
    },
    save: (db, { actor, client, baseUrl }) => saveOpenIdClient(db, actor, client, baseUrl),
    answer: ({ id }, { secret }, { ledger }) => {
      ledger.activate()
      return { id, secret }
    },
  }),

  command(changeOpenIdClient, {
    load: ({ db, credential, input }) => loadOpenIdClient(db, credential, input.clientId),
    decide: (facts, client, { baseUrl }) => {
      mustExist(facts)
      return { actor: facts.actor, client, baseUrl }
    },
    save: (db, { actor, client, baseUrl }) => saveOpenIdSettings(db, actor, client, baseUrl),
    answer: activating,
  }),

  command(replaceOpenIdSecret, {
    load: ({ db, credential, input }) => loadOpenIdClient(db, credential, input.clientId),
    decide: (facts, { clientId }) => {
      if (mustExist(facts).authentication === 'none') throw new Problem('openid_client_not_found')
      return { actor: facts.actor, clientId, ...newClientSecret() }
    },
    save: (db, { actor, clientId, hash }) => saveOpenIdSecret(db, actor, clientId, hash),
    answer: (_, { secret }) => ({ secret }),
  }),

  command(endOpenIdClient, {
    load: ({ db, credential, input }) => loadOpenIdClient(db, credential, input.clientId),
    decide: (facts, { clientId }) => {
      mustExist(facts)
      return { actor: facts.actor, clientId }
    },
    save: (db, { actor, clientId }) => saveOpenIdEnd(db, actor, clientId),
    answer: activating,
  }),
]
