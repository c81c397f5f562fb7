-- What begins for an account rests on its row as it is then, not as it was read before a password was hashed or a
-- provider asked. The account carries a security stamp: the last transaction that ended sessions. Signing in, and adding a
-- way to sign in, name the stamp that they saw, and come to nothing where it is another one by then.

alter table accounts add security_stamp xid8 not null default '0', add address_proved_at timestamptz;
comment on column accounts.security_stamp is
  'The last transaction that changed the password, turned a second factor on, removed a passkey or provider link, first proved the address, ended other sessions or disabled the account.';
comment on column accounts.address_proved_at is
  'When a mailed link first proved the address. What was attached before it is gone. Null where none did.';

alter table sessions add security_stamp xid8 not null default '0';
comment on column sessions.security_stamp is 'The account''s: a session with another one has ended.';

alter table two_factors add created_at timestamptz not null default now();
comment on column two_factors.created_at is 'When it was begun.';

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
create trigger memberships_accounts_are_active before insert on memberships for each row execute function account_is_active();
create trigger acceptances_accounts_are_active before insert on acceptances for each row execute function account_is_active();
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

-- Sessions that are to go on were given the new stamp by the statement that made it. A trigger's query sees sessions that
-- were committed while that statement waited for the account; the statement itself would not.
create function accounts_stamped() returns trigger language plpgsql as $$
begin
  delete from sessions where account_id = new.id and security_stamp is distinct from new.security_stamp;
  return null;
end $$;
create trigger accounts_stamped after update on accounts for each row
  when (new.security_stamp is distinct from old.security_stamp) execute function accounts_stamped();

-- Whoever registered with somebody else's address may have attached ways to sign in. None outlives the first proof that
-- the address is theirs, which only its holder can give.
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

-- What began while the deletion waited for the account's row is not among what its statement removed: it is tried again.
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
