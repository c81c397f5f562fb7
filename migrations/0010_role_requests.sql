-- Role requests, and the decisions about them.

create table role_requests (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  service_id uuid not null references services (id),
  requested_by uuid not null references accounts (id),
  requested_at timestamptz not null default now(),
  description text not null check (length(description) between 1 and 2000)
);
comment on table role_requests is 'Requests of organizations for an access role, a quota role, or both of one service.';
comment on column role_requests.id is 'UUID version 7.';
comment on column role_requests.organization_id is 'The organization.';
comment on column role_requests.service_id is 'The service.';
comment on column role_requests.requested_by is 'The admin who requested it.';
comment on column role_requests.requested_at is 'When it was requested.';
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
comment on table role_request_parts is 'The access part and the quota part of a request, each decided separately.';
comment on column role_request_parts.request_id is 'The request.';
comment on column role_request_parts.kind is '“access” or “quota”.';
comment on column role_request_parts.organization_id is 'The request’s organization, for the index of pending parts.';
comment on column role_request_parts.service_id is 'The request’s service, for the same index.';
comment on column role_request_parts.role_id is 'The requested role.';
comment on column role_request_parts.state is 'The state of the part.';
comment on column role_request_parts.reason is 'The operator’s reason; required for a refusal.';
comment on column role_request_parts.decided_by is 'The operator who decided, or the admin who withdrew; null if the organization ended.';
comment on column role_request_parts.decided_at is 'When it was decided.';
create unique index role_request_parts_one_pending on role_request_parts (organization_id, service_id, kind) where state = 'pending';
create index role_request_parts_pending on role_request_parts (request_id) where state = 'pending';
