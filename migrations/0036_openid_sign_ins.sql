-- Who is signed in to which application. When a sign-in ends, the application is told (OpenID Connect Back-Channel Logout 1.0),
-- through a connection of its own.
alter table openid_clients add column asks_consent boolean not null default false;
comment on column openid_clients.asks_consent is 'Whether each person is asked before it learns anything about them; otherwise operators have agreed for them.';

create table openid_consents (
  client_id uuid not null references openid_clients (id),
  account_id uuid not null references accounts (id),
  scopes text[] not null,
  given_at timestamptz not null default now(),
  primary key (client_id, account_id)
);
create index openid_consents_account on openid_consents (account_id);
comment on table openid_consents is 'What people have agreed that an application may learn about them.';
comment on column openid_consents.client_id is 'The application.';
comment on column openid_consents.account_id is 'The person.';
comment on column openid_consents.scopes is 'The scopes they have agreed to.';
comment on column openid_consents.given_at is 'When they last agreed.';

create table openid_sign_ins (
  client_id uuid not null references openid_clients (id),
  session_id uuid not null,
  account_id uuid not null references accounts (id),
  sid text,
  membership_id uuid references memberships (id),
  access_role_id uuid references roles (id),
  signed_in_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (client_id, session_id)
);
create index openid_sign_ins_account on openid_sign_ins (account_id, client_id);
create index openid_sign_ins_session on openid_sign_ins (session_id);
create index openid_sign_ins_membership on openid_sign_ins (membership_id) where membership_id is not null;
create index openid_sign_ins_role on openid_sign_ins (access_role_id) where access_role_id is not null;
comment on table openid_sign_ins is 'Who is signed in to which application. A row is deleted once the application knows that it has ended.';
comment on column openid_sign_ins.client_id is 'The application.';
comment on column openid_sign_ins.session_id is 'The session of the portal, with which it ends.';
comment on column openid_sign_ins.account_id is 'The person.';
comment on column openid_sign_ins.sid is 'The session id that the application knows; null if it asks for none.';
comment on column openid_sign_ins.membership_id is 'The membership under which they signed in, with which it ends; null if there was none.';
comment on column openid_sign_ins.access_role_id is 'Their access role at the sign-in. It ends when they hold another one: the application may remember it.';
comment on column openid_sign_ins.signed_in_at is 'When the application last asked for a code.';
comment on column openid_sign_ins.ended_at is 'When the person signed out of the application here; null if they did not.';

alter table connections alter column service_id drop not null;
alter table connections add column client_id uuid references openid_clients (id);
comment on column connections.client_id is 'Of the kind openid: the application that is told of sign-ins that end.';
comment on column connections.service_id is 'The service; null for an application that stands for none.';
alter table connections drop constraint connections_kind_check;
alter table connections add constraint connections_kind_check check (kind in ('pull', 'webhook', 's3', 'openid'));
alter table connections add constraint connections_client_check
  check ((kind = 'openid') = (client_id is not null) and (kind = 'openid' or service_id is not null));
create unique index connections_one_of_client on connections (client_id) where deleted_at is null;
create index connections_client on connections (client_id) where client_id is not null;

-- A session has no event when it ends.
create function sessions_signal_ends() returns trigger language plpgsql as $$
begin
  insert into change_signals (account_id)
  select distinct i.account_id from before s join openid_sign_ins i on i.session_id = s.id;
  return null;
end $$;
create trigger sessions_signal_ends after delete on sessions
  referencing old table as before for each statement execute function sessions_signal_ends();

-- Each application with an address for logout tokens has a connection.
insert into connections (id, service_id, client_id, kind, name, enabled, enabled_at, bound_to, created_by)
select gen_random_uuid(), c.service_id, c.id, 'openid', c.name, true, now(), coalesce((select bound_to from connections limit 1), ''), c.created_by
from openid_clients c where c.backchannel_logout_uri is not null and c.ended_at is null;
