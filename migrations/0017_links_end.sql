-- A one-time link ends with what it was made for. One that was mailed to an address is worth nothing once the account has
-- another, and none outlives its account’s being disabled.

create function accounts_end_links() returns trigger language plpgsql as $$
begin
  delete from verifications where account_id = new.id;
  return null;
end $$;
create trigger accounts_end_links after update on accounts for each row
  when (new.email is distinct from old.email or (new.disabled_at is not null and old.disabled_at is null))
  execute function accounts_end_links();
