-- A second factor is turned on by one statement now, which tells the event and lets the session go on that confirmed it.
drop trigger accounts_second_factor_added on accounts;
drop function accounts_second_factor_added();

-- Whoever is asked for a code has a factor that a code has confirmed.
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

-- Organizations that give each other's names up wait for one another, unless all names, those of before too, are locked
-- in one order.
create or replace function organizations_named() returns trigger language plpgsql as $$
declare
  names text[];
  key bigint;
begin
  if new.state not in ('rejected', 'dissolved') then
    names := array_remove(array[new.name_key, new.wanted_name_key], null);
  end if;
  for key in
    select distinct hashtextextended(name, 0) from unnest(
      names || case when tg_op = 'UPDATE' then array_remove(array[old.name_key, old.wanted_name_key], null) end
    ) name order by 1
  loop
    perform pg_advisory_xact_lock(key);
  end loop;
  delete from organization_names where organization_id = new.id and name_key <> all(coalesce(names, '{}'));
  insert into organization_names (name_key, organization_id)
  select distinct name, new.id from unnest(names) name
  where not exists (select from organization_names n where n.name_key = name and n.organization_id = new.id);
  return null;
end $$;

-- Whoever joined while the disabling waited for the account is in an organization that was not locked before it, as the order
-- of locks wants. Then nothing is waited for: the statement is tried again.
create or replace function accounts_disabled() returns trigger language plpgsql as $$
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
