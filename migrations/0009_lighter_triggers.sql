-- The same rules as before, with less to do for each change. A statement in a trigger is made ready anew each time it
-- runs, all of its parts, so each part that does not concern the change costs as if it did.

-- People join one at a time. The organization's row is touched once, and has the last word on its limit.
drop trigger memberships_inserted on memberships;
create or replace function memberships_inserted() returns trigger language plpgsql as $$
declare
  fits boolean;
begin
  update organizations
  set member_count = member_count + 1, admin_count = admin_count + new.admin::integer
  where id = new.organization_id
  returning member_count <= coalesce(member_limit, (select default_member_limit from site), member_count) into fits;
  if not fits then
    raise exception 'the organization has as many members as it may have'
      using errcode = '23514', constraint = 'organizations_member_limit', table = 'organizations';
  end if;
  return null;
end $$;
create trigger memberships_inserted after insert on memberships for each row
  when (new.ended_at is null) execute function memberships_inserted();

-- Tells the people concerned, and mails those who want that and whose address is known to be theirs. Nobody is told
-- of what they did themselves. It runs at the end of the statement: whoever a rejection put out is no member by then.
-- Which kinds of events concern somebody is said here alone: a condition of the trigger is read anew for each statement.
drop trigger events_notify on events;
create or replace function events_notify() returns trigger language plpgsql as $$
declare
  concerned uuid[];
begin
  if new.kind = 'invitation_accepted' then
    concerned := array(select created_by from invitations where id = new.invitation_id);
  elsif new.kind in (
    'member_removed', 'admin_granted', 'admin_revoked', 'admin_appointed', 'handed_over', 'acceptance_approved', 'acceptance_declined'
  ) then
    concerned := array[new.subject_id];
  elsif new.kind in (
    'organization_accepted', 'changes_requested', 'organization_suspended', 'organization_reinstated', 'acceptance_awaiting_approval',
    'role_accepted', 'role_refused', 'role_granted', 'role_revoked'
  ) then
    concerned := array(
      select account_id from memberships where organization_id = new.organization_id and admin and ended_at is null);
  elsif new.kind in ('organization_rejected', 'organization_dissolved') then
    concerned := array(
      select account_id from memberships
      where organization_id = new.organization_id and admin and ended_at = now() and ended_reason = new.kind
      union all
      select author_id from organizations where new.kind = 'organization_rejected' and id = new.organization_id);
  else
    return null;
  end if;

  insert into notices (account_id, event_id, at)
  select id, new.id, new.at from accounts
  where id = any(concerned) and disabled_at is null and id is distinct from new.actor_id;

  if (select mail_configured from site) then
    insert into mails (id, account_id, address, template, details)
    select gen_random_uuid(), a.id, a.email, 'notice', jsonb_build_object('eventId', new.id)
    from notices n join accounts a on a.id = n.account_id left join notice_preferences p on p.account_id = a.id
    where n.event_id = new.id and n.account_id = any(concerned) and a.email_verified
      and coalesce(
        case
          when new.kind like 'role\_%' then p.roles
          when new.kind like 'organization\_%' or new.kind = 'changes_requested' then p.organization
          else p.members
        end, true);
  end if;
  return null;
end $$;
create trigger events_notify after insert on events for each row execute function events_notify();
