import { rotateSigningKeys } from '../connections/openid-keys/signing-keys'
import type { Database } from '../platform/db/database'
import type { Keys } from '../platform/keys'
import { t } from '../platform/messages/t'

/** Makes the next signing key. Servers need no restart. */
export async function rotateSigningKey(db: Database, keys: Keys): Promise<string> {
  const kid = await rotateSigningKeys(db, keys)
  return t(
    'Key {kid} is published. It signs ID tokens in ten minutes; the key before it goes on verifying them for a day after that.',
    { kid },
  )
}
