import type { EventKind } from '../../messaging/events/schema'
import { type Sql, sql } from '../../platform/db/sql'

/** Whose access an event may change: that of its actor and subject, of the organization's members, or of everyone. */
type Concerns = 'people' | 'organization' | 'everyone'

/**
 * Which events may change access to services. Every start writes this to the database, where a trigger on `events` leaves
 * a signal for the workers. A kind that is missing here is found by the next comparison as a whole, minutes later.
 */
export const changeSignals: Partial<Record<EventKind, Concerns>> = {
  account_registered: 'people',
  address_confirmed: 'people',
  account_updated: 'people',
  address_changed: 'people',
  account_disabled: 'people',
  account_enabled: 'people',
  account_deleted: 'people',
  terms_accepted: 'people',
  // A reset can take away what the site requires: the terms, and a second factor.
  password_changed: 'people',
  second_factor_added: 'people',
  second_factor_removed: 'people',
  passkey_added: 'people',
  passkey_removed: 'people',
  provider_linked: 'people',
  provider_unlinked: 'people',
  site_policy_changed: 'everyone',
  // With mail, people have to confirm their addresses.
  mail_switched_on: 'everyone',
  mail_switched_off: 'everyone',
  operator_granted: 'people',
  operator_revoked: 'people',
  organization_created: 'people',
  organization_resubmitted: 'people',
  organization_accepted: 'organization',
  organization_rejected: 'organization',
  organization_suspended: 'organization',
  organization_reinstated: 'organization',
  organization_dissolved: 'organization',
  admin_appointed: 'people',
  invitation_accepted: 'people',
  acceptance_approved: 'people',
  admin_granted: 'people',
  admin_revoked: 'people',
  member_removed: 'people',
  member_left: 'people',
  handed_over: 'people',
  catalogue_changed: 'everyone',
  role_accepted: 'organization',
  role_granted: 'organization',
  role_revoked: 'organization',
  s3_key_created: 'people',
  s3_secret_reset: 'people',
  s3_key_end_changed: 'people',
  s3_key_deleted: 'people',
  application_signed_out: 'people',
}

/** Makes `change_signal_rules` match the rules; writes nothing if it already does. */
export const fillChangeSignalRules = (): Sql => {
  const rules = Object.entries(changeSignals).map(([kind, concerns]) => ({ kind, concerns }))
  return sql`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) r (kind text, concerns text)
    ), gone as (
      delete from change_signal_rules where kind not in (select kind from wanted)
    )
    insert into change_signal_rules as r select * from wanted
    on conflict (kind) do update set concerns = excluded.concerns where r.concerns <> excluded.concerns`
}
