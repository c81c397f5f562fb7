-- PostgreSQL plans the statement of an SQL function with every call, and that of a PL/pgSQL function once per connection. These
-- are called whenever someone joins.
create or replace function removed_at(organization uuid, account uuid) returns timestamptz language plpgsql stable as $$
begin
  return (
    select case when m.ended_reason = 'removed' then m.ended_at end
    from memberships m where m.organization_id = organization and m.account_id = account and m.ended_at is not null
    order by m.ended_at desc, m.started_at desc limit 1);
end $$;

create or replace function removal_not_undone(invitation uuid, account uuid) returns timestamptz language plpgsql stable as $$
begin
  return (
    select r.at from invitations i cross join lateral (select removed_at(i.organization_id, account) as at) r
    where i.id = invitation and (i.bound_email is null or i.created_at <= r.at));
end $$;

-- Most who join were never members before: one look into an index says so.
create or replace function acceptances_after_a_removal() returns trigger language plpgsql as $$
begin
  if exists (select from memberships m where m.account_id = new.account_id and m.ended_at is not null)
    and removal_not_undone(new.invitation_id, new.account_id) is not null
  then
    new.state := 'awaiting_approval';
  end if;
  return new;
end $$;
