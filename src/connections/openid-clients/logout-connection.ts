import { type Sql, sql } from '../../platform/db/sql'
import { deleted, tellingOwners } from '../ledger/store'

/**
 * An application that takes logout tokens has a connection, through which it is told of sign-ins that end. Common table
 * expressions for the row `changed` of `openid_clients`, which must have been locked by an earlier statement. A new connection
 * asks of everyone who is signed in whether they still are.
 */
export const keepingLogoutConnection = (boundTo: string): Sql => sql`
  removed as (
    update connections k set ${deleted} from changed
    where k.client_id = changed.id and k.deleted_at is null and changed.backchannel_logout_uri is null
  ), kept as (
    update connections k set name = changed.name, paused_until = null from changed
    where k.client_id = changed.id and k.deleted_at is null and changed.backchannel_logout_uri is not null
    returning k.client_id
  ), owners as materialized (
    select distinct i.account_id from openid_sign_ins i, changed where i.client_id = changed.id
  ), added as (
    insert into connections (id, service_id, client_id, kind, name, enabled, enabled_at, bound_to, created_by, version)
    select gen_random_uuid(), changed.service_id, changed.id, 'openid', changed.name, true, now(), ${boundTo}, operator.id, (select count(*) from owners)
    from changed, operator where changed.backchannel_logout_uri is not null and not exists (select from kept)
    returning id
  ), ${tellingOwners(sql`added`)}`

/** The application has ended: everyone is signed out of it, and then its connection is deleted. */
export const endingLogoutConnection: Sql = sql`
  ending as (
    update connections k set ending_since = now(), compared_at = null, comparison_claimed_until = null from changed
    where k.client_id = changed.id and k.deleted_at is null and k.enabled
  ), removed as (
    update connections k set ${deleted} from changed where k.client_id = changed.id and k.deleted_at is null and not k.enabled
  )`
