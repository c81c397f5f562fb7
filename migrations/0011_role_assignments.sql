-- The roles that organizations hold or held.

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
comment on table role_assignments is 'The roles that organizations hold or held. Members inherit them by query; there is no row per member.';
comment on column role_assignments.id is 'UUID version 7.';
comment on column role_assignments.organization_id is 'The organization.';
comment on column role_assignments.service_id is 'The service.';
comment on column role_assignments.kind is '“access” or “quota”.';
comment on column role_assignments.role_id is 'The role.';
comment on column role_assignments.started_at is 'Start.';
comment on column role_assignments.expires_at is 'The end date; null if there is none. It takes effect without a scheduled job.';
comment on column role_assignments.ended_at is 'When it was ended; null if it was not.';
comment on column role_assignments.ended_reason is 'How it ended.';
comment on column role_assignments.requested_by is 'The admin who requested it; null if an operator granted it without a request.';
comment on column role_assignments.granted_by is 'The operator who accepted or granted it.';
comment on column role_assignments.request_id is 'The request that led to it.';
comment on column role_assignments.reason is 'The operator’s reason for granting it without a request.';
create unique index role_assignments_one_per_kind on role_assignments (organization_id, service_id, kind) where ended_at is null;
create index role_assignments_history on role_assignments (organization_id, started_at);
