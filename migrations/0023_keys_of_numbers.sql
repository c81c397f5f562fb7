-- Each number of a quota role has a key that never changes. Those that there are get the keys that
-- src/roles/services/limit-keys.ts makes from their names. What connected services were told gets the same keys, so that
-- nothing differs from it and nothing is sent again. Events stay as they were written.

create function keys_from_names(limits jsonb) returns jsonb language plpgsql as $$
declare
  item jsonb;
  made text;
  unused text;
  used text[] := '{}';
  keyed jsonb := '[]';
  count int;
begin
  for item in select value from jsonb_array_elements(limits) with ordinality order by ordinality loop
    made := lower(regexp_replace(normalize(item->>'name', NFKD), '[\u0300-\u036f]', '', 'g') collate "C");
    made := regexp_replace(regexp_replace(made, '[^a-z0-9]+', '-', 'g'), '^-|-$', '', 'g');
    made := coalesce(nullif(regexp_replace(left(made, 63), '-$', ''), ''), 'number');
    unused := made;
    count := 2;
    while unused = any(used) loop
      unused := left(made, 63 - length('-' || count)) || '-' || count;
      count := count + 1;
    end loop;
    used := used || unused;
    keyed := keyed || jsonb_build_array(item || jsonb_build_object('key', unused));
  end loop;
  return keyed;
end $$;

update role_versions set limits = keys_from_names(limits) where limits <> '[]';
update propagations set desired = jsonb_set(desired, '{quota,limits}', keys_from_names(desired #> '{quota,limits}'))
where desired #> '{quota,limits}' <> '[]';
update propagations set applied = jsonb_set(applied, '{quota,limits}', keys_from_names(applied #> '{quota,limits}'))
where applied #> '{quota,limits}' <> '[]';

drop function keys_from_names;

comment on column role_versions.limits is 'Of a quota role: numbers with units, [{"key", "name", "value", "unit"}]. The key of a number never changes.';
