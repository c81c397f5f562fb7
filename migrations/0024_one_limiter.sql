-- One limiter counts everything: sign-ins, wrong codes and mails.

drop table wrong_codes;
drop table mail_counts;

-- Counts one try, and says whether it may go ahead. A try that is refused counts for nothing, so waiting always helps.
-- It is one conditional update of one row, which PostgreSQL checks again after it has waited for the row: no more tries
-- get through than the limit allows, however many come at once and in however many processes.
create function count_try(counter text, most integer, seconds integer) returns boolean language plpgsql as $$
declare
  period constant interval := seconds * interval '1 second';
  step constant interval := period / most;
begin
  insert into tries as t (key, drained_at) values (counter, now() + step)
  on conflict (key) do update set drained_at = greatest(t.drained_at, now()) + step
  where greatest(t.drained_at, now()) + step <= now() + period;
  return found;
end $$;

comment on table tries is 'Recent tries: one row for each counter. A row whose time has passed counts for nothing and is deleted.';
comment on column tries.key is 'What is limited, and for whom: “signIn source 203.0.113.7”.';
comment on column tries.drained_at is 'When all tries counted so far are forgotten. Each try moves it on by its share of the limit’s time.';

create table limits (
  name text primary key,
  most integer not null check (most > 0),
  seconds integer not null check (seconds > 0)
);
comment on table limits is 'The limits that functions of the database apply. Every start fills it from src/platform/limits/policies.ts.';
comment on column limits.name is 'The name of the policy.';
comment on column limits.most is 'How many tries are allowed at once.';
comment on column limits.seconds is 'The time, in seconds, in which as many again are allowed.';

-- The keys come in order, so that two statements never wait for each other.
create or replace function notices_mail() returns trigger language plpgsql as $$
begin
  if not (select mail_configured from site) then
    return null;
  end if;
  with wanted as materialized (
    select a.id as account_id, a.email, e.id as event_id,
      'notification mails of ' || e.actor_id || ' to ' || a.id as counter
    from after n join events e on e.id = n.event_id join accounts a on a.id = n.account_id
    left join notice_preferences p on p.account_id = a.id
    where a.email_verified
      and coalesce(
        case
          when e.kind like 'role\_%' then p.roles
          when e.kind like 'organization\_%' or e.kind like 'identity\_%' or e.kind = 'changes_requested' then p.organization
          else p.members
        end, true)
    order by counter, e.position
  ), counted as materialized (
    select w.*, w.counter is null or count_try(w.counter, l.most, l.seconds) as permitted
    from wanted w, limits l where l.name = 'notificationMails'
  )
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), account_id, email, 'notice', jsonb_build_object('eventId', event_id)
  from counted where permitted;
  return null;
end $$;
