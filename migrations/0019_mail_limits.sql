-- What strangers set off uses up nothing of what the holder of an address asks for, and nobody floods an account with
-- mails of notices: at most 20 an hour go to one account of what one other did. The bell has all of them.

comment on table mail_counts is
  'Mails lately, per recipient, per sender and per account that others are told of, so that nobody is flooded. Shared by all processes.';
comment on column mail_counts.key is
  '“to:…”, a template and an address; “from:…” and an account; or “notices:…”, whoever acted and whoever is told.';
comment on column mails.last_error is
  'Why the last attempt failed, in the mail server’s words, or why it was given up without one: what it was for has ended.';

-- A statement may have several notices to one account, so they are counted together: a key's row is updated once. The
-- keys come in their order, so that two statements never wait for each other. What nobody has set off is not limited.
create or replace function notices_mail() returns trigger language plpgsql as $$
declare
  most constant integer := 20; -- mailLimits.noticesPerActor in src/mails/rules.ts
begin
  if not (select mail_configured from site) then
    return null;
  end if;
  with wanted as materialized (
    select a.id as account_id, a.email, e.id as event_id, 'notices:' || e.actor_id || ' ' || a.id as key,
      row_number() over (partition by e.actor_id, a.id order by e.position) as nth
    from after n join events e on e.id = n.event_id join accounts a on a.id = n.account_id
    left join notice_preferences p on p.account_id = a.id
    where a.email_verified
      and coalesce(
        case
          when e.kind like 'role\_%' then p.roles
          when e.kind like 'organization\_%' or e.kind like 'identity\_%' or e.kind = 'changes_requested' then p.organization
          else p.members
        end, true)
  ), more as (
    select key, count(*)::int as mails from wanted where key is not null group by key
  ), counted as (
    insert into mail_counts as c (key, mails) select key, mails from more order by key
    on conflict (key) do update
    set mails = case when c.since < now() - interval '1 hour' then excluded.mails else c.mails + excluded.mails end,
      since = case when c.since < now() - interval '1 hour' then now() else c.since end
    where c.since < now() - interval '1 hour' or c.mails < most
    returning key, mails
  ), permitted as (
    select key, most - (counted.mails - more.mails) as left_over from counted join more using (key)
  )
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), w.account_id, w.email, 'notice', jsonb_build_object('eventId', w.event_id)
  from wanted w left join permitted p using (key)
  where w.key is null or w.nth <= p.left_over;
  return null;
end $$;
