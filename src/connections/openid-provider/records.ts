import type { AdapterPayload, errors } from 'oidc-provider'
import { sessionIsLive } from '../../platform/access/session-liveness'
import { hashToken } from '../../platform/access/token'
import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { seal, unsealIfPossible } from '../../platform/sealing'
import { holdings, ready, usableNow } from '../holdings/store'
import { recordSignIn } from '../openid-sign-ins/recording'

/**
 * Whether the account may sign in at the client now: at one that stands for a service, if it may use that service; at any
 * other, if nothing is required of it.
 */
export const maySignIn = (account: Sql, client: Sql): Sql => sql`
  case when (select c.service_id from openid_clients c where c.id = ${client}) is null
    then exists (
      select from site, accounts a left join memberships m on m.account_id = a.id and m.ended_at is null
      where a.id = ${account} and a.disabled_at is null and ${ready})
    else exists (
      select ${holdings(sql`s.id = (select c.service_id from openid_clients c where c.id = ${client}) and a.id = ${account} and ${usableNow}`)})
  end`

/** A record is only there while what it rests on is: nothing has to be deleted for an access to end. */
const stillHolds: Sql = sql`(
  r.expires_at > now()
  and (r.client_id is null or exists (select from openid_clients c where c.id = r.client_id and c.ended_at is null))
  and case
    when r.account_id is null then true
    when r.model <> 'Interaction' and r.client_id is not null then ${maySignIn(sql`r.account_id`, sql`r.client_id`)}
    else exists (select from accounts a where a.id = r.account_id and a.disabled_at is null)
  end
  and (r.session_id is null or r.account_id is null or exists (
    select from site, sessions s where s.id::text = r.session_id and s.account_id = r.account_id and ${sessionIsLive})))`

interface Row {
  key: string
  sealed: string
  consumed: number | null
}

const columns: Sql = sql`r.key, encode(r.sealed, 'base64') as sealed, extract(epoch from r.consumed_at)::float8 as consumed`

/** Keeps what the OpenID provider remembers of one kind: its adapter, with one statement per call. */
export class Records {
  constructor(
    private readonly model: string,
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly refusals: Pick<typeof errors, 'InvalidGrant'>,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const key = hashToken(id)
    const sealed = seal(JSON.stringify(payload), this.place(key), this.keys.openidSealing)
    const { accountId = null, grantId } = payload
    const clientId = (this.model === 'Interaction' ? payload.params?.client_id : payload.clientId) ?? null
    if (this.model === 'AuthorizationCode' || this.model === 'RefreshToken') await this.recordSignIn(payload)
    const session = (this.model === 'Session' ? payload.uid : payload.sessionUid) ?? null
    await this.db.rows(sql`
      insert into openid_records (model, key, account_id, client_id, grant_key, session_id, sealed, expires_at)
      values (${this.model}, ${key}, ${accountId}::uuid, ${clientId as string | null}::uuid, ${grantId === undefined ? null : hashToken(grantId)}, ${session}, ${sealed}::bytea, now() + make_interval(secs => ${expiresIn}::float8))
      on conflict (model, key) do update set account_id = excluded.account_id, client_id = excluded.client_id, grant_key = excluded.grant_key,
        session_id = excluded.session_id, sealed = excluded.sealed, expires_at = excluded.expires_at`)
  }

  /** Before the application gets the code or the token. */
  private async recordSignIn({ accountId, clientId, sessionUid, sid, grantId }: AdapterPayload): Promise<void> {
    const signIn = {
      accountId: accountId!,
      clientId: clientId!,
      sessionId: sessionUid!,
      sid: sid as string | undefined,
    }
    const isRenewed = this.model === 'RefreshToken'
    await recordSignIn(this.db, signIn, isRenewed ? { grantKey: hashToken(grantId!) } : undefined)
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.only(sql`r.key = ${hashToken(id)}`)
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.only(sql`r.session_id = ${uid}`)
  }

  /** There are no devices that show codes. */
  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  /**
   * Of two uses at once, the second is refused, and ends the grant with what the first one got, or is about to get: one of
   * them was not the client.
   */
  async consume(id: string): Promise<void> {
    const [used] = await this.db.rows<{ first: boolean }>(sql`
      with found as materialized (
        select r.key, r.grant_key, r.consumed_at from openid_records r where r.model = ${this.model} and r.key = ${hashToken(id)} for no key update
      ), consumed as (
        update openid_records r set consumed_at = now() from found where r.model = ${this.model} and r.key = found.key and found.consumed_at is null returning 1
      ), ended as (
        delete from openid_records r using found
        where found.consumed_at is not null and (r.grant_key = found.grant_key or r.model = 'Grant' and r.key = found.grant_key)
      )
      select exists (select from consumed) as first`)
    if (!used?.first) throw new this.refusals.InvalidGrant('it was already used')
  }

  async destroy(id: string): Promise<void> {
    await this.db.rows(sql`delete from openid_records where model = ${this.model} and key = ${hashToken(id)}`)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.db.rows(
      sql`delete from openid_records where model = ${this.model} and grant_key = ${hashToken(grantId)}`,
    )
  }

  private async only(where: Sql): Promise<AdapterPayload | undefined> {
    const row = await this.db.first<Row>(sql`
      select ${columns} from openid_records r where r.model = ${this.model} and ${where} and ${stillHolds}`)
    if (!row) return undefined
    const text = unsealIfPossible(Buffer.from(row.sealed, 'base64'), this.place(row.key), this.keys, 'openidSealing')
    if (text === null) return undefined
    return { ...JSON.parse(text), ...(row.consumed === null ? {} : { consumed: row.consumed }) }
  }

  private place(key: string): string {
    return `${this.model} ${key}`
  }
}

/** Deletes what has expired. */
export const deleteExpiredRecords = (db: Database) =>
  db.rows(sql`delete from openid_records where expires_at < now() - interval '1 hour'`)
