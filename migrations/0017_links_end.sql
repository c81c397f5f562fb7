-- A one-time link ends with what it was made for. One that was mailed to an address is worth nothing once the account has
-- another, none outlives a new password or its account’s being disabled, and what an operator has made ends with the
-- operator. A trigger's query sees links that were committed while the statement waited for the account.

alter table verifications add made_by uuid references accounts (id) on delete cascade;
comment on column verifications.made_by is 'The operator who made the link to hand it over; null where it was mailed.';
create index verifications_made_by on verifications (made_by) where made_by is not null;

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

-- The same of its mails: what was written for it while its deletion waited is not among what the deletion's statement sees.
create function accounts_forget_mails() returns trigger language plpgsql as $$
begin
  delete from mails where account_id = new.id;
  return null;
end $$;
create trigger accounts_forget_mails after update on accounts for each row
  when (new.deleted_at is not null and old.deleted_at is null) execute function accounts_forget_mails();

-- An account that begins with a confirmed address has it from the identity provider, which knows its people, or from a
-- mailed invitation: what is attached to it later comes after that proof. An operator's word proves nothing.
create function accounts_begin() returns trigger language plpgsql as $$
begin
  new.address_proved_at := now();
  return new;
end $$;
create trigger accounts_begin before insert on accounts for each row
  when (new.email_verified and new.address_proved_at is null) execute function accounts_begin();
update accounts a set address_proved_at = created_at
where email_verified and address_proved_at is null and deleted_at is null
  and not exists (select from credentials c where c.account_id = a.id and c.provider_id = 'credential');

comment on column accounts.address_proved_at is
  'When a mailed link, the set-up link or the identity provider first proved the address. What was attached before it is gone. Null where none did.';

-- A link begins for no account that is disabled or deleted, as nothing else does.
create trigger verifications_accounts_are_active before insert on verifications for each row
  when (new.account_id is not null) execute function account_is_active();
