-- Each index of the ledger costs at every acceptance of an invitation, once per connection. One key serves the questions by
-- account and those by account and connection; rows of an organization are found through its memberships.
alter table propagations drop constraint propagations_pkey;
alter table propagations add primary key (account_id, connection_id);
drop index propagations_account;
drop index propagations_organization;

-- The same signals as before. A list of values costs less than a union of queries, which began anew for each event.
create or replace function events_signal_changes() returns trigger language plpgsql as $$
begin
  if not exists (select from connections where enabled) then
    return null;
  end if;
  insert into change_signals (account_id, organization_id)
  select distinct concerned.account_id, concerned.organization_id
  from after e join change_signal_rules r on r.kind = e.kind
  cross join lateral (values
    (case r.concerns when 'people' then e.subject_id end, case r.concerns when 'organization' then e.organization_id end),
    (case r.concerns when 'people' then e.actor_id end, null)
  ) concerned (account_id, organization_id)
  where concerned.account_id is not null or concerned.organization_id is not null or r.concerns = 'everyone';
  return null;
end $$;
