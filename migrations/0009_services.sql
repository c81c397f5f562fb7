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
comment on table services is 'The services that organizations get access to.';
comment on column services.id is 'UUID version 7.';
comment on column services.key is 'The name in files and for programs; never changes.';
comment on column services.name is 'The name that people see.';
comment on column services.description is 'A description of the service.';
comment on column services.position is 'Its position in lists.';
comment on column services.created_at is 'When it was added to the catalogue.';
comment on column services.retired_at is 'When it was retired; null if it was not. Its roles can no longer be requested; organizations keep those that they hold.';

create table roles (
  id uuid primary key,
  service_id uuid not null references services (id),
  key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  kind text not null check (kind in ('access', 'quota')),
  created_at timestamptz not null default now(),
  unique (service_id, key),
  unique (id, service_id, kind)
);
comment on table roles is 'Access roles and quota roles: what never changes about them. Using a service requires one of each.';
comment on column roles.id is 'UUID version 7.';
comment on column roles.service_id is 'The service.';
comment on column roles.key is 'The name in files and for programs, unique on its service.';
comment on column roles.kind is '“access” or “quota”.';
comment on column roles.created_at is 'When it was added to the catalogue.';

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
comment on table role_versions is 'What may change about a role, with the period in which it was so.';
comment on column role_versions.role_id is 'The role.';
comment on column role_versions.service_id is 'Its service, for the index of defaults.';
comment on column role_versions.kind is 'Its kind, for the index of defaults.';
comment on column role_versions.valid_from is 'Start of the period.';
comment on column role_versions.valid_until is 'End of the period; null for the current version.';
comment on column role_versions.name is 'The name that people see.';
comment on column role_versions.description is 'A description of the role.';
comment on column role_versions.position is 'Its position in lists.';
comment on column role_versions.is_default is 'Whether every account holds it, with or without an organization.';
comment on column role_versions.requestable is 'Whether organizations can request it; operators can grant it in any case.';
comment on column role_versions.retired is 'Whether it can no longer be granted. Organizations that hold it keep it.';
comment on column role_versions.limits is 'Of a quota role: numbers with units, [{"name", "value", "unit"}].';
comment on column role_versions.version is 'The number of the version, from 1.';
create unique index role_versions_current on role_versions (role_id) where valid_until is null;
create unique index role_versions_one_default on role_versions (service_id, kind) where valid_until is null and is_default;
create index role_versions_defaults on role_versions (service_id, kind, valid_from) where is_default;
