-- S3 keys, what we made in connected systems, and what was observed there.

alter table connections drop constraint connections_kind_check;
alter table connections add constraint connections_kind_check check (kind in ('pull', 'webhook', 's3'));
-- A person has one set of keys for a service, so it has one gateway; and a gateway belongs to one service.
create unique index connections_one_gateway on connections (service_id) where kind = 's3' and deleted_at is null;
create unique index connections_gateway_once on connections ((settings->>'endpoint')) where kind = 's3' and deleted_at is null;
alter table connections add column ending_since timestamptz;
alter table connections add column strangers jsonb;
alter table connections add column listed_at timestamptz;
alter table connections add column listing_claimed_until timestamptz;
comment on column connections.ending_since is 'Since when everything is being taken back, so that the connection can be deleted; null if it is not.';
comment on column connections.strangers is 'What the last listing found in the service that Guildhall did not make: how many, and the first names.';
comment on column connections.listed_at is 'When everything in the service was last listed.';
comment on column connections.listing_claimed_until is 'Until when a process has claimed that listing.';

alter table propagations add column ends_access boolean not null default false;
alter table propagations add column observed_at timestamptz;
alter table propagations add column next_observation_at timestamptz;
alter table propagations add column drift text[];
alter table propagations add column drifted_at timestamptz;
alter table propagations add constraint propagations_drift_check check ((drift is null) = (drifted_at is null));
comment on column propagations.ends_access is 'Whether the last change took something away. Such rows are worked on first.';
comment on column propagations.observed_at is 'When the service was last looked at.';
comment on column propagations.next_observation_at is 'When to look next; null if the kind cannot look, or nothing was ever applied.';
comment on column propagations.drift is 'How the service differed from what was applied, as codes; null if it did not.';
comment on column propagations.drifted_at is 'When that was found; null if there is no difference.';
update propagations set ends_access = desired is null;
drop index propagations_due;
create index propagations_due on propagations (connection_id, ends_access desc, next_attempt_at) where next_attempt_at is not null;
create index propagations_observations on propagations (connection_id, next_observation_at) where next_observation_at is not null;

create table remote_objects (
  connection_id uuid not null references connections (id),
  kind text not null,
  account_id uuid not null references accounts (id),
  membership_id uuid references memberships (id),
  external_id text not null,
  created_at timestamptz not null default now(),
  off_at timestamptz,
  primary key (connection_id, kind, external_id)
);
comment on table remote_objects is 'What Guildhall makes in connected systems. A row is written before the object is made there, so an object whose creation was never answered is known.';
comment on column remote_objects.connection_id is 'The connection.';
comment on column remote_objects.kind is 'What it is there, such as a user.';
comment on column remote_objects.account_id is 'The account that it belongs to.';
comment on column remote_objects.membership_id is 'The membership that it belongs to; null if it was made under none.';
comment on column remote_objects.external_id is 'Its name or id in the connected system.';
comment on column remote_objects.created_at is 'When it was first wanted.';
comment on column remote_objects.off_at is 'When the connected system confirmed that it is switched off; null while it is in use.';
create unique index remote_objects_ours on remote_objects (connection_id, kind, account_id, coalesce(membership_id, account_id));
create index remote_objects_account on remote_objects (account_id);
create index remote_objects_membership on remote_objects (membership_id) where membership_id is not null;

create table s3_keys (
  id uuid primary key,
  service_id uuid not null references services (id),
  account_id uuid not null references accounts (id),
  membership_id uuid references memberships (id),
  name text not null check (length(name) between 1 and 60),
  access_key text not null unique check (access_key ~ '^[A-Z0-9]{20}$'),
  secret_sealed bytea,
  secret_version integer not null default 1,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('deleted', 'expired', 'role_lost', 'membership_ended', 'account_disabled')),
  removed_at timestamptz,
  constraint s3_keys_ended_check check ((ended_at is null) = (ended_reason is null)),
  constraint s3_keys_ended_without_secret check ((ended_at is null) = (secret_sealed is not null)),
  constraint s3_keys_removed_check check (removed_at is null or ended_at is not null)
);
comment on table s3_keys is 'S3 keys of people. Rows are ended, never deleted.';
comment on column s3_keys.id is 'UUID version 7.';
comment on column s3_keys.service_id is 'The service that the key is for.';
comment on column s3_keys.account_id is 'Whose key it is.';
comment on column s3_keys.membership_id is 'The membership under which it was made; the key ends with it. Null if the person was in no organization.';
comment on column s3_keys.name is 'The name that the person gave it.';
comment on column s3_keys.access_key is 'The access key, by which the gateway knows it.';
comment on column s3_keys.secret_sealed is 'The secret, encrypted; the key is not in the database. Null once the key has ended.';
comment on column s3_keys.secret_version is 'Counts its secrets.';
comment on column s3_keys.created_at is 'When it was made.';
comment on column s3_keys.expires_at is 'When it expires; null if never.';
comment on column s3_keys.ended_at is 'When it ended; null if it has not.';
comment on column s3_keys.ended_reason is 'Why it ended.';
comment on column s3_keys.removed_at is 'When the gateway confirmed that it no longer has the key.';
create index s3_keys_account on s3_keys (account_id, service_id) where removed_at is null;
create index s3_keys_membership on s3_keys (membership_id) where ended_at is null;

create function memberships_end_s3_keys() returns trigger language plpgsql as $$
begin
  update s3_keys k set ended_at = now(), ended_reason = 'membership_ended', secret_sealed = null
  from after where k.membership_id = after.id and after.ended_at is not null and k.ended_at is null;
  return null;
end $$;
create trigger memberships_end_s3_keys after update on memberships
  referencing new table as after for each statement execute function memberships_end_s3_keys();

create function accounts_end_s3_keys() returns trigger language plpgsql as $$
begin
  update s3_keys set ended_at = now(), ended_reason = 'account_disabled', secret_sealed = null
  where account_id = new.id and ended_at is null;
  return null;
end $$;
create trigger accounts_end_s3_keys after update of disabled_at on accounts for each row
  when (new.disabled_at is not null and old.disabled_at is null) execute function accounts_end_s3_keys();

-- A statement counts what was committed before it began to wait for a lock. A trigger sees all of it.
create function s3_keys_are_limited() returns trigger language plpgsql as $$
begin
  if (select coalesce(s3_keys, 0) from services where id = new.service_id) < (
    select count(*) from s3_keys k
    where k.service_id = new.service_id and k.account_id = new.account_id and k.ended_at is null
      and (k.expires_at is null or k.expires_at > now())) then
    raise exception 'there are as many S3 keys as possible' using errcode = '23514', constraint = 's3_keys_are_limited', table = 's3_keys';
  end if;
  return null;
end $$;
create trigger s3_keys_are_limited after insert on s3_keys for each row execute function s3_keys_are_limited();

create trigger s3_keys_accounts_are_active before insert on s3_keys for each row execute function account_is_active();

create index propagation_attempts_drift on propagation_attempts (connection_id, at) where outcome = 'drifted';
