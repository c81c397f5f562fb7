-- Rate limits of attempts and mails: one kind of counter for everything, shared by all processes.

-- Counts one attempt and returns whether it is allowed. A refused attempt does not count, so waiting always helps. It is one
-- conditional update of one row, which PostgreSQL checks again after it has waited for the row: no more attempts are allowed
-- than the limit permits, however many arrive at once and in however many processes.
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

create table tries (
  key text primary key,
  drained_at timestamptz not null
);
comment on table tries is 'Recent attempts: one row for each counter. A row whose time has passed counts for nothing and is deleted.';
comment on column tries.key is 'The limited action and the network or account: “signIn source 203.0.113.7”.';
comment on column tries.drained_at is 'When the counter is empty again. Each attempt moves it forward by the period divided by the limit.';
create index tries_drained on tries (drained_at);

create table limits (
  name text primary key,
  most integer not null check (most > 0),
  seconds integer not null check (seconds > 0)
);
comment on table limits is 'The limits that functions of the database apply. Every start fills it from src/platform/limits/policies.ts.';
comment on column limits.name is 'The name of the policy.';
comment on column limits.most is 'The size of the burst.';
comment on column limits.seconds is 'The period, in seconds, in which as many attempts again are allowed.';
