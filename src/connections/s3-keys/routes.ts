import { v7 as uuid } from 'uuid'
import { toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { seal, unseal } from '../../platform/sealing'
import { mustBeAhead } from '../../roles/role-assignments/rules'
import { newAccessKey, newS3Secret } from './drawing'
import { decideS3Key } from './rules'
import {
  createS3Key,
  deleteS3Key,
  listMembersS3Keys,
  listS3Keys,
  resetS3Secret,
  setS3KeyEnd,
  showS3Secret,
} from './schema'
import {
  loadMembersS3Keys,
  loadS3Key,
  loadS3Keys,
  loadS3Service,
  recordSecretShown,
  saveNewSecret,
  saveS3Key,
  saveS3KeyDeletion,
  saveS3KeyEnd,
} from './store'

function mustExist<Key>(key: Key | null): Key {
  if (!key) throw new Problem('s3_key_not_found')
  return key
}

export const s3KeyRoutes: Route[] = [
  query(listS3Keys, {
    load: ({ db, credential }) => loadS3Keys(db, credential),
    answer: ({ services }) => ({ services }),
  }),

  command(createS3Key, {
    load: ({ db, credential, input }) => loadS3Service(db, credential, input.service),
    decide: (facts, { name, expiresAt }, { keys }) => {
      const { id: serviceId, endpoint } = decideS3Key(facts, expiresAt)
      const [id, accessKey, secret] = [uuid(), newAccessKey(), newS3Secret()]
      const sealed = seal(secret, id, keys.connectionSealing)
      return {
        actor: facts.actor,
        accepted: facts.accepted,
        endpoint,
        secret,
        key: { id, serviceId, name, accessKey, sealed, expiresAt },
      }
    },
    save: (db, { actor, accepted, key }) => saveS3Key(db, actor, accepted, key),
    answer: ({ id }, { key: { accessKey }, secret, endpoint }) => ({ id, accessKey, secret, endpoint }),
  }),

  command(showS3Secret, {
    load: ({ db, credential, input }) => loadS3Key(db, credential, input.keyId),
    decide: ({ actor, key }, { keyId }) => ({ actor, keyId, key: mustExist(key) }),
    save: (db, { actor, keyId, key }) => recordSecretShown(db, actor, keyId, key.sealed),
    answer: (_, { keyId, key: { sealed, accessKey, endpoint } }, { keys }) => ({
      accessKey,
      endpoint,
      secret: unseal(Buffer.from(sealed, 'base64'), keyId, keys, 'connectionSealing'),
    }),
  }),

  command(resetS3Secret, {
    load: ({ db, credential, input }) => loadS3Key(db, credential, input.keyId),
    decide: ({ actor, key }, { keyId }, { keys }) => {
      const secret = newS3Secret()
      return { actor, keyId, secret, key: mustExist(key), sealed: seal(secret, keyId, keys.connectionSealing) }
    },
    save: (db, { actor, keyId, sealed }) => saveNewSecret(db, actor, keyId, sealed),
    answer: (_, { key: { accessKey, endpoint }, secret }) => ({ accessKey, endpoint, secret }),
  }),

  command(setS3KeyEnd, {
    load: ({ db, credential, input }) => loadS3Key(db, credential, input.keyId),
    decide: ({ actor, key, now }, { keyId, expiresAt }) => {
      mustExist(key)
      mustBeAhead(expiresAt ?? undefined, now)
      return { actor, keyId, expiresAt }
    },
    save: (db, { actor, keyId, expiresAt }) => saveS3KeyEnd(db, actor, keyId, expiresAt),
    answer: done,
  }),

  command(deleteS3Key, {
    load: ({ db, credential, input }) => loadS3Key(db, credential, input.keyId),
    decide: ({ actor, key }, { keyId }) => {
      mustExist(key)
      return { actor, keyId }
    },
    save: (db, { actor, keyId }) => saveS3KeyDeletion(db, actor, keyId),
    answer: done,
  }),

  query(listMembersS3Keys, {
    load: ({ db, credential, input }) => loadMembersS3Keys(db, credential, input),
    answer: ({ exists, members }, { limit }) => toPageWithin(exists, members, limit),
  }),
]
