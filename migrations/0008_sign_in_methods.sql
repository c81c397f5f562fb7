-- Better Auth turns second factors on, adds passkeys and links providers in statements of its own. These triggers put
-- the event into the same transaction. What we take away ourselves is told by the statement that does it.

-- Whoever else is signed in with only the password is signed out.
create function accounts_second_factor_added() returns trigger language plpgsql as $$
begin
  insert into events (kind, actor_id, subject_id) values ('second_factor_added', new.id, new.id);
  delete from sessions where account_id = new.id;
  return null;
end $$;
create trigger accounts_second_factor_added after update of two_factor_enabled on accounts for each row
  when (new.two_factor_enabled and not old.two_factor_enabled) execute function accounts_second_factor_added();

create function passkeys_announce() returns trigger language plpgsql as $$
begin
  insert into events (kind, actor_id, subject_id, details)
  values ('passkey_added', new.account_id, new.account_id, jsonb_build_object('passkeyId', new.id));
  return null;
end $$;
create trigger passkeys_announce after insert on passkeys for each row execute function passkeys_announce();

-- Registering through the provider is one change, and told as that.
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

-- Two ways to sign in that are removed at the same moment: whoever comes second sees, behind the lock, that it is the last.
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

-- Who somebody is at the provider is one identity there. Another subject with the same address is another person.
create unique index credentials_one_per_provider on credentials (account_id, provider_id);
comment on column credentials.provider_account_id is 'The account’s id there: the subject.';
comment on column credentials.access_token is 'Better Auth’s; never kept.';
comment on column credentials.refresh_token is 'Better Auth’s; never kept.';
comment on column credentials.id_token is 'Better Auth’s; never kept.';
