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

-- A statement counts what was committed before it began to wait for a lock. A trigger sees all of it.
create function service_keys_are_limited() returns trigger language plpgsql as $$
begin
  if 2 < (select count(*) from service_keys k where k.service_id = new.service_id and k.ended_at is null and k.expires_at > now()) then
    raise exception 'a service has two keys' using errcode = '23514', constraint = 'service_keys_are_limited', table = 'service_keys';
  end if;
  return null;
end $$;
create trigger service_keys_are_limited after insert on service_keys for each row execute function service_keys_are_limited();
