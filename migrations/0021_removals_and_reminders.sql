-- People who were removed need a decision to return.

-- When the account was removed from the organization; null if it was never a member, or left by itself since.
create function removed_at(organization uuid, account uuid) returns timestamptz language sql stable as $$
  select case when m.ended_reason = 'removed' then m.ended_at end
  from memberships m where m.organization_id = organization and m.account_id = account and m.ended_at is not null
  order by m.ended_at desc, m.started_at desc limit 1
$$;

-- The removal that an invitation does not undo; null if there was none. Only an invitation that was made later, and is bound to
-- the person's address, undoes one: its inviter knew whom they let in.
create function removal_not_undone(invitation uuid, account uuid) returns timestamptz language sql stable as $$
  select r.at from invitations i cross join lateral (select removed_at(i.organization_id, account) as at) r
  where i.id = invitation and (i.bound_email is null or i.created_at <= r.at)
$$;

-- The organization is locked before anyone accepts, as before anyone is removed. So a trigger sees every removal that came first,
-- which the statement that fired it may not.
create function acceptances_after_a_removal() returns trigger language plpgsql as $$
begin
  if removal_not_undone(new.invitation_id, new.account_id) is not null then
    new.state := 'awaiting_approval';
  end if;
  return new;
end $$;
create trigger acceptances_after_a_removal before insert on acceptances for each row
  when (new.state = 'joined') execute function acceptances_after_a_removal();
