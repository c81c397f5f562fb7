import { sessionIsLive } from '../../platform/access/session-liveness'
import { type Sql, sql } from '../../platform/db/sql'
import { holdings, nextEnd, ready, usableNow } from '../holdings/store'

/** The access role of the account on the service now, and when one of the two roles ends. No row if they can't use it. */
const usable = (account: Sql, service: Sql): Sql => sql`
  select coalesce(xa.role_id, da.role_id) as access_role, ${nextEnd} as next_end
  ${holdings(sql`s.id = ${service} and a.id = ${account} and ${usableNow}`)}`

/**
 * The sign-ins (`i`) at applications (`c`) that last: the session of the portal does, the person may use the application, and
 * their membership and access role are those with which they signed in. An application may go on believing what it learned
 * then. `until` is when the sign-in ends by itself.
 */
export const liveSignIns = (where: Sql): Sql => sql`
  select i.client_id, i.session_id, i.account_id, i.sid, i.signed_in_at, i.membership_id, o.id as organization_id,
    least(h.next_end, s.created_at + make_interval(hours => site.session_hours)) as until
  from site, openid_sign_ins i
  join openid_clients c on c.id = i.client_id and c.ended_at is null
  join sessions s on s.id = i.session_id and s.account_id = i.account_id
  join accounts a on a.id = i.account_id and a.disabled_at is null
  left join memberships m on m.account_id = a.id and m.ended_at is null
  left join organizations o on o.id = m.organization_id and o.state = 'accepted'
  left join lateral (${usable(sql`i.account_id`, sql`c.service_id`)}) h on c.service_id is not null
  where ${where} and i.ended_at is null and ${sessionIsLive}
    and case when c.service_id is null then ${ready} else h.access_role = coalesce(i.access_role_id, h.access_role) end
    and (i.membership_id is null or i.membership_id = m.id and o.id is not null)`
