-- Invitations and their acceptances.

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  created_by uuid not null references accounts (id),
  inviter_membership_id uuid not null references memberships (id),
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
  mailed_to text,
  mail_proof text,
  check (bound_email is null or bound_domain is null),
  check ((revoked_at is null) = (revoked_reason is null)),
  constraint invitations_mail_proof_check check ((mailed_to is null) = (mail_proof is null))
);
comment on table invitations is 'Invitations, with which people join an organization.';
comment on column invitations.id is 'UUID version 7.';
comment on column invitations.organization_id is 'The organization.';
comment on column invitations.created_by is 'The inviter.';
comment on column invitations.inviter_membership_id is 'The inviter’s membership. When it ends or loses admin privileges, a trigger revokes the invitation.';
comment on column invitations.created_at is 'When it was created.';
comment on column invitations.expires_at is 'When it expires.';
comment on column invitations.note is 'The admin’s note, for example the name of the invitee.';
comment on column invitations.uses is 'The maximum number of people who can use it.';
comment on column invitations.uses_spent is 'The number of uses so far; never exceeds uses, even under concurrency.';
comment on column invitations.bound_email is 'The only confirmed address that can accept it; null for any.';
comment on column invitations.bound_domain is 'The domain whose confirmed addresses can accept it; null for any.';
comment on column invitations.grants_admin is 'Whether those who accept get admin privileges.';
comment on column invitations.needs_approval is 'Whether an admin approves each acceptance.';
comment on column invitations.revoked_at is 'When it was revoked.';
comment on column invitations.revoked_reason is 'Why it was revoked.';
comment on column invitations.code_hash is 'Keyed hash of the code, for look-up. The key is not in the database.';
comment on column invitations.code_sealed is 'The code, encrypted and authenticated, for showing it again. The key is not in the database.';
comment on column invitations.mailed_to is 'The address that the secret in the mailed link proves; null once that was used.';
comment on column invitations.mail_proof is 'A hash of that secret. Together with the address, and while the invitation is pending, it confirms an account’s address once.';
alter table invitations set (fillfactor = 70);
create index invitations_newest on invitations (organization_id, created_at desc, id desc);
create index invitations_of_inviter on invitations (inviter_membership_id) where revoked_at is null;
create unique index invitations_mail_proof on invitations (mail_proof) where mail_proof is not null;

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
comment on table acceptances is 'Uses of invitations, at most one per person and invitation, so an old code does not let a person back in.';
comment on column acceptances.id is 'UUID version 7.';
comment on column acceptances.invitation_id is 'The invitation.';
comment on column acceptances.organization_id is 'The invitation’s organization.';
comment on column acceptances.account_id is 'The account.';
comment on column acceptances.at is 'When the person accepted.';
comment on column acceptances.state is 'Whether the person joined, is waiting for approval, was declined or withdrew.';
comment on column acceptances.decided_at is 'When an admin decided, or the person withdrew.';
comment on column acceptances.decided_by is 'The admin who decided.';
create unique index acceptances_one_waiting on acceptances (account_id) where state = 'awaiting_approval';
create index acceptances_newest on acceptances (organization_id, at desc, id desc);

create trigger acceptances_accounts_are_active before insert on acceptances for each row execute function account_is_active();
