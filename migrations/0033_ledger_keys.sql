-- Each index of the ledger costs at every acceptance of an invitation, once per connection. One key serves the questions by
-- account and those by account and connection; rows of an organization are found through its memberships.
alter table propagations drop constraint propagations_pkey;
alter table propagations add primary key (account_id, connection_id);
drop index propagations_account;
drop index propagations_organization;
