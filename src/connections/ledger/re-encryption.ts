import type { Database } from '../../platform/db/database'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { seal, unsealIfPossible } from '../../platform/sealing'
import { usableFormerSecrets } from './former-secrets'

/** The secrets of a row, encrypted for its id; in base64. */
interface SealedSecrets {
  id: string
  current: string
  /** Those that are still used beside it. */
  former: { sealed: string; until: string }[]
}

export interface ReEncrypted {
  reEncrypted: number
  /** The ids of rows that none of the secrets can decrypt. They are left as they are. */
  unreadable: string[]
}

interface Table {
  name: Sql
  keepsFormer: boolean
}

export const reEncryptConnections = (db: Database, keys: Keys): Promise<ReEncrypted> =>
  reEncrypt(db, keys, { name: sql`connections`, keepsFormer: true })

export const reEncryptS3Keys = (db: Database, keys: Keys): Promise<ReEncrypted> =>
  reEncrypt(db, keys, { name: sql`s3_keys`, keepsFormer: false })

/**
 * Encrypts the secrets of a table with the newest secret. You can repeat it, and servers may keep running: a row whose
 * secret was replaced after it was read is read once more, because the one before it is a former secret now.
 */
async function reEncrypt(db: Database, keys: Keys, table: Table): Promise<ReEncrypted> {
  const unreadable: string[] = []
  let reEncrypted = 0
  let rows = await readSecrets(db, table)
  while (rows.length > 0) {
    const replaced: string[] = []
    for (const row of rows) {
      const fresh = withNewestKey(row, keys)
      if (!fresh) unreadable.push(row.id)
      else if (await saveSecrets(db, table, row, fresh)) reEncrypted++
      else replaced.push(row.id)
    }
    rows = await readSecrets(db, table, sql`and id = any(${replaced}::uuid[])`)
  }
  return { reEncrypted, unreadable }
}

const readSecrets = (db: Database, { name, keepsFormer }: Table, only: Sql = nothing) =>
  db.rows<SealedSecrets>(sql`
    select id, encode(secret_sealed, 'base64') as current, ${keepsFormer ? usableFormerSecrets : sql`'[]'::jsonb`} as former
    from ${name} c where secret_sealed is not null ${only}`)

/** Returns null if the secret can't be decrypted. A former one that can't be is of no use, and left out. */
function withNewestKey({ id, current, former }: SealedSecrets, keys: Keys): SealedSecrets | null {
  const anew = (sealed: string): string | null => {
    const secret = unsealIfPossible(Buffer.from(sealed, 'base64'), id, keys, 'connectionSealing')
    return secret === null ? null : seal(secret, id, keys.connectionSealing).toString('base64')
  }
  const newest = anew(current)
  if (newest === null) return null
  const readable = former.flatMap(({ sealed, until }) => {
    const again = anew(sealed)
    return again === null ? [] : [{ sealed: again, until }]
  })
  return { id, current: newest, former: readable }
}

/** Returns whether the row was saved: its secret was not replaced meanwhile. */
async function saveSecrets(db: Database, { name, keepsFormer }: Table, before: SealedSecrets, fresh: SealedSecrets) {
  const saved = await db.rows(sql`
    update ${name} set secret_sealed = decode(${fresh.current}, 'base64')
      ${keepsFormer ? sql`, former_secrets = ${JSON.stringify(fresh.former)}::jsonb` : nothing}
    where id = ${before.id} and secret_sealed = decode(${before.current}, 'base64') returning id`)
  return saved.length > 0
}
