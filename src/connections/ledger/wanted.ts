import { type Sql, sql } from '../../platform/db/sql'
import { atThisStatement, bothRoles, holdings, nextEnd, usableNow } from '../holdings/store'
import { usableKey } from '../kinds/s3/usable-key'
import { liveSignIns } from '../openid-sign-ins/live'

/** A connection whose row is locked. */
export interface LockedConnection {
  id: string
  /** Null for an application that stands for no service. */
  serviceId: string | null
  /** The application that is told of sign-ins that end, of the kind `openid`. */
  clientId: string | null
  kind: string
  /** Whether it writes an entry for each person in a connected system. */
  isSystem: boolean
  /** Everything is taken back, because the connection is to be deleted. */
  ending: boolean
  /** Losses wait for an operator. */
  withholding: boolean
}

/**
 * What accounts (`a`) should have in a service (`s`), as the ledger stores it in `desired`. `v` is the version of this
 * shape: a later version of the product recognizes rows of an earlier one. Names of roles are left out, so that renaming
 * one changes no access.
 */
const entitlements = (where: Sql): Sql => sql`
  select h.*, jsonb_build_object('v', 1, 'membership', h.membership_id, 'organization', h.organization_id,
    'access', jsonb_build_object('key', access.key, 'until', h.access_until),
    'quota', jsonb_build_object('key', quota.key, 'until', h.quota_until, 'limits', v.limits)) as desired
  from (
    select a.id as account_id, o.id as organization_id, case when o.id is not null then m.id end as membership_id, ${nextEnd} as next_end,
      coalesce(xa.role_id, da.role_id) as access_role, xa.expires_at as access_until, coalesce(xq.role_id, dq.role_id) as quota_role, xq.expires_at as quota_until
    ${holdings(sql`${usableNow} and ${where}`)}
  ) h
  join roles access on access.id = h.access_role
  join roles quota on quota.id = h.quota_role join role_versions v on v.role_id = h.quota_role and v.valid_until is null`

/**
 * A gateway has a user for whoever has a key, so that nothing is made there for those who hold access by default and
 * never use it. The keys count for what should be there: adding, changing or deleting one is a change of the row. So is
 * which numbers of the quota role the gateway limits. Keys of a membership rest while its organization is not accepted, also
 * if the person may use the service without it.
 */
const withKeys = ({ id, serviceId }: LockedConnection, accounts: Sql): Sql => sql`
  select w.account_id, w.organization_id, w.desired || jsonb_build_object('keys', keys.list, 'limited', (
      select jsonb_build_object('bytes', c.settings->'bytesLimit', 'objects', c.settings->'objectsLimit') from connections c where c.id = ${id}
    )) as desired, least(w.next_end, keys.next_end) as next_end
  from (
    ${entitlements(sql`
      s.id = ${serviceId} and ${accounts}
      and a.id in (select k.account_id from s3_keys k where k.service_id = ${serviceId} and ${usableKey})`)}
  ) w cross join lateral (
    select jsonb_agg(jsonb_build_object('id', k.id, 'secret', k.secret_version, 'until', k.expires_at) order by k.id) as list, min(k.expires_at) as next_end
    from s3_keys k where k.account_id = w.account_id and k.service_id = ${serviceId} and ${usableKey}
      and (k.membership_id is null or k.membership_id = w.membership_id)
  ) keys where keys.list is not null`

/**
 * An application has the sign-ins that last. Nothing else is told to it: it asks what people hold.
 */
const withSignIns = ({ clientId }: LockedConnection, accounts: Sql): Sql => sql`
  select l.account_id, l.organization_id, l.desired, l.next_end from (
    select i.account_id, (array_agg(i.organization_id) filter (where i.membership_id is not null))[1] as organization_id, min(i.until) as next_end,
      jsonb_build_object('v', 1, 'membership', (array_agg(i.membership_id) filter (where i.membership_id is not null))[1],
        'organization', (array_agg(i.organization_id) filter (where i.membership_id is not null))[1],
        'keys', jsonb_agg(jsonb_build_object('id', i.session_id, 'secret', 1, 'until', i.until) order by i.session_id)) as desired
    from (${liveSignIns(sql`i.client_id = ${clientId}`)}) i group by i.account_id
  ) l join accounts a on a.id = l.account_id where ${accounts}`

/**
 * Whoever holds access through their organization has an entry there beforehand. One of those who hold it by default has one
 * once they have signed in to the service, and keeps it: an account that was only registered leaves nothing anywhere.
 */
const enrolled = ({ id, serviceId }: LockedConnection): Sql => sql`(
  xa.role_id is not null or xq.role_id is not null
  or exists (select from remote_objects r where r.connection_id = ${id} and r.account_id = a.id)
  or exists (
    select from openid_sign_ins i join openid_clients c on c.id = i.client_id
    where i.account_id = a.id and c.service_id = ${serviceId}))`

const withPerson = (connection: LockedConnection, accounts: Sql): Sql => sql`
  select w.account_id, w.organization_id, w.next_end, w.desired || jsonb_build_object('person', jsonb_build_object(
      'firstName', p.first_name, 'lastName', p.last_name, 'email', p.email, 'emailVerified', p.email_verified)) as desired
  from (${entitlements(sql`s.id = ${connection.serviceId} and ${enrolled(connection)} and ${accounts}`)}) w
  join accounts p on p.id = w.account_id`

/** What these accounts should have: `account_id`, `organization_id`, `desired`, and `next_end`, when it may end by itself. */
export function wanted(connection: LockedConnection, accounts: Sql): Sql {
  const { serviceId, kind, isSystem, ending } = connection
  if (ending)
    return sql`select null::uuid as account_id, null::uuid as organization_id, null::jsonb as desired, null::timestamptz as next_end where false`
  if (kind === 's3') return withKeys(connection, accounts)
  if (isSystem) return withPerson(connection, accounts)
  if (kind === 'openid') return withSignIns(connection, accounts)
  return sql`
    select account_id, organization_id, desired, next_end from (${entitlements(sql`s.id = ${serviceId} and ${accounts}`)}) e`
}

/** When the first of the roles or keys of a row's desired state ends by itself. */
export const endOfDesired = (row: Sql): Sql => sql`least(
  (${row}.desired->'access'->>'until')::timestamptz, (${row}.desired->'quota'->>'until')::timestamptz,
  (select min((k->>'until')::timestamptz) from jsonb_array_elements(${row}.desired->'keys') k))`

/**
 * Whether a change from `before` to `desired` takes something away: everything, what came with another membership, or a key
 * or its secret. Those go first.
 */
export const endsAccess = (before: Sql, desired: Sql): Sql => sql`(
  ${desired} is null or coalesce(${before}->>'membership' <> coalesce(${desired}->>'membership', ''), false) or exists (
    select from jsonb_array_elements(${before}->'keys') former
    where not coalesce(${desired}->'keys', '[]') @> jsonb_build_array(former)))`

/**
 * Ends the S3 keys of these accounts (`a`) that have expired, and those that were lost with a role: whoever gets the role
 * again later makes new ones. While an organization is suspended, or something is required of the person, keys are kept.
 * `isLost` says of whom it is known that the loss is no mistake.
 */
export const endLostKeys = (serviceId: string | null, accounts: Sql, isLost: Sql = sql`true`): Sql => sql`
  update s3_keys k set ended_at = now(), secret_sealed = null,
    ended_reason = case when k.expires_at <= ${atThisStatement} then 'expired' else 'role_lost' end
  from accounts a
  where k.service_id = ${serviceId} and k.ended_at is null and a.id = k.account_id and ${accounts} and (
    coalesce(k.expires_at <= ${atThisStatement}, false)
    or ${isLost} and not exists (select ${holdings(sql`s.id = ${serviceId} and a.id = k.account_id and ${bothRoles}`)})
      and not exists (
        select from memberships m join organizations o on o.id = m.organization_id
        where m.account_id = k.account_id and m.ended_at is null and o.state <> 'accepted'))`
