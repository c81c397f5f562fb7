-- The site itself: one row.

create table site (
  single_row boolean primary key default true check (single_row),
  secret_fingerprint text not null,
  setup_nonce text not null,
  setup_claimed_at timestamptz,
  catalogue_version integer not null default 0,
  default_member_limit integer check (default_member_limit > 0),
  mail_configured boolean not null default false,
  second_factor text not null default 'optional'
  check (second_factor in ('off', 'optional', 'operators', 'admins', 'all')),
  session_idle_minutes integer not null default 10080 check (session_idle_minutes between 5 and 43200),
  session_hours integer not null default 720 check (session_hours between 1 and 2160),
  registration text not null default 'open' check (registration in ('open', 'invitation', 'domain')),
  registration_domains text[] not null default '{}',
  terms_version text check (length(terms_version) between 1 and 40),
  terms_address text check (length(terms_address) <= 500),
  policy_version integer not null default 1,
  identity_changes text not null default 'tell' check (identity_changes in ('tell', 'accept')),
  check ((terms_version is null) = (terms_address is null))
);
comment on table site is 'One row: facts about this installation.';
comment on column site.single_row is 'Always true: makes a second row impossible.';
comment on column site.secret_fingerprint is 'Keyed hash of the secret. A process with a different secret refuses to start.';
comment on column site.setup_nonce is 'The first operator’s one-time link is derived from this and the secret; the link itself is stored nowhere.';
comment on column site.setup_claimed_at is 'When the link was used; it works once.';
comment on column site.catalogue_version is 'Version of the catalogue, for optimistic concurrency.';
comment on column site.default_member_limit is 'The member limit of organizations that have none of their own; null for any number.';
comment on column site.mail_configured is 'Whether the server that started last sends mail. Without it no mail is written.';
comment on column site.second_factor is 'Who needs a second factor; “admins” includes operators.';
comment on column site.session_idle_minutes is 'A session ends after this many minutes without use.';
comment on column site.session_hours is 'A session ends after this many hours, used or not.';
comment on column site.registration is 'Who may register: anyone, people with an invitation code, or people with an address of some domains.';
comment on column site.registration_domains is 'Those domains, in lower case.';
comment on column site.terms_version is 'The version of the terms that accounts have to accept; null if there are none.';
comment on column site.terms_address is 'The web address of the terms.';
comment on column site.policy_version is 'Version of the policy, for optimistic concurrency.';
comment on column site.identity_changes is 'Whether operators are only told of an organization’s new name or tax id, or have to accept it.';
