import { recordingEvent } from '../../messaging/events/recording'
import type { Database } from '../../platform/db/database'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import { holdings } from '../holdings/store'

interface SignIn {
  clientId: string
  accountId: string
  /** The session of the portal. */
  sessionId: string
  sid: string | undefined
}

/** With what the person signs in: see `liveSignIns`. */
const standing = (accountId: string): Sql => sql`
  select (
      select m.id from memberships m join organizations o on o.id = m.organization_id and o.state = 'accepted'
      where m.account_id = ${accountId} and m.ended_at is null) as membership_id,
    (select coalesce(xa.role_id, da.role_id) ${holdings(sql`s.id = client.service_id and a.id = ${accountId}`)}) as access_role_id
  from client`

/**
 * Records a sign-in before the application learns of it. What the application has is uncertain from then on, so its
 * connection looks whether the sign-in still lasts, also if it ends a moment later. `unlessKnown` is for tokens that
 * are renewed: nothing is written unless something differs from what is recorded.
 */
export const recordSignIn = (
  db: Database,
  { clientId, accountId, sessionId, sid }: SignIn,
  unlessKnown?: { grantKey: string },
) =>
  db.rows(sql`
    with client as materialized (
      select c.id, c.name, c.service_id from openid_clients c where c.id = ${clientId}
        ${unlessKnown ? sql`and exists (select from openid_records g where g.model = 'Grant' and g.key = ${unlessKnown.grantKey})` : nothing}
    ), standing as materialized (${standing(accountId)}), written as (
      insert into openid_sign_ins as i (client_id, session_id, account_id, sid, membership_id, access_role_id)
      select client.id, ${sessionId}::uuid, ${accountId}::uuid, ${sid ?? null}, standing.membership_id, standing.access_role_id from client, standing
      on conflict (client_id, session_id) do update set sid = excluded.sid, membership_id = excluded.membership_id,
        access_role_id = excluded.access_role_id, signed_in_at = excluded.signed_in_at, ended_at = null
      ${
        unlessKnown
          ? sql`where i.ended_at is not null
              or (i.membership_id, i.access_role_id) is distinct from (excluded.membership_id, excluded.access_role_id)`
          : nothing
      }
      returning xmax = 0 as is_new
    ), drawn as (
      update connections k set version = k.version + 1 from written
      where k.client_id = ${clientId} and k.deleted_at is null returning k.id, k.version
    ), told as (
      insert into propagations as p (connection_id, account_id, version, next_attempt_at, ended_at, uncertain)
      select id, ${accountId}::uuid, version, now(), now(), true from drawn
      on conflict (account_id, connection_id) do update set version = excluded.version, next_attempt_at = now(), uncertain = true
    ), enrolling as (
      -- Their first sign-in may be what the service was waiting for.
      insert into change_signals (account_id) select ${accountId}::uuid from client, written
      where written.is_new and exists (select from connections k where k.service_id = client.service_id and k.enabled)
    ), started as (select client.* from client, written where written.is_new), ${recordingEvent(
      {
        kind: 'application_signed_in',
        actor: { id: accountId, token: null },
        details: sql`jsonb_build_object('clientId', started.id, 'name', started.name)`,
      },
      sql`started`,
    )}
    select`)
