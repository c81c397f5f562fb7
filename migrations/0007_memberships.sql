-- Present and past members of organizations.

create table memberships (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  account_id uuid not null references accounts (id),
  admin boolean not null default false,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_reason text,
  constraint memberships_ended_reason_check
  check (ended_reason in ('left', 'removed', 'organization_rejected', 'organization_dissolved', 'account_deleted')),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table memberships is 'Present and past members of organizations. Rows are ended, never deleted.';
comment on column memberships.id is 'UUID version 7.';
comment on column memberships.organization_id is 'The organization.';
comment on column memberships.account_id is 'The account.';
comment on column memberships.admin is 'Whether the member has admin privileges.';
comment on column memberships.started_at is 'Start.';
comment on column memberships.ended_at is 'End; null if it has not ended.';
comment on column memberships.ended_reason is 'How it ended.';
-- Tells the planner that people have more than one membership. Batched pages name the same people, and PostgreSQL looks each up
-- only once if it expects that.
alter table memberships alter column account_id set (n_distinct = -0.5);
create unique index memberships_one_per_account on memberships (account_id) where ended_at is null;
create index memberships_newest on memberships (organization_id, started_at desc, id desc) where ended_at is null;
create index memberships_history on memberships (account_id, started_at);
create index memberships_history_of_organization on memberships (organization_id, started_at desc, id desc);
create index memberships_admins on memberships (organization_id) where admin and ended_at is null;

create function memberships_updated() returns trigger language plpgsql as $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, sum(member) as members, sum(admin) as admins
    from (
      select organization_id, (ended_at is null)::int as member, (admin and ended_at is null)::int as admin from after
      union all
      select organization_id, -(ended_at is null)::int, -(admin and ended_at is null)::int from before
    ) rows
    group by organization_id
  ) change
  where o.id = change.organization_id;

  update invitations i
  set revoked_at = now(), revoked_reason = 'inviter_lost_admin_privileges'
  from after
  where i.inviter_membership_id = after.id
    and (after.ended_at is not null or not after.admin)
    and i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now();
  return null;
end $$;
create trigger memberships_updated after update on memberships
  referencing old table as before new table as after for each statement execute function memberships_updated();

-- A disabled account gets no admin privileges. The lock makes granting and disabling wait for each other.
create function memberships_admins_are_active() returns trigger language plpgsql as $$
begin
  perform from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account has no admin privileges'
      using errcode = '23514', constraint = 'memberships_admins_are_active', table = 'memberships';
  end if;
  return new;
end $$;
create trigger memberships_admins_are_active before insert or update of admin on memberships for each row
  when (new.admin and new.ended_at is null) execute function memberships_admins_are_active();

-- Keeps the counts that the rule about the last admin rests on. The limit of members has the last word here, under the lock
-- on the organization, whichever way people join.
create function memberships_inserted() returns trigger language plpgsql as $$
declare
  fit boolean;
begin
  with joined as (
    select organization_id, count(*)::int as members, sum(admin::int)::int as admins
    from after where ended_at is null group by organization_id
  ), counted as (
    update organizations o
    set member_count = o.member_count + joined.members, admin_count = o.admin_count + joined.admins
    from joined where o.id = joined.organization_id
    returning o.member_count <= coalesce(o.member_limit, (select default_member_limit from site), o.member_count) as fits
  )
  select bool_and(fits) into fit from counted;
  if not fit then
    raise exception 'the organization has as many members as it may have'
      using errcode = '23514', constraint = 'organizations_member_limit', table = 'organizations';
  end if;
  return null;
end $$;
create trigger memberships_inserted after insert on memberships
  referencing new table as after for each statement execute function memberships_inserted();

create trigger memberships_accounts_are_active before insert on memberships for each row execute function account_is_active();
