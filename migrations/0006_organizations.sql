-- Organizations, the periods in which they were accepted, and the names that are taken.

create table organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  name_key text not null,
  country text not null check (length(country) = 2),
  description text not null check (length(description) between 1 and 2000),
  address text not null default '',
  city text not null default '',
  postal_code text not null default '',
  website text not null default '',
  tax_id text not null default '',
  author_id uuid not null references accounts (id),
  state text not null default 'pending'
    check (state in ('pending', 'changes_requested', 'accepted', 'suspended', 'rejected', 'dissolved')),
  state_reason text,
  state_since timestamptz not null default now(),
  created_at timestamptz not null default now(),
  admin_count integer not null default 0 check (admin_count >= 0),
  member_count integer not null default 0 check (member_count >= admin_count),
  member_limit integer check (member_limit > 0),
  limit_wanted integer check (limit_wanted > 0),
  limit_wanted_reason text check (length(limit_wanted_reason) between 1 and 1000),
  state_version integer not null default 1,
  details_version integer not null default 1,
  wanted_name text check (length(wanted_name) between 1 and 200),
  wanted_name_key text,
  wanted_tax_id text,
  wanted_by uuid references accounts (id),
  wanted_at timestamptz,
  searched text generated always as (searchable(name)) stored,
  looks_like text generated always as (
    replace(translate(searchable(translate(normalize(translate(name, 'Ϲϲſ', 'Ccf'), NFKD),
      'ÐØøĐđĦħıŁłŦŧƀƂƃƄƉƌƍƑƒƖƗƙƚƝƞƟƥƦƭƮƴƵƶƽƿǀǤǥȤȥȼȾɄɆɇɈɉɍɎɏɑɓɖɗəɛɠɡɣɦɨɩɪɫɭɯɳɵɼɽʂʋʏʐʒʠͰͶͷͻͽͿΑΒΕΖΗΘΙΚΛΜΝΟΡΣΤΥΧαβγδεηθικνορστυφϛϜϩϳϷϸϺϽϿЄЅІЈАБВГЕКЛМНОПРСТУФХЬавгезикмнопрстуфхьяєѕіјћѡѢѣѰѱѲѳѴѵѼѽҊҋҌҍҒғҖҗҙҚқҞҟҢңҪҫҬҭҮүҰұҲһҽҾҿӀӅӆӇӈӉӊӋӌӍӎӏӘәӡӨөԁԊԌԍԐԑԛԜԝՍՏՓՕագզծհյոպռսցքօᎠᎡᎢᎥᎨᎩᎪᎫᎬᎰᎱᎳᎷᎻᎽᎾᎿᏀᏂᏃᏇᏋᏌᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏫᏰᏲᏳᏴᏻᏼᴄᴈᴋᴍᴏᴐᴑᴜᴠᴡᴢᴤᴦᴧᴨᴩᴫᵮᵰᵲᵳᵴᵵᵶᵻᵼᵽᵾᵿᶃᶌᶐẝỿↃↄⱧⱩⲄⲅⲆⲈⲉⲎⲒⲔⲕⲖⲘⲚⲞⲟⲠⲢⲣⲤⲥⲦⲨⲪⲫⲬⲭⲮⲱⲼⲽⳍⳐⳑⳜⳤꓐꓑꓒꓓꓔꓖꓗꓙꓚꓛꓜꓝꓞꓟꓠꓡꓢꓣꓥꓦꓧꓪꓫꓬꓮꓯꓰꓱꓲꓳꓴꓵꙅꙇꙍꙨꚕꜱꝀꝊꝋꝡꝫꝺꞕꞘꞙꞝꞞꞟꞱꞲꞳꞴꞵꞶꞷꬲꬵꬽꬾꬿꭇꭈꭍꭎꭒꭓꭕꭚꭠꭰꭱꭲꭴꭵꭺꭻꭼꭾꮀꮁꮃꮇꮋꮎꮐꮓꮛꮜꮟꮢꮩꮪꮮꮯꮲꮶꮻ',
      'DOoDdHhiLlTtbbbbDdgFfllklNnOpRtTyZzsþlGgZzcTUEeJjrYyabddǝꞓggyhiiillwnorrsuyzȝqⱵИᴎɔꜿJABEZHOlKɅMNOPƩTYXaßyẟꞓnOiĸvopoᴛuɸςFƨjÞþMƆꜾꞒSlJAbBΓEKɅMHOΠPCTYΦXbaʙreɜᴎĸʍʜoπpcᴛyɸxƅᴙꞓsijhwbbΨψOoVvѠwИиbbΓrЖжɜKĸKĸHʜCcTᴛYyYyXheҼelɅлHʜHʜҶҷMʍiƏǝȝOodǶGɢƐꞓqWwUSΦOwqqẟhȷnɰnugfoDRTiⱵYAJEⱵΓWMHYOƫGhZѠƐUbRWSVSLCPKdOßhGBɢʙcɜĸʍoɔouvwzƨrʌπᴘлfnrɾstziipuʊgyɋfyƆɔHKΓrΔꞒꞓHlKĸλMNOoΠPpCcTYΦɸXχΨωШшȝLʟϬϗBPdDTGKJCƆZFℲMNLSRɅVHWXYAⱯEƎlOUՈƨiωʘhsKOowȝꝹꜧFfʚꓤuꓕJXBßꙌωefooɔrrʃuuχχyљᴅʀᴛoiᴀᴊᴇɂⱶrwʍʜoɢzꞓuƅʀvsʟcᴘĸo')),
      '01|i', 'olll'), 'm', 'rn')) stored,
  check ((wanted_name is null) = (wanted_name_key is null)),
  check ((wanted_at is null) = (wanted_by is null)),
  check ((wanted_at is null) = (wanted_name is null and wanted_tax_id is null))
);
comment on table organizations is 'Organizations, in every state.';
comment on column organizations.id is 'UUID version 7.';
comment on column organizations.name is 'As its admins wrote it.';
comment on column organizations.name_key is 'The name, normalized for comparison; unique among organizations that are neither rejected nor dissolved.';
comment on column organizations.country is 'ISO 3166-1 alpha-2.';
comment on column organizations.description is 'Description of planned activities.';
comment on column organizations.address is 'Street and number; may be empty.';
comment on column organizations.city is 'May be empty.';
comment on column organizations.postal_code is 'May be empty.';
comment on column organizations.website is 'May be empty.';
comment on column organizations.tax_id is 'May be empty.';
comment on column organizations.author_id is 'The account that requested the organization; it may resubmit the request after a rejection.';
comment on column organizations.state is 'Only an accepted one invites, requests roles and passes roles on.';
comment on column organizations.state_reason is 'The operator’s reason for the state, if one is required.';
comment on column organizations.state_since is 'When it entered its state.';
comment on column organizations.created_at is 'When it was requested.';
comment on column organizations.admin_count is 'The number of members with admin privileges; maintained by a trigger on memberships.';
comment on column organizations.member_count is 'The number of members; maintained by a trigger on memberships.';
comment on column organizations.member_limit is 'The maximum number of members; null for the site’s default.';
comment on column organizations.limit_wanted is 'The higher limit that an admin requested; null if no request is pending.';
comment on column organizations.limit_wanted_reason is 'The admin’s reason.';
comment on column organizations.state_version is 'Version of the state, for optimistic concurrency.';
comment on column organizations.details_version is 'Version of the details, for optimistic concurrency.';
comment on column organizations.wanted_name is 'The new name that waits for an operator; null if none does.';
comment on column organizations.wanted_name_key is 'The new name, normalized for comparison.';
comment on column organizations.wanted_tax_id is 'The new tax id that waits for an operator; null if none does.';
comment on column organizations.wanted_by is 'The admin who requested the new name or tax id.';
comment on column organizations.wanted_at is 'When it was requested.';
comment on column organizations.searched is 'The name, normalized for searching.';
comment on column organizations.looks_like is 'The skeleton of the name (UTS 39): the same for two names that are easily mistaken for each other.';
alter table organizations set (fillfactor = 70);
create unique index organizations_name on organizations (name_key) where state not in ('rejected', 'dissolved');
create index organizations_newest on organizations (created_at desc, id desc);
create index organizations_state on organizations (state, created_at, id);
create index organizations_author on organizations (author_id);
create index organizations_look_alikes on organizations (looks_like) where state not in ('rejected', 'dissolved');
create index organizations_by_name on organizations (name collate "und-x-icu", id);

create table organization_periods (
  organization_id uuid not null references organizations (id),
  accepted_from timestamptz not null,
  accepted_until timestamptz,
  primary key (organization_id, accepted_from)
);
comment on table organization_periods is 'The periods in which organizations were accepted. Only then do they pass roles on. Maintained by a trigger on organizations.';
comment on column organization_periods.organization_id is 'The organization.';
comment on column organization_periods.accepted_from is 'Start of the period.';
comment on column organization_periods.accepted_until is 'End of the period; null if it has not ended.';
create unique index organization_periods_current on organization_periods (organization_id) where accepted_until is null;

create table organization_names (
  name_key text primary key,
  organization_id uuid not null references organizations (id)
);
comment on table organization_names is 'Names of organizations that are neither rejected nor dissolved, and names that they have requested, normalized for comparison. Maintained by a trigger on organizations.';
comment on column organization_names.name_key is 'The name. No other organization can have it.';
comment on column organization_names.organization_id is 'The organization.';
create index organization_names_of_organization on organization_names (organization_id);

-- The last word on the last admin. Deferred, because within one statement the count may pass through zero.
create function organizations_have_an_admin() returns trigger language plpgsql as $$
begin
  perform from organizations where id = new.id and admin_count < 1 and state not in ('rejected', 'dissolved');
  if found then
    raise exception 'an organization needs an admin'
      using errcode = '23514', constraint = 'organizations_have_an_admin', table = 'organizations';
  end if;
  return null;
end $$;
create constraint trigger organizations_have_an_admin after insert or update on organizations
  deferrable initially deferred for each row
  when (new.admin_count < 1 and new.state not in ('rejected', 'dissolved'))
  execute function organizations_have_an_admin();

-- When an organization ends, its memberships and with them its invitations, its waiting acceptances and its roles end. The role
-- requests of a rejected organization stay: its author may correct and resubmit the request together with them.
create function organizations_ended() returns trigger language plpgsql as $$
begin
  update memberships set ended_at = now(), ended_reason = 'organization_' || new.state
  where organization_id = new.id and ended_at is null;
  update acceptances set state = 'declined', decided_at = now()
  where organization_id = new.id and state = 'awaiting_approval';
  if new.state = 'dissolved' then
    update role_request_parts set state = 'withdrawn', decided_at = now()
    where organization_id = new.id and state = 'pending';
  end if;
  update role_assignments set ended_at = now(), ended_reason = 'organization_dissolved'
  where organization_id = new.id and ended_at is null;
  return null;
end $$;
create trigger organizations_ended after update of state on organizations for each row
  when (new.state in ('rejected', 'dissolved') and old.state not in ('rejected', 'dissolved'))
  execute function organizations_ended();

create function organizations_accepted() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'accepted' then
    update organization_periods set accepted_until = now() where organization_id = new.id and accepted_until is null;
  end if;
  if new.state = 'accepted' then
    insert into organization_periods (organization_id, accepted_from) values (new.id, now());
  end if;
  return null;
end $$;
create trigger organizations_accepted_inserted after insert on organizations for each row
  when (new.state = 'accepted') execute function organizations_accepted();

create trigger organizations_accepted_updated after update of state on organizations for each row
  when (old.state <> new.state and 'accepted' in (old.state, new.state)) execute function organizations_accepted();

create function organizations_counted() returns trigger language plpgsql as $$
begin
  if new.state <> old.state then
    new.state_version := old.state_version + 1;
  end if;
  if new.state not in ('accepted', 'suspended') then
    new.wanted_name := null;
    new.wanted_name_key := null;
    new.wanted_tax_id := null;
    new.wanted_by := null;
    new.wanted_at := null;
  end if;
  if (new.name, new.country, new.description, new.address, new.city, new.postal_code, new.website, new.tax_id)
      is distinct from (old.name, old.country, old.description, old.address, old.city, old.postal_code, old.website, old.tax_id)
    or (new.wanted_name, new.wanted_tax_id, new.wanted_at) is distinct from (old.wanted_name, old.wanted_tax_id, old.wanted_at) then
    new.details_version := old.details_version + 1;
  end if;
  return new;
end $$;
create trigger organizations_counted
  before update of state, name, country, description, address, city, postal_code, website, tax_id, wanted_name, wanted_tax_id, wanted_at
  on organizations for each row execute function organizations_counted();

-- Two organizations that exchange names would wait for each other, unless all names, including the old ones, are locked in a
-- fixed order.
create function organizations_named() returns trigger language plpgsql as $$
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
create trigger organizations_named_inserted after insert on organizations for each row execute function organizations_named();

create trigger organizations_named_updated after update of state, name_key, wanted_name_key on organizations for each row
  when ((old.state, old.name_key, old.wanted_name_key) is distinct from (new.state, new.name_key, new.wanted_name_key))
  execute function organizations_named();

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
