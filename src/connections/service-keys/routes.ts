import { newToken } from '../../platform/access/program-tokens'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { decideServiceKey, mustExist } from './rules'
import { createServiceKey, endServiceKey, listServiceKeys } from './schema'
import { loadService, loadServiceKey, loadServiceKeys, saveServiceKey, saveServiceKeyEnd } from './store'

export const serviceKeyRoutes: Route[] = [
  query(listServiceKeys, {
    load: ({ db, credential, input }) => loadServiceKeys(db, credential, input.key),
    answer: (facts) => {
      mustExist(facts)
      return { keys: facts.keys }
    },
  }),

  command(createServiceKey, {
    load: ({ db, credential, input }) => loadService(db, credential, input.key),
    decide: (facts, { name, days }) => {
      const { id: serviceId } = decideServiceKey(facts)
      return { actor: facts.actor, key: { serviceId, name, days, ...newToken('service') } }
    },
    save: (db, { actor, key }) => saveServiceKey(db, actor, key),
    answer: (saved, { key: { token } }) => ({ ...saved, secret: token }),
  }),

  command(endServiceKey, {
    load: ({ db, credential, input }) => loadServiceKey(db, credential, input.key, input.keyId),
    decide: ({ actor, exists }, { keyId }) => {
      if (!exists) throw new Problem('service_key_not_found')
      return { actor, keyId }
    },
    save: (db, { actor, keyId }) => saveServiceKeyEnd(db, actor, keyId),
    answer: done,
  }),
]
