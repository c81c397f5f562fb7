-- Decisions carry what whoever decides has seen. What is decided about counts its changes, and a save compares the count
-- on the row that it locks.

alter table organizations
  add column state_version integer not null default 1,
  add column details_version integer not null default 1;
comment on column organizations.state_version is 'Counts changes of its state, so that nobody decides about one that they did not see.';
comment on column organizations.details_version is 'Counts changes of its details, so that nobody overwrites some that they did not see.';

alter table site add column policy_version integer not null default 1;
comment on column site.policy_version is 'Counts changes of the policy, so that nobody overwrites one that they did not see.';

alter table role_versions add column version integer not null default 1;
comment on column role_versions.version is 'Counts the versions of a role, from 1.';
update role_versions v set version = counted.version
from (select role_id, valid_from, row_number() over (partition by role_id order by valid_from) as version from role_versions) counted
where counted.role_id = v.role_id and counted.valid_from = v.valid_from and counted.version <> 1;

-- An organization's admins edit its details. A new name or tax id may wait for an operator.
alter table site add column identity_changes text not null default 'tell' check (identity_changes in ('tell', 'accept'));
comment on column site.identity_changes is 'Whether operators are told of an organization’s new name or tax id, or have to accept it.';

alter table organizations
  add column wanted_name text check (length(wanted_name) between 1 and 200),
  add column wanted_name_key text,
  add column wanted_tax_id text,
  add column wanted_by uuid references accounts (id),
  add column wanted_at timestamptz,
  add check ((wanted_name is null) = (wanted_name_key is null)),
  add check ((wanted_at is null) = (wanted_by is null)),
  add check ((wanted_at is null) = (wanted_name is null and wanted_tax_id is null));
comment on column organizations.wanted_name is 'The new name that waits for an operator; null where none does.';
comment on column organizations.wanted_name_key is 'The same folded for comparison.';
comment on column organizations.wanted_tax_id is 'The new tax id that waits for an operator; null where none does.';
comment on column organizations.wanted_by is 'The admin who wants it.';
comment on column organizations.wanted_at is 'Since when it waits.';

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

-- The names that live organizations have or wait for. What one of them waits for, no other can take meanwhile.
create table organization_names (
  name_key text primary key,
  organization_id uuid not null references organizations (id)
);
comment on table organization_names is 'Names that live organizations have or wait for, folded for comparison. Kept by a trigger on organizations.';
comment on column organization_names.name_key is 'The name. Nobody else can have it.';
comment on column organization_names.organization_id is 'Whose it is.';
create index organization_names_of_organization on organization_names (organization_id);
insert into organization_names (name_key, organization_id)
select name_key, id from organizations where state not in ('rejected', 'dissolved');

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

-- What ends with an organization, as before. But what a rejected one asked for of services is kept: its author may correct
-- the request and hand it in again, with them.
create or replace function organizations_ended() returns trigger language plpgsql as $$
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

-- Operators are told too. Everybody else as before.
create or replace function notice_goes_to(kind text) returns text language sql immutable as $$
  select case
    when kind = 'invitation_accepted' then 'inviter'
    when kind in (
      'member_removed', 'admin_granted', 'admin_revoked', 'admin_appointed', 'handed_over', 'acceptance_approved', 'acceptance_declined'
    ) then 'subject'
    when kind in (
      'organization_accepted', 'changes_requested', 'organization_suspended', 'organization_reinstated', 'acceptance_awaiting_approval',
      'role_accepted', 'role_refused', 'role_granted', 'role_revoked', 'identity_change_accepted', 'identity_change_refused'
    ) then 'admins'
    when kind in ('organization_rejected', 'organization_dissolved') then 'past admins'
    when kind in ('identity_changed', 'identity_change_requested') then 'operators'
  end
$$;

create or replace function events_notify() returns trigger language plpgsql as $$
begin
  if not exists (select from after where notice_goes_to(kind) is not null) then
    return null;
  end if;
  insert into notices (account_id, event_id, at)
  select a.id, e.id, e.at
  from (select *, notice_goes_to(kind) as goes_to from after) e
  cross join lateral (
    select i.created_by as account_id from invitations i where e.goes_to = 'inviter' and i.id = e.invitation_id
    union all
    select e.subject_id where e.goes_to = 'subject'
    union all
    select m.account_id from memberships m
    where e.goes_to = 'admins' and m.organization_id = e.organization_id and m.admin and m.ended_at is null
    union all
    select m.account_id from memberships m
    where e.goes_to = 'past admins' and m.organization_id = e.organization_id and m.admin and m.ended_at = now() and m.ended_reason = e.kind
    union all
    select o.author_id from organizations o where e.kind = 'organization_rejected' and o.id = e.organization_id
    union all
    select a.id from accounts a where e.goes_to = 'operators' and a.operator
  ) concerned
  join accounts a on a.id = concerned.account_id
  where a.disabled_at is null and a.id is distinct from e.actor_id
  on conflict (account_id, event_id) do nothing;
  return null;
end $$;

create or replace function notices_mail() returns trigger language plpgsql as $$
begin
  if not (select mail_configured from site) then
    return null;
  end if;
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), a.id, a.email, 'notice', jsonb_build_object('eventId', e.id)
  from after n join events e on e.id = n.event_id join accounts a on a.id = n.account_id
  left join notice_preferences p on p.account_id = a.id
  where a.email_verified
    and coalesce(
      case
        when e.kind like 'role\_%' then p.roles
        when e.kind like 'organization\_%' or e.kind like 'identity\_%' or e.kind = 'changes_requested' then p.organization
        else p.members
      end, true);
  return null;
end $$;

-- Operators are few, and looked for by this.
create index accounts_operators on accounts (id) where operator;
