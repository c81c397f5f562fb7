import { type Sql, sql } from '../db/sql'

/** Whether the session `s` is still live by the policy of the `site`: neither too old nor unused for too long. */
export const sessionIsLive: Sql = sql`(
  s.expires_at > now()
  and s.created_at > now() - make_interval(hours => site.session_hours)
  and s.last_used_at > now() - make_interval(mins => site.session_idle_minutes))`
