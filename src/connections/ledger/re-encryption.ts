import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { seal, unseal } from '../../platform/sealing'

interface SealedSecrets {
  id: string
  /** Base64; null if there is none. */
  current: string | null
  former: string | null
}

/**
 * Encrypts the secrets of connections with the newest secret. You can repeat it, and servers may keep running: a row
 * whose secrets have changed since is left alone, because the server that changed them used the newest secret.
 */
export async function reEncryptConnections(
  db: Database,
  keys: Keys,
): Promise<{ reEncrypted: number; unreadable: string[] }> {
  const rows = await db.rows<SealedSecrets>(sql`
    select id, encode(secret_sealed, 'base64') as current, encode(former_secret_sealed, 'base64') as former
    from connections where secret_sealed is not null`)
  const unreadable: string[] = []
  let reEncrypted = 0
  for (const { id, current, former } of rows) {
    const anew = (sealed: string | null) =>
      sealed && seal(unseal(Buffer.from(sealed, 'base64'), id, keys, 'connectionSealing'), id, keys.connectionSealing)
    if (![current, former].every((sealed) => isReadable(sealed, id, keys))) {
      unreadable.push(id)
      continue
    }
    const saved = await db.rows(sql`
      update connections set secret_sealed = ${anew(current)}::bytea, former_secret_sealed = ${anew(former)}::bytea
      where id = ${id} and secret_sealed is not distinct from decode(${current}, 'base64') returning id`)
    reEncrypted += saved.length
  }
  return { reEncrypted, unreadable }
}

function isReadable(sealed: string | null, id: string, keys: Keys): boolean {
  try {
    if (sealed) unseal(Buffer.from(sealed, 'base64'), id, keys, 'connectionSealing')
    return true
  } catch {
    return false
  }
}
