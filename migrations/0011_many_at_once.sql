-- The same rules, kept for all rows of a statement at once: many people join by one statement (ADR 10). A statement in a
-- trigger is made ready anew each time it runs, so it runs once for all of them.

drop trigger memberships_inserted on memberships;
create or replace function memberships_inserted() returns trigger language plpgsql as $$
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

create function notice_goes_to(kind text) returns text language sql immutable as $$
  select case
    when kind = 'invitation_accepted' then 'inviter'
    when kind in (
      'member_removed', 'admin_granted', 'admin_revoked', 'admin_appointed', 'handed_over', 'acceptance_approved', 'acceptance_declined'
    ) then 'subject'
    when kind in (
      'organization_accepted', 'changes_requested', 'organization_suspended', 'organization_reinstated', 'acceptance_awaiting_approval',
      'role_accepted', 'role_refused', 'role_granted', 'role_revoked'
    ) then 'admins'
    when kind in ('organization_rejected', 'organization_dissolved') then 'past admins'
  end
$$;
comment on function notice_goes_to(text) is 'Whom this kind of event concerns; null where it is nobody.';

-- Nobody is told of what they did themselves. It runs at the end of the statement: whoever a rejection put out is no
-- member by then.
drop trigger events_notify on events;
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
  ) concerned
  join accounts a on a.id = concerned.account_id
  where a.disabled_at is null and a.id is distinct from e.actor_id
  on conflict (account_id, event_id) do nothing;
  return null;
end $$;
create trigger events_notify after insert on events
  referencing new table as after for each statement execute function events_notify();

-- Mails those who want that and whose address is known to be theirs.
create function notices_mail() returns trigger language plpgsql as $$
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
        when e.kind like 'organization\_%' or e.kind = 'changes_requested' then p.organization
        else p.members
      end, true);
  return null;
end $$;
create trigger notices_mail after insert on notices
  referencing new table as after for each statement execute function notices_mail();
