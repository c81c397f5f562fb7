-- What signing in takes: sessions that are kept as hashes, a second factor, passkeys, the site's policy, and
-- accounts that are disabled or deleted.

-- From here on the database holds hashes of session tokens. The old rows hold tokens: whoever was signed in does so again.
delete from sessions;
comment on column sessions.token is 'SHA-256 of the random token that the cookie carries, base64url. Nobody can sign in with what is here.';
alter table sessions add column method text not null default 'password'
  check (method in ('password', 'second_factor', 'passkey', 'provider'));
comment on column sessions.method is 'How it was signed in.';
alter table sessions add column last_used_at timestamptz not null default now();
comment on column sessions.last_used_at is 'When it was last used, to the minute. Too long ago, and it is no session any more.';
alter table sessions add column authenticated_at timestamptz not null default now();
comment on column sessions.authenticated_at is 'When its holder last proved who they are. What is sensitive asks for it to be lately.';

alter table accounts add column two_factor_enabled boolean not null default false;
comment on column accounts.two_factor_enabled is 'Whether a password alone does not sign in.';
alter table accounts add column terms_version text;
comment on column accounts.terms_version is 'The terms that were accepted last; null where none were.';
alter table accounts add column terms_accepted_at timestamptz;
comment on column accounts.terms_accepted_at is 'When.';
alter table accounts add column deleted_at timestamptz;
comment on column accounts.deleted_at is 'When its holder deleted it. Name and address are gone; the row stays, so that history stays true.';
alter table accounts add check ((terms_version is null) = (terms_accepted_at is null));
alter table accounts add check (deleted_at is null or disabled_at is not null);

create table account_disablings (
  account_id uuid not null references accounts (id),
  disabled_at timestamptz not null default now(),
  enabled_at timestamptz,
  primary key (account_id, disabled_at),
  check (enabled_at is null or enabled_at >= disabled_at)
);
comment on table account_disablings is 'When accounts were disabled: then they hold nothing. Kept by a trigger on accounts.';
comment on column account_disablings.account_id is 'Which account.';
comment on column account_disablings.disabled_at is 'Since when.';
comment on column account_disablings.enabled_at is 'Until when; null while it is.';
create unique index account_disablings_current on account_disablings (account_id) where enabled_at is null;
insert into account_disablings (account_id, disabled_at) select id, disabled_at from accounts where disabled_at is not null;

-- A disabled account is signed in nowhere, and decides nothing in its organization: its admin privileges are taken.
-- Where they were the last ones the constraint refuses the whole.
create function accounts_disabled() returns trigger language plpgsql as $$
begin
  if new.disabled_at is null then
    update account_disablings set enabled_at = greatest(now(), disabled_at) where account_id = new.id and enabled_at is null;
  else
    insert into account_disablings (account_id, disabled_at) values (new.id, new.disabled_at);
    delete from sessions where account_id = new.id;
    perform from organizations o join memberships m on m.organization_id = o.id
    where m.account_id = new.id and m.ended_at is null for no key update of o;
    update memberships set admin = false where account_id = new.id and ended_at is null and admin;
  end if;
  return null;
end $$;
create trigger accounts_disabled after update of disabled_at on accounts for each row
  when ((old.disabled_at is null) <> (new.disabled_at is null)) execute function accounts_disabled();

-- Nor does it get any while it is disabled. The lock makes granting and disabling wait for each other.
create function memberships_admins_are_active() returns trigger language plpgsql as $$
begin
  perform from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account has no admin privileges'
      using errcode = '23514', constraint = 'memberships_admins_are_active', table = 'memberships';
  end if;
  return new;
end $$;
create trigger memberships_admins_are_active before insert or update of admin on memberships for each row
  when (new.admin and new.ended_at is null) execute function memberships_admins_are_active();

alter table memberships drop constraint memberships_ended_reason_check;
alter table memberships add constraint memberships_ended_reason_check
  check (ended_reason in ('left', 'removed', 'organization_rejected', 'organization_dissolved', 'account_deleted'));

create table two_factors (
  id uuid primary key,
  account_id uuid not null unique references accounts (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
comment on table two_factors is 'Second factors: authenticator apps (Better Auth’s “twoFactor”).';
comment on column two_factors.id is 'UUID.';
comment on column two_factors.account_id is 'Whose.';
comment on column two_factors.secret is 'What the app shares with us, encrypted; the key is not in the database.';
comment on column two_factors.backup_codes is 'The recovery codes that are left, encrypted.';
comment on column two_factors.verified is 'Whether a first code has shown that the app has it.';
comment on column two_factors.failed_verification_count is 'Wrong codes in a row.';
comment on column two_factors.locked_until is 'Until when no code is taken, after too many wrong ones.';

create table passkeys (
  id uuid primary key,
  name text,
  public_key text not null,
  account_id uuid not null references accounts (id) on delete cascade,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz default now(),
  aaguid text
);
comment on table passkeys is 'Passkeys (Better Auth’s).';
comment on column passkeys.id is 'UUID.';
comment on column passkeys.name is 'As its holder calls it.';
comment on column passkeys.public_key is 'Its public half.';
comment on column passkeys.account_id is 'Whose.';
comment on column passkeys.credential_id is 'The authenticator’s name for it.';
comment on column passkeys.counter is 'How often it signed, where the authenticator counts.';
comment on column passkeys.device_type is 'Whether it stays on one device.';
comment on column passkeys.backed_up is 'Whether its holder’s devices share it.';
comment on column passkeys.transports is 'How browsers reach it.';
comment on column passkeys.created_at is 'When it was added.';
comment on column passkeys.aaguid is 'The model of the authenticator.';
create index passkeys_account on passkeys (account_id);

alter table verifications add column account_id uuid references accounts (id) on delete cascade;
comment on column verifications.account_id is 'Of our own one-time links: whose.';
create index verifications_account on verifications (account_id);

alter table site add column mail_configured boolean not null default false;
comment on column site.mail_configured is 'Whether the server that started last sends mail. Without it no mail is written.';
alter table site add column second_factor text not null default 'optional'
  check (second_factor in ('off', 'optional', 'operators', 'admins', 'all'));
comment on column site.second_factor is 'Who needs a second factor; “admins” means operators too.';
alter table site add column session_idle_minutes integer not null default 10080 check (session_idle_minutes between 5 and 43200);
comment on column site.session_idle_minutes is 'A session that is not used for so long has ended.';
alter table site add column session_hours integer not null default 720 check (session_hours between 1 and 2160);
comment on column site.session_hours is 'A session ends after so long, used or not.';
alter table site add column registration text not null default 'open' check (registration in ('open', 'invitation', 'domain'));
comment on column site.registration is 'Who may register: anybody, whoever has an invitation code, or addresses of some domains.';
alter table site add column registration_domains text[] not null default '{}';
comment on column site.registration_domains is 'Those domains, in lower case.';
alter table site add column terms_version text check (length(terms_version) between 1 and 40);
comment on column site.terms_version is 'Of the terms that accounts have to accept; null where there are none.';
alter table site add column terms_address text check (length(terms_address) <= 500);
comment on column site.terms_address is 'Where they can be read.';
alter table site add check ((terms_version is null) = (terms_address is null));
