import { personOf } from '../accounts/people'
import { one, type Sql, sql } from '../db/sql'
import { versionAndService } from '../services/store'

/** What a notice tells, from its event `e`: the columns, and the joins that they need. One statement for the bell, one for mails. */
export const noticeColumns: Sql = sql`
  e.kind, e.details->>'reason' as reason, json_build_object('id', o.id, 'name', o.name) as organization,
  case when actor_account.id is not null then ${personOf(sql`actor_account`)} end as actor,
  case when subject_account.id is not null then ${personOf(sql`subject_account`)} end as subject,
  ${one(sql`
    select s.name as service, v.name, r.kind
    from roles r ${versionAndService}
    where r.id = coalesce((e.details->>'roleId')::uuid, (select role_id from role_assignments where id = (e.details->>'assignmentId')::uuid))`)} as role`

export const noticeJoins: Sql = sql`
  join organizations o on o.id = e.organization_id
  left join accounts actor_account on actor_account.id = e.actor_id
  left join accounts subject_account on subject_account.id = e.subject_id`
