-- Connections that services are told through: webhooks, and each attempt to tell.

alter table connections drop constraint connections_kind_check;
alter table connections add constraint connections_kind_check check (kind in ('pull', 'webhook'));
alter table connections add column settings jsonb not null default '{}';
alter table connections add column secret_sealed bytea;
alter table connections add column former_secret_sealed bytea;
alter table connections add column former_secret_until timestamptz;
alter table connections add column reported_at timestamptz;
comment on column connections.settings is 'What the kind needs to know, such as an address. Never a secret.';
comment on column connections.secret_sealed is 'Its secret, encrypted; the key is not in the database.';
comment on column connections.former_secret_sealed is 'The secret before the last rotation, encrypted.';
comment on column connections.former_secret_until is 'Until when the former secret is used beside the new one.';
comment on column connections.reported_at is 'When operators were told that it is failing; null while it is not.';

create table propagation_attempts (
  id uuid primary key,
  connection_id uuid not null references connections (id),
  account_id uuid,
  version bigint,
  at timestamptz not null default now(),
  milliseconds integer not null,
  outcome text not null,
  status integer,
  request jsonb,
  answer text check (length(answer) <= 1000)
);
comment on table propagation_attempts is 'Attempts to tell a service, kept for 30 days.';
comment on column propagation_attempts.id is 'UUID version 7.';
comment on column propagation_attempts.connection_id is 'The connection.';
comment on column propagation_attempts.account_id is 'The account concerned; null for a test.';
comment on column propagation_attempts.version is 'The version of the ledger’s row that was sent; null for a test.';
comment on column propagation_attempts.at is 'When it ended.';
comment on column propagation_attempts.milliseconds is 'How long it took.';
comment on column propagation_attempts.outcome is 'applied, or why it failed: a code.';
comment on column propagation_attempts.status is 'The HTTP status of the answer, if there was one.';
comment on column propagation_attempts.request is 'What was sent; null for kinds whose requests contain secrets.';
comment on column propagation_attempts.answer is 'The beginning of the answer; null for kinds whose answers contain secrets.';
create index propagation_attempts_connection on propagation_attempts (connection_id, id desc);
create index propagation_attempts_at on propagation_attempts (at);
