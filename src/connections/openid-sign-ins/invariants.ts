import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

export const openIdInvariants: Invariant[] = [
  {
    claim: message('Every application that takes logout tokens has a connection, and no other application has one'),
    violations: sql`
      select c.id from openid_clients c left join connections k on k.client_id = c.id and k.deleted_at is null and k.ending_since is null
      where (c.backchannel_logout_uri is not null and c.ended_at is null) <> (k.id is not null)`,
  },
  {
    claim: message('Every membership under which a person signed in to an application is theirs'),
    violations: sql`
      select i.session_id as id from openid_sign_ins i join memberships m on m.id = i.membership_id where m.account_id <> i.account_id`,
  },
  {
    claim: message('Every access role with which a person signed in to an application is one of its service'),
    violations: sql`
      select i.session_id as id from openid_sign_ins i join openid_clients c on c.id = i.client_id join roles r on r.id = i.access_role_id
      where r.kind <> 'access' or r.service_id is distinct from c.service_id`,
  },
  {
    claim: message('Only applications that ask people remember that they agreed'),
    violations: sql`
      select n.account_id as id from openid_consents n join openid_clients c on c.id = n.client_id where not c.asks_consent`,
  },
]
