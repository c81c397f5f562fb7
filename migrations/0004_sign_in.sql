-- Sign-in: the tables in which Better Auth stores sessions, credentials and second factors. A test compares them with the
-- schema that Better Auth expects.

create table sessions (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  method text not null default 'password'
  check (method in ('password', 'second_factor', 'passkey', 'provider')),
  last_used_at timestamptz not null default now(),
  authenticated_at timestamptz not null default now(),
  security_stamp xid8 not null default '0'
);
comment on table sessions is 'Signed-in devices (Better Auth).';
comment on column sessions.id is 'UUID.';
comment on column sessions.account_id is 'The account.';
comment on column sessions.token is 'SHA-256 of the random token in the cookie, as base64url. It cannot be used to sign in.';
comment on column sessions.expires_at is 'When it expires at the latest.';
comment on column sessions.ip_address is 'The IP address it was created from.';
comment on column sessions.user_agent is 'The browser it was created in.';
comment on column sessions.created_at is 'When it was created.';
comment on column sessions.updated_at is 'Better Auth’s: last change.';
comment on column sessions.method is 'The sign-in method.';
comment on column sessions.last_used_at is 'When it was last used, to the minute. It ends when that is too long ago.';
comment on column sessions.authenticated_at is 'When the person last authenticated. Sensitive actions require this to be recent.';
comment on column sessions.security_stamp is 'The account’s security stamp; a session with a different one has ended.';
-- Leaves room on each page for HOT updates: these rows change all the time in columns that no index has.
alter table sessions set (fillfactor = 60);
create index sessions_account on sessions (account_id);

create table credentials (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  provider_id text not null,
  provider_account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, provider_account_id)
);
comment on table credentials is 'Ways to sign in to an account (Better Auth’s “account”).';
comment on column credentials.id is 'UUID.';
comment on column credentials.account_id is 'The account.';
comment on column credentials.provider_id is '“credential” for a password, otherwise the identity provider.';
comment on column credentials.provider_account_id is 'The account’s id at the provider: the subject.';
comment on column credentials.password is 'scrypt hash with its salt.';
comment on column credentials.access_token is 'Better Auth’s; never kept.';
comment on column credentials.refresh_token is 'Better Auth’s; never kept.';
comment on column credentials.id_token is 'Better Auth’s; never kept.';
comment on column credentials.access_token_expires_at is 'Better Auth’s; unused.';
comment on column credentials.refresh_token_expires_at is 'Better Auth’s; unused.';
comment on column credentials.scope is 'Better Auth’s; unused.';
comment on column credentials.created_at is 'When it was added.';
comment on column credentials.updated_at is 'Better Auth’s: last change.';
create index credentials_account on credentials (account_id);
-- An account has one identity at the provider. Another subject with the same address is another person.
create unique index credentials_one_per_provider on credentials (account_id, provider_id);

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  account_id uuid references accounts (id) on delete cascade,
  made_by uuid references accounts (id) on delete cascade
);
comment on table verifications is 'Better Auth’s short-lived proofs.';
comment on column verifications.id is 'UUID.';
comment on column verifications.identifier is 'The purpose of the proof.';
comment on column verifications.value is 'The proof.';
comment on column verifications.expires_at is 'When it expires.';
comment on column verifications.created_at is 'When it was created.';
comment on column verifications.updated_at is 'Last change.';
comment on column verifications.account_id is 'The account of a one-time link; null for Better Auth’s own proofs.';
comment on column verifications.made_by is 'The operator who created the link to hand it over; null for a mailed link.';
create index verifications_identifier on verifications (identifier);
create index verifications_account on verifications (account_id);
create index verifications_made_by on verifications (made_by) where made_by is not null;

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
comment on column passkeys.name is 'The name that its holder gave it.';
comment on column passkeys.public_key is 'The public key.';
comment on column passkeys.account_id is 'The account.';
comment on column passkeys.credential_id is 'The authenticator’s id for it.';
comment on column passkeys.counter is 'The authenticator’s signature counter.';
comment on column passkeys.device_type is 'Whether it is bound to one device.';
comment on column passkeys.backed_up is 'Whether it is synced between its holder’s devices.';
comment on column passkeys.transports is 'How browsers can reach the authenticator.';
comment on column passkeys.created_at is 'When it was added.';
comment on column passkeys.aaguid is 'The model of the authenticator.';
create index passkeys_account on passkeys (account_id);

create table two_factors (
  id uuid primary key,
  account_id uuid not null unique references accounts (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  last_step integer not null default 0
);
comment on table two_factors is 'Second factors: authenticator apps (Better Auth’s “twoFactor”).';
comment on column two_factors.id is 'UUID.';
comment on column two_factors.account_id is 'The account.';
comment on column two_factors.secret is 'The secret shared with the authenticator app, encrypted; the key is not in the database.';
comment on column two_factors.backup_codes is 'The unused recovery codes, encrypted.';
comment on column two_factors.verified is 'Whether setting it up was completed with a correct code.';
comment on column two_factors.failed_verification_count is 'Wrong codes in a row.';
comment on column two_factors.locked_until is 'Until when no codes are accepted, after too many wrong ones.';
comment on column two_factors.created_at is 'When its set-up was started.';
comment on column two_factors.last_step is 'The 30-second step since 1970 of the code accepted last. Codes of this or an earlier step are no longer accepted.';

create function passkeys_announce() returns trigger language plpgsql as $$
begin
  insert into events (kind, actor_id, subject_id, details)
  values ('passkey_added', new.account_id, new.account_id, jsonb_build_object('passkeyId', new.id));
  return null;
end $$;
create trigger passkeys_announce after insert on passkeys for each row execute function passkeys_announce();

-- Registering through the provider is one change, and has one event.
create function credentials_announce() returns trigger language plpgsql as $$
begin
  insert into events (kind, actor_id, subject_id)
  select 'provider_linked', new.account_id, new.account_id
  where not exists (
    select from events e where e.transaction = pg_current_xact_id() and e.kind = 'account_registered' and e.subject_id = new.account_id
  );
  return null;
end $$;
create trigger credentials_announce after insert on credentials for each row
  when (new.provider_id <> 'credential') execute function credentials_announce();

-- If two sign-in methods are removed at the same moment, the second removal waits for the lock and sees that it is the last
-- one.
create function accounts_keep_a_way_in() returns trigger language plpgsql as $$
begin
  perform from accounts where id = old.account_id and deleted_at is null for no key update;
  if found and not exists (select from credentials where account_id = old.account_id)
    and not exists (select from passkeys where account_id = old.account_id) then
    raise exception 'an account keeps a way to sign in' using errcode = '23514', constraint = 'accounts_keep_a_way_in';
  end if;
  return null;
end $$;
create trigger passkeys_keep_a_way_in after delete on passkeys for each row execute function accounts_keep_a_way_in();

create trigger credentials_keep_a_way_in after delete on credentials for each row execute function accounts_keep_a_way_in();

create trigger passkeys_accounts_are_active before insert on passkeys for each row execute function account_is_active();

create trigger credentials_accounts_are_active before insert on credentials for each row execute function account_is_active();

create trigger two_factors_accounts_are_active before insert on two_factors for each row execute function account_is_active();

-- A session's times are the database's: Better Auth writes those of the server's clock.
create function sessions_begin() returns trigger language plpgsql as $$
begin
  select security_stamp into new.security_stamp from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account is signed in nowhere'
      using errcode = '23514', constraint = 'sessions_accounts_are_active', table = 'sessions';
  end if;
  new.expires_at := now() + (new.expires_at - new.created_at);
  new.created_at := now();
  new.updated_at := now();
  return new;
end $$;
create trigger sessions_begin before insert on sessions for each row execute function sessions_begin();

create function begins_now() returns trigger language plpgsql as $$
begin
  new.created_at := now();
  return new;
end $$;
create trigger passkeys_begin_now before insert on passkeys for each row execute function begins_now();

create trigger credentials_begin_now before insert on credentials for each row execute function begins_now();

create function verifications_begin() returns trigger language plpgsql as $$
begin
  new.expires_at := now() + (new.expires_at - new.created_at);
  new.created_at := now();
  return new;
end $$;
create trigger verifications_begin before insert on verifications for each row execute function verifications_begin();

-- A password that comes with its account, in one transaction, ends nothing.
create function credentials_stamp() returns trigger language plpgsql as $$
begin
  update accounts set security_stamp = pg_current_xact_id()
  where id = coalesce(new.account_id, old.account_id) and deleted_at is null and (tg_op <> 'INSERT' or created_at < now());
  return null;
end $$;
create trigger credentials_stamp_inserted after insert on credentials for each row
  when (new.provider_id = 'credential') execute function credentials_stamp();

create trigger credentials_stamp_updated after update of password on credentials for each row
  when (new.password is distinct from old.password) execute function credentials_stamp();

create trigger credentials_stamp_deleted after delete on credentials for each row execute function credentials_stamp();

create trigger passkeys_stamp_deleted after delete on passkeys for each row execute function credentials_stamp();

-- A password that comes with its account, in one transaction with the first link, ends nothing.
create function credentials_end_links() returns trigger language plpgsql as $$
begin
  delete from verifications v using accounts a where a.id = new.account_id and v.account_id = a.id and a.created_at < now();
  return null;
end $$;
create trigger credentials_end_links_inserted after insert on credentials for each row
  when (new.provider_id = 'credential') execute function credentials_end_links();

create trigger credentials_end_links_updated after update of password on credentials for each row
  when (new.password is distinct from old.password) execute function credentials_end_links();

-- No link begins for an account that is disabled or deleted.
create trigger verifications_accounts_are_active before insert on verifications for each row
  when (new.account_id is not null) execute function account_is_active();
