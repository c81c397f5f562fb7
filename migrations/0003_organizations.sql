-- Lock order everywhere: organization, invitation, membership. Whatever changes who is in an organization, or
-- who is an admin, first locks its row. The triggers below run with a snapshot taken after that lock, so they
-- see everything that was committed before; the statement that fired them may not (ADR 3).

create table organizations (
  id uuid primary key,
  name text not null check (length(name) between 3 and 120),
  name_key text not null,
  country text not null check (length(country) = 2),
  description text not null check (length(description) between 1 and 2000),
  address text not null default '',
  city text not null default '',
  postal_code text not null default '',
  website text not null default '',
  tax_id text not null default '',
  author_id uuid not null references accounts (id),
  state text not null default 'pending'
    check (state in ('pending', 'changes_requested', 'accepted', 'suspended', 'rejected', 'dissolved')),
  state_reason text,
  state_since timestamptz not null default now(),
  created_at timestamptz not null default now(),
  admin_count integer not null default 0 check (admin_count >= 0),
  member_count integer not null default 0 check (member_count >= admin_count)
);
comment on table organizations is 'Organizations, in every state.';
comment on column organizations.id is 'UUID version 7.';
comment on column organizations.name is 'As its admins write it.';
comment on column organizations.name_key is 'The name folded for comparison: two live organizations never share it.';
comment on column organizations.country is 'ISO 3166-1 alpha-2.';
comment on column organizations.description is 'Description of planned activities.';
comment on column organizations.address is 'Street and number; may be empty.';
comment on column organizations.city is 'May be empty.';
comment on column organizations.postal_code is 'May be empty.';
comment on column organizations.website is 'May be empty.';
comment on column organizations.tax_id is 'May be empty.';
comment on column organizations.author_id is 'Who asked for it; may resubmit it after a rejection.';
comment on column organizations.state is 'Only an accepted one invites, requests roles and passes roles on.';
comment on column organizations.state_reason is 'The operator’s reason for the state, where one is needed.';
comment on column organizations.state_since is 'When it came into its state.';
comment on column organizations.created_at is 'When it was asked for.';
comment on column organizations.admin_count is 'How many members have admin privileges; kept by a trigger on memberships.';
comment on column organizations.member_count is 'How many members; kept by a trigger on memberships.';
create unique index organizations_name on organizations (name_key) where state not in ('rejected', 'dissolved');
create index organizations_newest on organizations (created_at desc, id desc);
create index organizations_by_name on organizations (name_key, id);
create index organizations_state on organizations (state, created_at, id);
create index organizations_author on organizations (author_id);

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  created_by uuid not null references accounts (id),
  inviter_membership_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  note text not null default '',
  uses integer not null default 1 check (uses between 1 and 1000),
  uses_spent integer not null default 0 check (uses_spent between 0 and uses),
  bound_email text,
  bound_domain text,
  grants_admin boolean not null default false,
  needs_approval boolean not null default false,
  revoked_at timestamptz,
  revoked_reason text check (revoked_reason in ('by_admin', 'inviter_lost_admin_privileges')),
  code_hash bytea not null unique,
  code_sealed bytea not null,
  check (bound_email is null or bound_domain is null),
  check ((revoked_at is null) = (revoked_reason is null))
);
comment on table invitations is 'Codes that let people into an organization.';
comment on column invitations.id is 'UUID version 7.';
comment on column invitations.organization_id is 'Into which organization.';
comment on column invitations.created_by is 'Who made it.';
comment on column invitations.inviter_membership_id is 'The membership it was made with. When that ends or loses admin privileges, a trigger revokes the invitation.';
comment on column invitations.created_at is 'When it was made.';
comment on column invitations.expires_at is 'From then on it lets nobody in.';
comment on column invitations.note is 'Whom it is for, in the admin’s words.';
comment on column invitations.uses is 'How many people it may let in.';
comment on column invitations.uses_spent is 'How many have accepted. Never more than uses, whatever happens at once.';
comment on column invitations.bound_email is 'Only for this confirmed address.';
comment on column invitations.bound_domain is 'Only for confirmed addresses of this domain.';
comment on column invitations.grants_admin is 'Whether whoever accepts gets admin privileges.';
comment on column invitations.needs_approval is 'Whether an admin approves each acceptance.';
comment on column invitations.revoked_at is 'When it was revoked.';
comment on column invitations.revoked_reason is 'Why it was revoked.';
comment on column invitations.code_hash is 'Keyed hash of the code, for look-up. The key is not in the database.';
comment on column invitations.code_sealed is 'The code, encrypted and authenticated, for showing it again. The key is not in the database.';
create index invitations_newest on invitations (organization_id, created_at desc, id desc);
create index invitations_of_inviter on invitations (inviter_membership_id) where revoked_at is null;

create table memberships (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  account_id uuid not null references accounts (id),
  admin boolean not null default false,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('left', 'removed', 'organization_rejected', 'organization_dissolved')),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table memberships is 'Who is, and was, in which organization. Rows are ended, never deleted.';
comment on column memberships.id is 'UUID version 7.';
comment on column memberships.organization_id is 'In which organization.';
comment on column memberships.account_id is 'Who.';
comment on column memberships.admin is 'Admin privileges.';
comment on column memberships.started_at is 'Since when.';
comment on column memberships.ended_at is 'Until when; null while it lasts.';
comment on column memberships.ended_reason is 'How it ended.';
create unique index memberships_one_per_account on memberships (account_id) where ended_at is null;
create index memberships_newest on memberships (organization_id, started_at desc, id desc) where ended_at is null;
alter table invitations add foreign key (inviter_membership_id) references memberships (id);

create table acceptances (
  id uuid primary key,
  invitation_id uuid not null references invitations (id),
  organization_id uuid not null references organizations (id),
  account_id uuid not null references accounts (id),
  at timestamptz not null default now(),
  state text not null check (state in ('joined', 'awaiting_approval', 'declined', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid references accounts (id),
  constraint acceptances_once_per_account unique (invitation_id, account_id)
);
comment on table acceptances is 'Who accepted which invitation. A code works once for a person, so nobody comes back with an old one.';
comment on column acceptances.id is 'UUID version 7.';
comment on column acceptances.invitation_id is 'Which invitation.';
comment on column acceptances.organization_id is 'Its organization.';
comment on column acceptances.account_id is 'Who.';
comment on column acceptances.at is 'When.';
comment on column acceptances.state is 'Whether it led to a membership, or waits for an admin.';
comment on column acceptances.decided_at is 'When an admin decided, or the person withdrew.';
comment on column acceptances.decided_by is 'Who decided.';
create unique index acceptances_one_waiting on acceptances (account_id) where state = 'awaiting_approval';
create index acceptances_newest on acceptances (organization_id, at desc, id desc);

create table wrong_codes (
  key text primary key,
  since timestamptz not null default now(),
  tries integer not null default 1
);
comment on table wrong_codes is 'Wrong invitation codes tried lately, per account and per source address, shared by all processes.';
comment on column wrong_codes.key is '“account:…” or “source:…”.';
comment on column wrong_codes.since is 'When counting began; it starts again after a quarter of an hour.';
comment on column wrong_codes.tries is 'How many since then.';

-- Keeps the counts that the last-admin rule is guarded by, whichever statement changed memberships, and revokes
-- the pending invitations of whoever lost admin privileges.
create function memberships_inserted() returns trigger language plpgsql as $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, count(*) as members, count(*) filter (where admin) as admins
    from after where ended_at is null group by organization_id
  ) change
  where o.id = change.organization_id;
  return null;
end $$;
create trigger memberships_inserted after insert on memberships
  referencing new table as after for each statement execute function memberships_inserted();

create function memberships_updated() returns trigger language plpgsql as $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, sum(member) as members, sum(admin) as admins
    from (
      select organization_id, (ended_at is null)::int as member, (admin and ended_at is null)::int as admin from after
      union all
      select organization_id, -(ended_at is null)::int, -(admin and ended_at is null)::int from before
    ) rows
    group by organization_id
  ) change
  where o.id = change.organization_id;

  update invitations i
  set revoked_at = now(), revoked_reason = 'inviter_lost_admin_privileges'
  from after
  where i.inviter_membership_id = after.id
    and (after.ended_at is not null or not after.admin)
    and i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now();
  return null;
end $$;
create trigger memberships_updated after update on memberships
  referencing old table as before new table as after for each statement execute function memberships_updated();

-- The last word on the last admin. Deferred, because within one statement the count may pass through zero.
create function organizations_have_an_admin() returns trigger language plpgsql as $$
begin
  perform from organizations where id = new.id and admin_count < 1 and state not in ('rejected', 'dissolved');
  if found then
    raise exception 'an organization needs an admin'
      using errcode = '23514', constraint = 'organizations_have_an_admin', table = 'organizations';
  end if;
  return null;
end $$;
create constraint trigger organizations_have_an_admin after insert or update on organizations
  deferrable initially deferred for each row
  when (new.admin_count < 1 and new.state not in ('rejected', 'dissolved'))
  execute function organizations_have_an_admin();

-- What ends with an organization: its memberships, and with them its invitations; and who waits to be let in.
create function organizations_ended() returns trigger language plpgsql as $$
begin
  update memberships set ended_at = now(), ended_reason = 'organization_' || new.state
  where organization_id = new.id and ended_at is null;
  update acceptances set state = 'declined', decided_at = now()
  where organization_id = new.id and state = 'awaiting_approval';
  return null;
end $$;
create trigger organizations_ended after update of state on organizations for each row
  when (new.state in ('rejected', 'dissolved') and old.state not in ('rejected', 'dissolved'))
  execute function organizations_ended();
