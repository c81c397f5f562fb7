-- Events. Every change writes its event in its own statement, or a trigger does.

create table events (
  position bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  id uuid not null unique default time_ordered_id(),
  at timestamptz not null default now(),
  kind text not null,
  actor_id uuid,
  subject_id uuid,
  organization_id uuid,
  invitation_id uuid,
  details jsonb not null default '{}'
);
comment on table events is 'Exactly one row per change, written by the statement that makes it. Append-only. No foreign keys, so that events outlive the rows that they refer to.';
comment on column events.position is 'Order of insertion. Transactions may commit in a different order, so readers order by transaction first.';
comment on column events.transaction is 'The inserting transaction. Readers compare it with transaction snapshots, so they miss nothing.';
comment on column events.id is 'Public id, a UUID version 7.';
comment on column events.at is 'The time of the change, by the database’s clock.';
comment on column events.kind is 'The kind of change; see src/messaging/events/schema.ts. Never renamed.';
comment on column events.actor_id is 'The account that did it; null for the system and the command line.';
comment on column events.subject_id is 'The account that the event concerns, if any.';
comment on column events.organization_id is 'The organization, if any.';
comment on column events.invitation_id is 'The invitation, if any.';
comment on column events.details is 'What changed. Never a code or another secret, never a person’s name.';
create index events_feed on events (transaction, position);
create index events_organization on events (organization_id, position desc);
create index events_actor on events (actor_id, position desc);
create index events_subject on events (subject_id, position desc) where subject_id is distinct from actor_id;

create function events_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only' using errcode = '23514', constraint = 'events_are_append_only';
end $$;
create trigger events_are_append_only before update or delete or truncate on events
  for each statement execute function events_are_append_only();
