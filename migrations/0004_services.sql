-- Services, the roles on them, who asked for which, and who holds which since when until when. Nothing here is
-- deleted and nothing is overwritten: what somebody could do on a given day is answered from the same rows.

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
comment on column services.retired_at is 'Since when nobody can ask for its roles; null while they can. Who holds one keeps it.';

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
comment on column role_versions.retired is 'Whether nobody can get it any more. Who holds it keeps it.';
comment on column role_versions.limits is 'Of a quota role: numbers with units, [{"name", "value", "unit"}].';
create unique index role_versions_current on role_versions (role_id) where valid_until is null;
create unique index role_versions_one_default on role_versions (service_id, kind) where valid_until is null and is_default;
create index role_versions_defaults on role_versions (service_id, kind, valid_from) where is_default;

create table role_requests (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  service_id uuid not null references services (id),
  requested_by uuid not null references accounts (id),
  requested_at timestamptz not null default now(),
  description text not null check (length(description) between 1 and 2000)
);
comment on table role_requests is 'What organizations asked for: an access role, a quota role, or both of one service.';
comment on column role_requests.id is 'UUID version 7.';
comment on column role_requests.organization_id is 'Who asks.';
comment on column role_requests.service_id is 'On which service.';
comment on column role_requests.requested_by is 'The admin who asked.';
comment on column role_requests.requested_at is 'When.';
comment on column role_requests.description is 'Description of planned activities.';
create index role_requests_of_organization on role_requests (organization_id, requested_at desc, id desc);

create table role_request_parts (
  request_id uuid not null references role_requests (id),
  kind text not null,
  organization_id uuid not null references organizations (id),
  service_id uuid not null,
  role_id uuid not null,
  state text not null default 'pending' check (state in ('pending', 'accepted', 'refused', 'withdrawn')),
  reason text check (length(reason) between 1 and 1000),
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  primary key (request_id, kind),
  foreign key (role_id, service_id, kind) references roles (id, service_id, kind),
  check ((state = 'pending') = (decided_at is null)),
  check (state <> 'refused' or reason is not null)
);
comment on table role_request_parts is 'The access part and the quota part of a request, each decided by itself.';
comment on column role_request_parts.request_id is 'Of which request.';
comment on column role_request_parts.kind is '“access” or “quota”.';
comment on column role_request_parts.organization_id is 'The request’s organization, for the index of pending parts.';
comment on column role_request_parts.service_id is 'The request’s service, for the same.';
comment on column role_request_parts.role_id is 'The role asked for.';
comment on column role_request_parts.state is 'How far it is.';
comment on column role_request_parts.reason is 'The operator’s reason; there always is one for a refusal.';
comment on column role_request_parts.decided_by is 'The operator who decided, or the admin who withdrew; null where the organization ended.';
comment on column role_request_parts.decided_at is 'When.';
create unique index role_request_parts_one_pending on role_request_parts (organization_id, service_id, kind) where state = 'pending';
create index role_request_parts_pending on role_request_parts (request_id) where state = 'pending';

create table role_assignments (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  service_id uuid not null,
  kind text not null,
  role_id uuid not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('replaced', 'revoked', 'organization_dissolved')),
  requested_by uuid references accounts (id),
  granted_by uuid not null references accounts (id),
  request_id uuid references role_requests (id),
  reason text check (length(reason) between 1 and 1000),
  foreign key (role_id, service_id, kind) references roles (id, service_id, kind),
  check ((ended_at is null) = (ended_reason is null)),
  check (expires_at is null or expires_at > started_at),
  check (ended_at is null or ended_at >= started_at)
);
comment on table role_assignments is 'Which roles organizations hold and held. Members inherit them by query; there is no row per member.';
comment on column role_assignments.id is 'UUID version 7.';
comment on column role_assignments.organization_id is 'Who holds it.';
comment on column role_assignments.service_id is 'On which service.';
comment on column role_assignments.kind is '“access” or “quota”.';
comment on column role_assignments.role_id is 'Which role.';
comment on column role_assignments.started_at is 'Since when.';
comment on column role_assignments.expires_at is 'Until when at the latest; null for as long as it is not ended. Nothing has to run for it to be true.';
comment on column role_assignments.ended_at is 'When it was ended; null while it was not.';
comment on column role_assignments.ended_reason is 'How it ended.';
comment on column role_assignments.requested_by is 'The admin who asked for it; null where an operator granted it unasked.';
comment on column role_assignments.granted_by is 'The operator who accepted or granted it.';
comment on column role_assignments.request_id is 'The request that it answers.';
comment on column role_assignments.reason is 'The operator’s reason, where he granted it unasked.';
create unique index role_assignments_one_per_kind on role_assignments (organization_id, service_id, kind) where ended_at is null;
create index role_assignments_history on role_assignments (organization_id, started_at);

create table organization_periods (
  organization_id uuid not null references organizations (id),
  accepted_from timestamptz not null,
  accepted_until timestamptz,
  primary key (organization_id, accepted_from)
);
comment on table organization_periods is 'When organizations were accepted: only then do they pass roles on. Kept by a trigger on organizations.';
comment on column organization_periods.organization_id is 'Which organization.';
comment on column organization_periods.accepted_from is 'Since when it was accepted.';
comment on column organization_periods.accepted_until is 'Until when; null while it is.';
create unique index organization_periods_current on organization_periods (organization_id) where accepted_until is null;

insert into organization_periods (organization_id, accepted_from)
select id, state_since from organizations where state = 'accepted';

alter table site add column catalogue_version integer not null default 0;
comment on column site.catalogue_version is 'Counts changes of the catalogue, so that two at once cannot mix.';
alter table site add column default_member_limit integer check (default_member_limit > 0);
comment on column site.default_member_limit is 'How many members an organization may have, where it has no limit of its own; null for any number.';
alter table organizations add column member_limit integer check (member_limit > 0);
comment on column organizations.member_limit is 'How many members it may have; null for the site’s default.';
alter table organizations add column limit_wanted integer check (limit_wanted > 0);
comment on column organizations.limit_wanted is 'The higher limit that an admin asked for; null where nothing waits for an operator.';
alter table organizations add column limit_wanted_reason text check (length(limit_wanted_reason) between 1 and 1000);
comment on column organizations.limit_wanted_reason is 'Why, in the admin’s words.';

-- As before, and now with the limit of members. It has the last word under the organization’s lock, whichever way
-- somebody joins.
create or replace function memberships_inserted() returns trigger language plpgsql as $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, count(*) as members, count(*) filter (where admin) as admins
    from after where ended_at is null group by organization_id
  ) change
  where o.id = change.organization_id;
  perform from organizations o
  where o.id in (select organization_id from after where ended_at is null)
    and o.member_count > coalesce(o.member_limit, (select default_member_limit from site));
  if found then
    raise exception 'the organization has as many members as it may have'
      using errcode = '23514', constraint = 'organizations_member_limit', table = 'organizations';
  end if;
  return null;
end $$;

create index memberships_history on memberships (account_id, started_at);
create index memberships_history_of_organization on memberships (organization_id, started_at desc, id desc);

create function organizations_accepted() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'accepted' then
    update organization_periods set accepted_until = now() where organization_id = new.id and accepted_until is null;
  end if;
  if new.state = 'accepted' then
    insert into organization_periods (organization_id, accepted_from) values (new.id, now());
  end if;
  return null;
end $$;
create trigger organizations_accepted_inserted after insert on organizations for each row
  when (new.state = 'accepted') execute function organizations_accepted();
create trigger organizations_accepted_updated after update of state on organizations for each row
  when (old.state <> new.state and 'accepted' in (old.state, new.state)) execute function organizations_accepted();

-- What ends with an organization, as before, and now what it asked for and held.
create or replace function organizations_ended() returns trigger language plpgsql as $$
begin
  update memberships set ended_at = now(), ended_reason = 'organization_' || new.state
  where organization_id = new.id and ended_at is null;
  update acceptances set state = 'declined', decided_at = now()
  where organization_id = new.id and state = 'awaiting_approval';
  update role_request_parts set state = 'withdrawn', decided_at = now()
  where organization_id = new.id and state = 'pending';
  update role_assignments set ended_at = now(), ended_reason = 'organization_dissolved'
  where organization_id = new.id and ended_at is null;
  return null;
end $$;
