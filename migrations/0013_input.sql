-- A person has a first name, a last name, or both. Nothing stands in for the other: the dash did, where an identity
-- provider told one name only.
alter table accounts
  drop constraint accounts_first_name_check,
  drop constraint accounts_last_name_check;
update accounts set
  first_name = case when first_name = '–' then case when last_name = '–' then 'Unnamed' else '' end else first_name end,
  last_name = case when last_name = '–' then '' else last_name end
where first_name = '–' or last_name = '–';
alter table accounts
  add constraint accounts_first_name_check check (length(first_name) <= 80),
  add constraint accounts_last_name_check check (length(last_name) <= 80),
  add constraint accounts_are_named check (first_name <> '' or last_name <> '');
comment on column accounts.first_name is 'Better Auth’s “name”; empty for who has only a last name.';
comment on column accounts.last_name is 'Family name; empty for who has only a first name.';
comment on column accounts.email is 'Small letters, its domain in ASCII (IDNA); unique.';

-- There are organizations called HP, and ones with a name of a hundred and thirty characters.
alter table organizations
  drop constraint organizations_name_check,
  add constraint organizations_name_check check (length(name) between 1 and 200);
