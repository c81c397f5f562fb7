-- The OpenID provider: who may ask (clients), what it remembers (records), and with which keys it signs.
create table openid_clients (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  service_id uuid references services (id),
  authentication text not null check (authentication in ('client_secret_basic', 'client_secret_post', 'none')),
  secret_hash text,
  redirect_uris text[] not null check (cardinality(redirect_uris) > 0),
  post_logout_redirect_uris text[] not null default '{}',
  backchannel_logout_uri text,
  scopes text[] not null default '{}',
  created_by uuid not null references accounts (id),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint openid_clients_secret_check check ((authentication = 'none') = (secret_hash is null))
);
create index openid_clients_service on openid_clients (service_id);
create index openid_clients_creator on openid_clients (created_by);
comment on table openid_clients is 'Applications that people sign in to through this site. Rows are ended, never deleted.';
comment on column openid_clients.id is 'UUID version 7. It is the client_id.';
comment on column openid_clients.name is 'Its name, as people see it.';
comment on column openid_clients.service_id is 'The service that it stands for: only people who may use it sign in. Null for every account.';
comment on column openid_clients.authentication is 'How it authenticates at the token endpoint; none for a public client.';
comment on column openid_clients.secret_hash is 'SHA-256 of its secret, in base64url.';
comment on column openid_clients.redirect_uris is 'Where people may be sent with a code, exactly.';
comment on column openid_clients.post_logout_redirect_uris is 'Where people may be sent after signing out, exactly.';
comment on column openid_clients.backchannel_logout_uri is 'Where logout tokens are sent; null if the client takes none.';
comment on column openid_clients.scopes is 'Which claims it may ask for, besides the subject.';
comment on column openid_clients.created_by is 'The operator who created it.';
comment on column openid_clients.created_at is 'When.';
comment on column openid_clients.ended_at is 'When it was ended.';

create table openid_records (
  model text not null,
  key text not null,
  account_id uuid references accounts (id),
  client_id uuid references openid_clients (id),
  grant_key text,
  session_id text,
  sealed bytea not null,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (model, key)
);
create index openid_records_grant on openid_records (grant_key) where grant_key is not null;
create index openid_records_session on openid_records (session_id) where session_id is not null;
create index openid_records_account on openid_records (account_id) where account_id is not null;
create index openid_records_client on openid_records (client_id) where client_id is not null;
create index openid_records_end on openid_records (expires_at);
comment on table openid_records is 'What the OpenID provider remembers: codes, tokens, grants, sign-ins in progress. Rows are deleted after their end.';
comment on column openid_records.model is 'The kind of record, as oidc-provider names it.';
comment on column openid_records.key is 'Hash of its id: the code or the token itself is not in the database.';
comment on column openid_records.account_id is 'The account it is about.';
comment on column openid_records.client_id is 'The client it was issued to.';
comment on column openid_records.grant_key is 'Hash of the id of its grant: what ends together.';
comment on column openid_records.session_id is 'The session of the portal that it belongs to, with which it ends.';
comment on column openid_records.sealed is 'The rest, encrypted.';
comment on column openid_records.consumed_at is 'When a code or refresh token was used, which is possible once.';
comment on column openid_records.expires_at is 'When it expires.';

create table openid_keys (
  id text primary key,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  signs_from timestamptz not null
);
comment on table openid_keys is 'Keys with which ID tokens are signed. Each is published before it signs, and for a while afterwards.';
comment on column openid_keys.id is 'The key id (kid).';
comment on column openid_keys.sealed is 'The private key as a JWK, encrypted.';
comment on column openid_keys.created_at is 'When it was made and published.';
comment on column openid_keys.signs_from is 'From when it signs, unless a newer one does.';
