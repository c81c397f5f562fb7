-- Notifications: the recipients of an event, and whether they have read it.

create table notifications (
  id uuid primary key default time_ordered_id(),
  account_id uuid not null references accounts (id) on delete cascade,
  event_id uuid not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (account_id, event_id)
);
comment on table notifications is 'Notifications: one row per recipient and event.';
comment on column notifications.id is 'UUID version 7.';
comment on column notifications.account_id is 'The recipient.';
comment on column notifications.event_id is 'The event.';
comment on column notifications.at is 'The time of the event.';
comment on column notifications.read_at is 'When the recipient marked it as read.';
create index notifications_newest on notifications (account_id, at desc, id desc);
create index notifications_unread on notifications (account_id) where read_at is null;

create table notification_preferences (
  account_id uuid primary key references accounts (id) on delete cascade,
  organization boolean not null,
  members boolean not null,
  roles boolean not null
);
comment on table notification_preferences is 'The notifications that people want by mail too. Without a row: all of them.';
comment on column notification_preferences.account_id is 'The account.';
comment on column notification_preferences.organization is 'Operators’ decisions about the organization.';
comment on column notification_preferences.members is 'Joins, removals and changes of admin privileges.';
comment on column notification_preferences.roles is 'Decisions about roles.';

create table notification_rules (
  kind text primary key,
  recipients text[] not null,
  mail_group text not null check (mail_group in ('organization', 'members', 'roles'))
);
comment on table notification_rules is 'The recipients of each kind of event. Every start fills it from src/messaging/notifications/rules.ts.';
comment on column notification_rules.kind is 'The kind of event.';
comment on column notification_rules.recipients is 'The recipients; the function events_notify finds them.';
comment on column notification_rules.mail_group is 'The preference that decides about the mail: a column of notification_preferences.';

-- Notifies the people concerned, but not of their own actions. It runs at the end of the statement, when members of a rejected
-- organization are no longer members. Hence “past admins”: those whose membership this event ended.
create function events_notify() returns trigger language plpgsql as $$
begin
  if not exists (select from after join notification_rules using (kind)) then
    return null;
  end if;
  insert into notifications (account_id, event_id, at)
  select a.id, e.id, e.at
  from after e join notification_rules r on r.kind = e.kind
  cross join lateral (
    select i.created_by as account_id from invitations i where 'inviter' = any(r.recipients) and i.id = e.invitation_id
    union all
    select e.subject_id where 'subject' = any(r.recipients)
    union all
    select m.account_id from memberships m
    where 'admins' = any(r.recipients) and m.organization_id = e.organization_id and m.admin and m.ended_at is null
    union all
    select m.account_id from memberships m
    where 'past_admins' = any(r.recipients) and m.organization_id = e.organization_id and m.admin
      and m.ended_at = now() and m.ended_reason = e.kind
    union all
    select o.author_id from organizations o where 'author' = any(r.recipients) and o.id = e.organization_id
    union all
    select a.id from accounts a where 'operators' = any(r.recipients) and a.operator
  ) concerned
  join accounts a on a.id = concerned.account_id
  where a.disabled_at is null and a.id is distinct from e.actor_id
  on conflict (account_id, event_id) do nothing;
  return null;
end $$;
create trigger events_notify after insert on events
  referencing new table as after for each statement execute function events_notify();

-- Mails the notifications to people who want that kind by mail and whose address is confirmed. The number per recipient and
-- acting account is limited. The counters are locked in order, so that two statements never wait for each other.
create function notifications_mail() returns trigger language plpgsql as $$
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
      case r.mail_group when 'organization' then p.organization when 'members' then p.members when 'roles' then p.roles end, true)
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
create trigger notifications_mail after insert on notifications
  referencing new table as after for each statement execute function notifications_mail();
