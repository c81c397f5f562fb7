-- Accounts, and the periods in which they were disabled.

-- Sessions, passkeys, credentials, second factors, memberships and acceptances begin only for an account that is neither
-- disabled nor deleted. The lock makes disabling and deleting wait, and then see what has begun.
create function account_is_active() returns trigger language plpgsql as $$
begin
  perform from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account begins nothing'
      using errcode = '23514', constraint = tg_table_name || '_accounts_are_active', table = tg_table_name;
  end if;
  return new;
end $$;

create table accounts (
  id uuid primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  first_name text not null check (length(first_name) <= 80),
  last_name text not null check (length(last_name) <= 80),
  country text not null check (length(country) = 2),
  image text,
  operator boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean not null default false,
  terms_version text,
  terms_accepted_at timestamptz,
  deleted_at timestamptz,
  security_stamp xid8 not null default '0',
  address_proved_at timestamptz,
  name_searched text generated always as (searchable(
    first_name || ' ' || last_name || case when first_name || last_name ~ '[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]'
      then ' ' || replace(last_name || first_name, ' ', '') || ' ' || replace(first_name || last_name, ' ', '') else '' end
  )) stored,
  searched text generated always as (searchable(
    first_name || ' ' || last_name || case when first_name || last_name ~ '[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]'
      then ' ' || replace(last_name || first_name, ' ', '') || ' ' || replace(first_name || last_name, ' ', '') else '' end
    || ' ' || email || ' ' || in_letters(email)
  )) stored,
  provider_unlinked_at timestamptz,
  check ((terms_version is null) = (terms_accepted_at is null)),
  check (deleted_at is null or disabled_at is not null),
  constraint accounts_are_named check (first_name <> '' or last_name <> '')
);
comment on table accounts is 'People who registered.';
comment on column accounts.id is 'UUID version 7.';
comment on column accounts.email is 'In lower case, with the domain in ASCII (IDNA); unique.';
comment on column accounts.email_verified is 'Whether the address is confirmed.';
comment on column accounts.first_name is 'Better Auth’s “name”; empty for people with only a last name.';
comment on column accounts.last_name is 'Family name; empty for people with only a first name.';
comment on column accounts.country is 'ISO 3166-1 alpha-2.';
comment on column accounts.image is 'Better Auth’s; unused.';
comment on column accounts.operator is 'Whether the account is an operator’s.';
comment on column accounts.disabled_at is 'When it was disabled; null while it is active. A disabled account cannot be used to sign in.';
comment on column accounts.created_at is 'When it was registered.';
comment on column accounts.updated_at is 'Better Auth’s: last change.';
comment on column accounts.two_factor_enabled is 'Whether signing in requires a second factor.';
comment on column accounts.terms_version is 'The version of the terms that was accepted last; null if none was.';
comment on column accounts.terms_accepted_at is 'When these terms were accepted.';
comment on column accounts.deleted_at is 'When its holder deleted it. Name and address are erased; the row stays, because events refer to it.';
comment on column accounts.security_stamp is 'The last transaction that changed the password, turned a second factor on, removed a passkey or provider link, first proved the address, ended other sessions or disabled the account.';
comment on column accounts.address_proved_at is 'When a mailed link, the set-up link or the identity provider first proved the address. Sign-in methods added before that were removed. Null if it was never proved.';
comment on column accounts.name_searched is 'The name, normalized for searches by people who may not see the address.';
comment on column accounts.searched is 'Name and address, normalized for searching.';
comment on column accounts.provider_unlinked_at is 'When its holder last unlinked the identity provider. Until they link it again themselves, an arrival from the provider is not linked automatically.';
create index accounts_newest on accounts (created_at desc, id desc);
-- Operators are few and are found by this index.
create index accounts_operators on accounts (id) where operator;

create table account_disablings (
  account_id uuid not null references accounts (id),
  disabled_at timestamptz not null default now(),
  enabled_at timestamptz,
  primary key (account_id, disabled_at),
  check (enabled_at is null or enabled_at >= disabled_at)
);
comment on table account_disablings is 'The periods in which accounts were disabled and held nothing. Maintained by a trigger on accounts.';
comment on column account_disablings.account_id is 'The account.';
comment on column account_disablings.disabled_at is 'Start of the period.';
comment on column account_disablings.enabled_at is 'End of the period; null if it has not ended.';
create unique index account_disablings_current on account_disablings (account_id) where enabled_at is null;

-- Better Auth inserts accounts, in transactions of its own; the trigger puts the event into the same one.
create function accounts_announce() returns trigger language plpgsql as $$
begin
  insert into events (kind, actor_id, subject_id) values ('account_registered', new.id, new.id);
  return null;
end $$;
create trigger accounts_announce after insert on accounts for each row execute function accounts_announce();

-- If a person joined while the disabling waited for the account, their organization was not locked before the account, as the
-- lock order requires. So this does not wait for the organization: it fails, and the statement is retried.
create function accounts_disabled() returns trigger language plpgsql as $$
begin
  if new.disabled_at is null then
    update account_disablings set enabled_at = greatest(now(), disabled_at) where account_id = new.id and enabled_at is null;
  else
    insert into account_disablings (account_id, disabled_at) values (new.id, new.disabled_at);
    delete from sessions where account_id = new.id;
    begin
      perform from organizations o join memberships m on m.organization_id = o.id
      where m.account_id = new.id and m.ended_at is null for no key update of o nowait;
    exception when lock_not_available then
      raise exception 'the organization of a disabled account is locked by somebody else' using errcode = 'serialization_failure';
    end;
    update memberships set admin = false where account_id = new.id and ended_at is null and admin;
  end if;
  return null;
end $$;
create trigger accounts_disabled after update of disabled_at on accounts for each row
  when ((old.disabled_at is null) <> (new.disabled_at is null)) execute function accounts_disabled();

create function accounts_stamp() returns trigger language plpgsql as $$
begin
  new.security_stamp := pg_current_xact_id();
  return new;
end $$;
create trigger accounts_stamp before update on accounts for each row
  when (
    (new.disabled_at is not null and old.disabled_at is null)
    or (new.two_factor_enabled and not old.two_factor_enabled)
    or (new.address_proved_at is not null and new.address_proved_at is distinct from old.address_proved_at)
  ) execute function accounts_stamp();

-- The statement that changed the stamp gave it to the sessions that continue. A trigger's query sees sessions that were
-- committed while that statement waited for the account; the statement itself would not see them.
create function accounts_stamped() returns trigger language plpgsql as $$
begin
  delete from sessions where account_id = new.id and security_stamp is distinct from new.security_stamp;
  return null;
end $$;
create trigger accounts_stamped after update on accounts for each row
  when (new.security_stamp is distinct from old.security_stamp) execute function accounts_stamped();

-- A person who registered with another person's address may have added sign-in methods. All of them are removed at the first
-- proof of the address, which only its holder can give.
create function accounts_address_proved() returns trigger language plpgsql as $$
begin
  delete from passkeys where account_id = new.id;
  delete from credentials where account_id = new.id and provider_id <> 'credential';
  delete from two_factors where account_id = new.id;
  update accounts set two_factor_enabled = false where id = new.id and two_factor_enabled;
  return null;
end $$;
create trigger accounts_address_proved after update on accounts for each row
  when (new.address_proved_at is not null and new.address_proved_at is distinct from old.address_proved_at)
  execute function accounts_address_proved();

-- The deletion's statement did not remove rows that were added while it waited for the account's row, so it is retried.
create function accounts_deleted() returns trigger language plpgsql as $$
begin
  if exists (select from memberships where account_id = new.id and ended_at is null)
    or exists (select from acceptances where account_id = new.id and state = 'awaiting_approval')
    or exists (select from credentials where account_id = new.id)
    or exists (select from passkeys where account_id = new.id)
    or exists (select from two_factors where account_id = new.id) then
    raise exception 'a deleted account leaves nothing'
      using errcode = '23514', constraint = 'accounts_deleted_leave_nothing', table = 'accounts';
  end if;
  return null;
end $$;
create trigger accounts_deleted after update on accounts for each row
  when (new.deleted_at is not null and old.deleted_at is null) execute function accounts_deleted();

create function accounts_end_links() returns trigger language plpgsql as $$
begin
  delete from verifications where account_id = new.id and (new.email <> old.email or new.disabled_at is not null);
  delete from verifications where made_by = new.id and (new.disabled_at is not null or not new.operator);
  return null;
end $$;
create trigger accounts_end_links after update on accounts for each row
  when (
    new.email <> old.email or (new.disabled_at is not null and old.disabled_at is null) or (old.operator and not new.operator)
  ) execute function accounts_end_links();

-- An account that begins with a confirmed address has it from the identity provider, which knows its people, or from a
-- mailed invitation: what is attached to it later comes after that proof. An operator's word proves nothing.
create function accounts_begin() returns trigger language plpgsql as $$
begin
  new.address_proved_at := now();
  return new;
end $$;
create trigger accounts_begin before insert on accounts for each row
  when (new.email_verified and new.address_proved_at is null) execute function accounts_begin();

-- An account is asked for a code only if a code has confirmed its second factor.
create function accounts_second_factor() returns trigger language plpgsql as $$
begin
  if not exists (select from two_factors where account_id = new.id and verified) then
    raise exception 'a second factor is on that nobody has confirmed'
      using errcode = '23514', constraint = 'accounts_second_factor_is_confirmed', table = 'accounts';
  end if;
  return null;
end $$;
create trigger accounts_second_factor after update of two_factor_enabled on accounts for each row
  when (new.two_factor_enabled and not old.two_factor_enabled) execute function accounts_second_factor();

-- A deleted account keeps nothing of its holder.
create function accounts_forget_unlinking() returns trigger language plpgsql as $$
begin
  new.provider_unlinked_at := null;
  return new;
end $$;
create trigger accounts_forget_unlinking before update on accounts for each row
  when (new.deleted_at is not null and new.provider_unlinked_at is not null) execute function accounts_forget_unlinking();
