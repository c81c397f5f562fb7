-- People who were removed need a decision to return.

-- When the account was removed from the organization; null if it was never a member, or left by itself since.
create function removed_at(organization uuid, account uuid) returns timestamptz language sql stable as $$
  select case when m.ended_reason = 'removed' then m.ended_at end
  from memberships m where m.organization_id = organization and m.account_id = account and m.ended_at is not null
  order by m.ended_at desc, m.started_at desc limit 1
$$;

-- The removal that an invitation does not undo; null if there was none. Only an invitation that was made later, and is bound to
-- the person's address, undoes one: its inviter knew whom they let in.
create function removal_not_undone(invitation uuid, account uuid) returns timestamptz language sql stable as $$
  select r.at from invitations i cross join lateral (select removed_at(i.organization_id, account) as at) r
  where i.id = invitation and (i.bound_email is null or i.created_at <= r.at)
$$;

-- The organization is locked before anyone accepts, as before anyone is removed. So a trigger sees every removal that came first,
-- which the statement that fired it may not.
create function acceptances_after_a_removal() returns trigger language plpgsql as $$
begin
  if removal_not_undone(new.invitation_id, new.account_id) is not null then
    new.state := 'awaiting_approval';
  end if;
  return new;
end $$;
create trigger acceptances_after_a_removal before insert on acceptances for each row
  when (new.state = 'joined') execute function acceptances_after_a_removal();

-- Reminders that a token or a key of a service expires soon.
alter table tokens add column expiry_told_at timestamptz;
comment on column tokens.expiry_told_at is 'When people were told that it expires soon; null if they were not.';
create index tokens_to_tell_of on tokens (expires_at) where ended_at is null and expiry_told_at is null;
alter table service_keys add column expiry_told_at timestamptz;
comment on column service_keys.expiry_told_at is 'When operators were told that it expires soon; null if they were not.';
create index service_keys_to_tell_of on service_keys (expires_at) where ended_at is null and expiry_told_at is null;

-- A preference of its own for what concerns programs: tokens, keys of services, connections.
alter table notification_preferences add column programs boolean not null default true;
comment on column notification_preferences.programs is 'Tokens and keys of services that expire soon, and connections that fail or work again.';
alter table notification_rules drop constraint notification_rules_mail_group_check;
alter table notification_rules add constraint notification_rules_mail_group_check
check (mail_group in ('organization', 'members', 'roles', 'programs'));

-- As before, with that preference.
create or replace function notifications_mail() returns trigger language plpgsql as $$
begin
  if not (select mail_configured from site) then
    return null;
  end if;
  with wanted as materialized (
    select a.id as account_id, a.email, e.id as event_id,
      'notification mails of ' || e.actor_id || ' to ' || a.id as counter
    from after n join events e on e.id = n.event_id join notification_rules r on r.kind = e.kind
    join accounts a on a.id = n.account_id left join notification_preferences p on p.account_id = a.id
    where a.email_verified and coalesce(
      case r.mail_group when 'organization' then p.organization when 'members' then p.members when 'roles' then p.roles
        when 'programs' then p.programs end, true)
    order by counter, e.position
  ), counted as materialized (
    select w.*, w.counter is null or count_try(w.counter, l.most, l.seconds) as permitted
    from wanted w, limits l where l.name = 'notificationMails'
  )
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), account_id, email, 'notification', jsonb_build_object('eventId', event_id)
  from counted where permitted;
  return null;
end $$;
