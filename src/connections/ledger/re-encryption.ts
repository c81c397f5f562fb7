import type { Database } from '../../platform/db/database'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { seal, unseal } from '../../platform/sealing'

interface SealedSecrets {
  id: string
  /** Base64; null if there is none. */
  current: string | null
  former: string | null
}

export interface ReEncrypted {
  reEncrypted: number
  /** The ids of rows that none of the secrets can decrypt. They are left as they are. */
  unreadable: string[]
}

export const reEncryptConnections = (db: Database, keys: Keys): Promise<ReEncrypted> =>
  reEncrypt(db, keys, sql`connections`, true)

export const reEncryptS3Keys = (db: Database, keys: Keys): Promise<ReEncrypted> =>
  reEncrypt(db, keys, sql`s3_keys`, false)

/**
 * Encrypts the secrets of a table with the newest secret. You can repeat it, and servers may keep running: a row whose
 * secrets have changed since is left alone, because the server that changed them used the newest secret.
 */
async function reEncrypt(db: Database, keys: Keys, table: Sql, keepsFormer: boolean): Promise<ReEncrypted> {
  const rows = await db.rows<SealedSecrets>(sql`
    select id, encode(secret_sealed, 'base64') as current,
      ${keepsFormer ? sql`encode(former_secret_sealed, 'base64')` : sql`null`} as former
    from ${table} where secret_sealed is not null`)
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
      update ${table} set secret_sealed = ${anew(current)}::bytea
        ${keepsFormer ? sql`, former_secret_sealed = ${anew(former)}::bytea` : nothing}
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
