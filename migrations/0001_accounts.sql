-- Accounts, and the tables in which Better Auth keeps their credentials and sessions.
-- The columns marked “Better Auth” are its own; a test compares them with what it expects.

create table site (
  single_row boolean primary key default true check (single_row),
  secret_fingerprint text not null,
  setup_nonce text not null,
  setup_claimed_at timestamptz
);
comment on table site is 'One row: facts about this installation.';
comment on column site.single_row is 'Always true: makes a second row impossible.';
comment on column site.secret_fingerprint is 'Keyed hash by which a process that has another secret is refused at start.';
comment on column site.setup_nonce is 'The first operator’s one-time link is derived from this and the secret; the link itself is stored nowhere.';
comment on column site.setup_claimed_at is 'When the link was used; it works once.';

create table accounts (
  id uuid primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  first_name text not null check (length(first_name) between 1 and 80),
  last_name text not null check (length(last_name) between 1 and 80),
  country text not null check (length(country) = 2),
  image text,
  operator boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts is 'People who registered.';
comment on column accounts.id is 'UUID version 7.';
comment on column accounts.email is 'Lower case, unique.';
comment on column accounts.email_verified is 'Whether the address is known to be theirs.';
comment on column accounts.first_name is 'Better Auth’s “name”.';
comment on column accounts.last_name is 'Family name.';
comment on column accounts.country is 'ISO 3166-1 alpha-2.';
comment on column accounts.image is 'Better Auth’s; unused.';
comment on column accounts.operator is 'Whether they are the site’s own staff.';
comment on column accounts.disabled_at is 'Since when nobody can sign in with it; null while it is active.';
comment on column accounts.created_at is 'When it was registered.';
comment on column accounts.updated_at is 'Better Auth’s: last change.';
create index accounts_newest on accounts (created_at desc, id desc);

create table sessions (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table sessions is 'Signed-in devices (Better Auth).';
comment on column sessions.id is 'UUID.';
comment on column sessions.account_id is 'Whose.';
comment on column sessions.token is 'Random; the cookie carries it together with a signature.';
comment on column sessions.expires_at is 'From then on it is no session.';
comment on column sessions.ip_address is 'Where it began.';
comment on column sessions.user_agent is 'The browser it began in.';
comment on column sessions.created_at is 'When it began.';
comment on column sessions.updated_at is 'Better Auth’s: last change.';
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
comment on column credentials.account_id is 'Whose.';
comment on column credentials.provider_id is '“credential” for a password, else the identity provider.';
comment on column credentials.provider_account_id is 'The account’s id there.';
comment on column credentials.password is 'scrypt hash with its salt.';
comment on column credentials.access_token is 'Better Auth’s; unused.';
comment on column credentials.refresh_token is 'Better Auth’s; unused.';
comment on column credentials.id_token is 'Better Auth’s; unused.';
comment on column credentials.access_token_expires_at is 'Better Auth’s; unused.';
comment on column credentials.refresh_token_expires_at is 'Better Auth’s; unused.';
comment on column credentials.scope is 'Better Auth’s; unused.';
comment on column credentials.created_at is 'When it was added.';
comment on column credentials.updated_at is 'Better Auth’s: last change.';
create index credentials_account on credentials (account_id);

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table verifications is 'Better Auth’s short-lived proofs.';
comment on column verifications.id is 'UUID.';
comment on column verifications.identifier is 'What is being proved.';
comment on column verifications.value is 'The proof.';
comment on column verifications.expires_at is 'Until when it holds.';
comment on column verifications.created_at is 'When it was made.';
comment on column verifications.updated_at is 'Last change.';
create index verifications_identifier on verifications (identifier);
