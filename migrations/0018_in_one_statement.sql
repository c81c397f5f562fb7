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
