-- Keys with which services ask who holds what on them.

create table service_keys (
  id uuid primary key,
  service_id uuid not null references services (id),
  name text not null,
  prefix text not null,
  hash text not null unique,
  created_by uuid not null references accounts (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz,
  check (expires_at > created_at)
);
comment on table service_keys is 'Credentials of services. Rows are ended, never deleted.';
comment on column service_keys.id is 'UUID version 7.';
comment on column service_keys.service_id is 'The service that it identifies. A key answers about this service only.';
comment on column service_keys.name is 'The name that an operator gave it.';
comment on column service_keys.prefix is 'The beginning of the key, by which people recognize it.';
comment on column service_keys.hash is 'SHA-256 of the key as base64url. The key has 256 random bits, so a plain hash is enough.';
comment on column service_keys.created_by is 'The operator who made it.';
comment on column service_keys.created_at is 'When it was made.';
comment on column service_keys.expires_at is 'When it expires.';
comment on column service_keys.last_used_at is 'When it was last used, to the minute; null if never.';
comment on column service_keys.ended_at is 'When it was ended; null if it was not.';
-- Leaves room on each page for HOT updates of last_used_at.
alter table service_keys set (fillfactor = 80);
create index service_keys_service on service_keys (service_id, created_at desc);
