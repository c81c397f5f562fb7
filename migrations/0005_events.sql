-- What happened. Every change writes its event in its own statement, or a trigger does.

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
comment on table events is 'What happened: exactly one row per change, written in the statement that makes it. Append-only. No foreign keys, so that history outlives what it tells of.';
comment on column events.position is 'Order of writing. Commits may overtake each other: a follower orders by transaction first.';
comment on column events.transaction is 'The writing transaction. Followers read only below the oldest one still running, so they miss nothing.';
comment on column events.id is 'Public id, a UUID version 7.';
comment on column events.at is 'When, by the database’s clock.';
comment on column events.kind is 'What happened; see src/messaging/events/schema.ts. Never renamed.';
comment on column events.actor_id is 'The account that did it; null for the system and the command line.';
comment on column events.subject_id is 'The account it happened to, where it concerned one.';
comment on column events.organization_id is 'In which organization, where in one.';
comment on column events.invitation_id is 'About which invitation, where about one.';
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
