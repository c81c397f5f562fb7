-- Connections to services, and the ledger: what each connected service was told that people may do there, and what it applied.

create table connections (
  id uuid primary key,
  service_id uuid not null references services (id),
  kind text not null check (kind in ('pull')),
  name text not null check (length(name) between 1 and 60),
  enabled boolean not null default false,
  enabled_at timestamptz,
  bound_to text not null,
  epoch integer not null default 1,
  version bigint not null default 0,
  oldest_version bigint not null default 0,
  created_by uuid not null references accounts (id),
  created_at timestamptz not null default now(),
  ok_since timestamptz,
  failing_since timestamptz,
  failures integer not null default 0,
  paused_until timestamptz,
  problem text,
  withheld integer not null default 0,
  compared_at timestamptz,
  comparison_claimed_until timestamptz,
  deleted_at timestamptz
);
comment on table connections is 'Connections to services. Rows are marked as deleted, because the ledger proves what ended through them.';
comment on column connections.id is 'UUID version 7.';
comment on column connections.service_id is 'The service that people use through it.';
comment on column connections.kind is 'How the service is reached; see src/connections/kinds.';
comment on column connections.name is 'The name that an operator gave it.';
comment on column connections.enabled is 'Whether it is on. While it is off, the service learns of no change.';
comment on column connections.enabled_at is 'When it was last switched on; null if never.';
comment on column connections.bound_to is 'The base URL of the site that may use it: a copy of the database that is started elsewhere leaves connected services alone.';
comment on column connections.epoch is 'Counts restores. A cursor from an earlier epoch is no longer valid.';
comment on column connections.version is 'The highest version in its ledger. Drawn under this row’s lock, so versions are committed in their order.';
comment on column connections.oldest_version is 'The highest version whose row was deleted. A cursor before it has missed something.';
comment on column connections.created_by is 'The operator who made it.';
comment on column connections.created_at is 'When it was made.';
comment on column connections.ok_since is 'Since when it has been working.';
comment on column connections.failing_since is 'Since when it has been failing; null if it is not.';
comment on column connections.failures is 'Failures in a row.';
comment on column connections.paused_until is 'Until when nothing is tried, after too many failures in a row.';
comment on column connections.problem is 'Why it is failing: a code.';
comment on column connections.withheld is 'How many losses the last comparison found that no event and no end date explain. They are withheld until an operator confirms them.';
comment on column connections.compared_at is 'When its ledger was last compared with the entitlements as a whole.';
comment on column connections.comparison_claimed_until is 'Until when a process has claimed that comparison.';
comment on column connections.deleted_at is 'When it was deleted.';
create index connections_service on connections (service_id);
create index connections_enabled on connections (id) where enabled;

create table propagations (
  connection_id uuid not null references connections (id),
  account_id uuid not null references accounts (id),
  organization_id uuid,
  desired jsonb,
  desired_at timestamptz not null default now(),
  version bigint not null,
  applied jsonb,
  applied_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  claim uuid,
  claimed_until timestamptz,
  error text,
  ended_at timestamptz,
  proved_at timestamptz,
  primary key (connection_id, account_id)
);
comment on table propagations is 'The ledger: per connection and account, what should be in the service and what was applied there. Null means nothing.';
comment on column propagations.connection_id is 'The connection.';
comment on column propagations.account_id is 'The account.';
comment on column propagations.organization_id is 'The organization through which the person holds it, or held it last.';
comment on column propagations.desired is 'What the account should have in the service; null for nothing.';
comment on column propagations.desired_at is 'Since when.';
comment on column propagations.version is 'Counts changes of the connection’s ledger: the version of this row’s last one. Receivers ignore older ones.';
comment on column propagations.applied is 'What was last applied in the service; null for nothing.';
comment on column propagations.applied_at is 'When it was applied.';
comment on column propagations.attempts is 'Failed attempts in a row.';
comment on column propagations.next_attempt_at is 'When the row is due: at once after a change, later after a failure, and at the next end date of what it rests on.';
comment on column propagations.claim is 'The claim of the worker that works on it.';
comment on column propagations.claimed_until is 'When that claim expires.';
comment on column propagations.error is 'Why the last attempt failed: a code.';
comment on column propagations.ended_at is 'When the access was to end; null while there is some.';
comment on column propagations.proved_at is 'When the end was confirmed by the service.';
-- Most updates change columns that no index has.
alter table propagations set (fillfactor = 80);
create unique index propagations_version on propagations (connection_id, version);
create index propagations_due on propagations (connection_id, (desired is not null), next_attempt_at) where next_attempt_at is not null;
create index propagations_account on propagations (account_id);
create index propagations_organization on propagations (organization_id) where organization_id is not null;

create table change_signals (
  id bigint generated always as identity primary key,
  account_id uuid,
  organization_id uuid,
  at timestamptz not null default now()
);
comment on table change_signals is 'Accounts and organizations whose access may have changed. Workers take them and update the ledger.';
comment on column change_signals.id is 'Order of insertion.';
comment on column change_signals.account_id is 'The account; null for all members of the organization.';
comment on column change_signals.organization_id is 'The organization; null without an account for everyone.';
comment on column change_signals.at is 'When it was written.';

create table change_signal_rules (
  kind text primary key,
  concerns text not null check (concerns in ('people', 'organization', 'everyone'))
);
comment on table change_signal_rules is 'Which events may change access, and whose. Every start fills it from src/connections/ledger/signals.ts.';
comment on column change_signal_rules.kind is 'The kind of event.';
comment on column change_signal_rules.concerns is 'Whose access: that of the actor and the subject, of the organization’s members, or of everyone.';

create function events_signal_changes() returns trigger language plpgsql as $$
begin
  if not exists (select from connections where enabled) then
    return null;
  end if;
  insert into change_signals (account_id, organization_id)
  select distinct concerned.account_id, concerned.organization_id
  from after e join change_signal_rules r on r.kind = e.kind
  cross join lateral (
    select e.subject_id as account_id, null::uuid as organization_id where r.concerns = 'people' and e.subject_id is not null
    union all
    select e.actor_id, null where r.concerns = 'people' and e.actor_id is not null
    union all
    select null, e.organization_id where r.concerns = 'organization' and e.organization_id is not null
    union all
    select null, null where r.concerns = 'everyone'
  ) concerned;
  return null;
end $$;
create trigger events_signal_changes after insert on events
  referencing new table as after for each statement execute function events_signal_changes();
