import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'

export interface RemoteObject {
  externalId: string
  /** Whether the connected system confirmed that it is switched off. */
  off: boolean
}

export interface Place {
  connectionId: string
  /** What it is there, such as `user`. */
  kind: string
  accountId: string
}

/** What an account has in a connected system, if it was made there or adopted. */
export const findObject = (db: Database, { connectionId, kind, accountId }: Place) =>
  db.first<RemoteObject>(sql`
    select external_id as "externalId", off_at is not null as off from remote_objects
    where connection_id = ${connectionId} and kind = ${kind} and account_id = ${accountId} and membership_id is null`)

/**
 * Writes down what an account is to have, before it is made there: one whose creation is never answered is known. Returns
 * what is known by now.
 */
export const rememberObject = async (
  db: Database,
  { connectionId, kind, accountId }: Place,
  externalId: string,
): Promise<RemoteObject> => {
  await db.rows(sql`
    insert into remote_objects (connection_id, kind, account_id, external_id)
    values (${connectionId}::uuid, ${kind}, ${accountId}::uuid, ${externalId}) on conflict do nothing`)
  const found = await findObject(db, { connectionId, kind, accountId })
  if (!found) throw new Error(`${externalId} belongs to another account`)
  return found
}

/** Records the id that the connected system gave it, where it is known only once it was made there. */
export const saveObjectId = (db: Database, { connectionId, kind, accountId }: Place, externalId: string) =>
  db.rows(sql`
    update remote_objects set external_id = ${externalId}
    where connection_id = ${connectionId} and kind = ${kind} and account_id = ${accountId} and membership_id is null
      and external_id <> ${externalId}`)

/** Records that the connected system confirmed that it is in use, or switched off. */
export const saveObjectState = (db: Database, { connectionId, kind, accountId }: Place, off: boolean) =>
  db.rows(sql`
    update remote_objects set off_at = case when ${off} then now() end
    where connection_id = ${connectionId} and kind = ${kind} and account_id = ${accountId} and (off_at is not null) <> ${off}`)

/** Writes down what it is called there, once that is known. */
export const renameObject = (db: Database, { connectionId, kind, accountId }: Place, from: string, to: string) =>
  db.rows(sql`
    update remote_objects set external_id = ${to}
    where connection_id = ${connectionId} and kind = ${kind} and account_id = ${accountId} and external_id = ${from}`)

/** It is not there: it was never made, or is gone. */
export const forgetObject = (db: Database, { connectionId, kind, accountId }: Place, externalId: string) =>
  db.rows(sql`
    delete from remote_objects
    where connection_id = ${connectionId} and kind = ${kind} and account_id = ${accountId} and external_id = ${externalId}`)

/** What is known of a connected system, of all accounts. */
export const allObjects = async (db: Database, connectionId: string): Promise<Set<string>> => {
  const rows = await db.rows<{ id: string }>(
    sql`select external_id as id from remote_objects where connection_id = ${connectionId}`,
  )
  return new Set(rows.map(({ id }) => id))
}
