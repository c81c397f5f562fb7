import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { isPending } from '../../platform/invitation-codes/pending'

export interface SealedCode {
  id: string
  hash: string
  sealed: string
  pending: boolean
}

/** The codes of the next invitations after a given one, by id. */
export const loadSealedCodes = (db: Database, after: string, limit: number) =>
  db.rows<SealedCode>(sql`
    select id, encode(code_hash, 'hex') as hash, encode(code_sealed, 'hex') as sealed,
      ${isPending} as pending
    from invitations i where id > ${after}::uuid order by id limit ${limit}`)

/** Skips rows that another transaction has locked, so that this never waits. Returns the ids of the others. */
export const saveSealedCodes = (db: Database, codes: Pick<SealedCode, 'id' | 'hash' | 'sealed'>[]) =>
  db.rows<{ id: string }>(sql`
    with free as (
      select id from invitations where id = any(${codes.map(({ id }) => id)}::uuid[]) order by id for no key update skip locked
    )
    update invitations i set code_hash = decode(x.hash, 'hex'), code_sealed = decode(x.sealed, 'hex')
    from unnest(
      ${codes.map(({ id }) => id)}::uuid[], ${codes.map(({ hash }) => hash)}::text[], ${codes.map(({ sealed }) => sealed)}::text[]
    ) as x (id, hash, sealed)
    join free on free.id = x.id
    where i.id = x.id
    returning i.id`)
