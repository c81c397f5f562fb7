-- The unique index on names is checked before any AFTER trigger runs: organizations that take each other's names
-- waited for one another there already. So the names are locked before the row is written.
create function organizations_names_locked() returns trigger language plpgsql as $$
declare
  key bigint;
begin
  for key in
    select distinct hashtextextended(name, 0) from unnest(
      array[new.name_key, new.wanted_name_key] || case when tg_op = 'UPDATE' then array[old.name_key, old.wanted_name_key] end
    ) name where name is not null order by 1
  loop
    perform pg_advisory_xact_lock(key);
  end loop;
  return new;
end $$;
create trigger organizations_names_locked_inserted before insert on organizations for each row
  execute function organizations_names_locked();
create trigger organizations_names_locked_updated before update of state, name_key, wanted_name_key on organizations for each row
  when (old.state is distinct from new.state or old.name_key is distinct from new.name_key
    or old.wanted_name_key is distinct from new.wanted_name_key)
  execute function organizations_names_locked();

create or replace function organizations_named() returns trigger language plpgsql as $$
declare
  names text[];
begin
  if new.state not in ('rejected', 'dissolved') then
    names := array_remove(array[new.name_key, new.wanted_name_key], null);
  end if;
  delete from organization_names where organization_id = new.id and name_key <> all(coalesce(names, '{}'));
  insert into organization_names (name_key, organization_id)
  select distinct name, new.id from unnest(names) name
  where not exists (select from organization_names n where n.name_key = name and n.organization_id = new.id);
  return null;
end $$;
