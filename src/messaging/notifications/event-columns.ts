import { personOf } from '../../platform/access/people'
import { object, one, type Sql, sql } from '../../platform/db/sql'
import { versionAndService } from '../../roles/services/store'

/**
 * The content of a notification from its event `e`, as expressions, and the joins they need. One definition for the
 * bell and for mails.
 */
export const notificationColumns = {
  kind: sql`e.kind`,
  reason: sql`e.details->>'reason'`,
  organization: sql`case when o.id is not null then ${object({ id: sql`o.id`, name: sql`o.name` })} end`,
  actor: sql`case when actor_account.id is not null then ${personOf(sql`actor_account`)} end`,
  subject: sql`case when subject_account.id is not null then ${personOf(sql`subject_account`)} end`,
  token: one(sql`select t.name from tokens t where t.id = e.token_id`),
  program: sql`case when e.details ?| array['tokenId', 'keyId', 'connectionId'] then ${object({
    name: sql`e.details->>'name'`,
    service: sql`e.details->>'service'`,
    expiresAt: sql`e.details->>'expiresAt'`,
  })} end`,
  role: one(sql`
    select s.name as service, v.name, r.kind
    from roles r ${versionAndService}
    where r.id = coalesce((e.details->>'roleId')::uuid, (select role_id from role_assignments where id = (e.details->>'assignmentId')::uuid))`),
}

export const notificationJoins: Sql = sql`
  left join organizations o on o.id = e.organization_id
  left join accounts actor_account on actor_account.id = e.actor_id
  left join accounts subject_account on subject_account.id = e.subject_id`
