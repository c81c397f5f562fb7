-- The catalogue: services and their roles.

create table services (
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (length(name) between 1 and 120),
  description text not null default '' check (length(description) <= 2000),
  position integer not null default 0,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
comment on table services is 'What organizations get access to.';
comment on column services.id is 'UUID version 7.';
comment on column services.key is 'The name in files and for programs; never changes.';
comment on column services.name is 'As people read it.';
comment on column services.description is 'What it is.';
comment on column services.position is 'Its place in lists.';
comment on column services.created_at is 'Since when it is in the catalogue.';
comment on column services.retired_at is 'Since when its roles cannot be requested; null while they can. Organizations keep those that they hold.';

create table roles (
  id uuid primary key,
  service_id uuid not null references services (id),
  key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  kind text not null check (kind in ('access', 'quota')),
  created_at timestamptz not null default now(),
  unique (service_id, key),
  unique (id, service_id, kind)
);
comment on table roles is 'Access roles and quota roles: what never changes about them. To use a service takes one of each.';
comment on column roles.id is 'UUID version 7.';
comment on column roles.service_id is 'On which service.';
comment on column roles.key is 'The name in files and for programs, unique on its service.';
comment on column roles.kind is '“access” or “quota”.';
comment on column roles.created_at is 'Since when it is in the catalogue.';

create table role_versions (
  role_id uuid not null,
  service_id uuid not null,
  kind text not null,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  name text not null check (length(name) between 1 and 120),
  description text not null default '' check (length(description) <= 2000),
  position integer not null default 0,
  is_default boolean not null default false,
  requestable boolean not null default true,
  retired boolean not null default false,
  limits jsonb not null default '[]' check (jsonb_typeof(limits) = 'array'),
  version integer not null default 1,
  primary key (role_id, valid_from),
  foreign key (role_id, service_id, kind) references roles (id, service_id, kind),
  check (not (is_default and retired)),
  check (kind = 'quota' or limits = '[]'),
  check (valid_until is null or valid_until >= valid_from)
);
comment on table role_versions is 'What may change about a role, with since when and until when it was so.';
comment on column role_versions.role_id is 'Which role.';
comment on column role_versions.service_id is 'Its service, for the index of defaults.';
comment on column role_versions.kind is 'Its kind, for the index of defaults.';
comment on column role_versions.valid_from is 'Since when it is so.';
comment on column role_versions.valid_until is 'Until when; null while it is so.';
comment on column role_versions.name is 'As people read it.';
comment on column role_versions.description is 'What it gives.';
comment on column role_versions.position is 'Its place in lists.';
comment on column role_versions.is_default is 'Whether every account holds it, organization or not.';
comment on column role_versions.requestable is 'Whether organizations can ask for it; operators can grant it in any case.';
comment on column role_versions.retired is 'Whether it can no longer be given. Organizations that hold it keep it.';
comment on column role_versions.limits is 'Of a quota role: numbers with units, [{"name", "value", "unit"}].';
comment on column role_versions.version is 'Counts the versions of a role, from 1.';
create unique index role_versions_current on role_versions (role_id) where valid_until is null;
create unique index role_versions_one_default on role_versions (service_id, kind) where valid_until is null and is_default;
create index role_versions_defaults on role_versions (service_id, kind, valid_from) where is_default;
