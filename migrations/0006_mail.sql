-- Mails that wait to be sent, and notices for the portal's bell. Both are written in the transaction of what they
-- tell of: a change that is refused leaves neither (ADR 7).

create table mails (
  id uuid primary key,
  account_id uuid references accounts (id) on delete set null,
  address text not null check (length(address) <= 254),
  template text not null,
  details jsonb not null default '{}',
  secret_sealed bytea,
  created_at timestamptz not null default now(),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  claimed_until timestamptz,
  sent_at timestamptz,
  given_up_at timestamptz,
  last_error text,
  constraint mails_ended_once check (sent_at is null or given_up_at is null),
  constraint mails_ended_without_secret check (secret_sealed is null or (sent_at is null and given_up_at is null))
);
comment on table mails is 'The outbox: what is to be sent, and for some weeks what was.';
comment on column mails.id is 'UUID; the mail’s Message-ID is made from it.';
comment on column mails.account_id is 'Whom it is for, where they have an account.';
comment on column mails.address is 'Where it goes.';
comment on column mails.template is 'Which text; see src/mails/templates.ts.';
comment on column mails.details is 'What the text is filled with. Never a code, a link or another secret.';
comment on column mails.secret_sealed is 'The code or token of its link, encrypted under a key that is not in the database. Erased when it is sent or given up.';
comment on column mails.created_at is 'When it was written.';
comment on column mails.attempts is 'How often it was tried.';
comment on column mails.next_attempt_at is 'Not tried before then.';
comment on column mails.claimed_until is 'While a process sends it: until when that may take. After that another process tries.';
comment on column mails.sent_at is 'When the mail server took it.';
comment on column mails.given_up_at is 'When it was given up.';
comment on column mails.last_error is 'Why the last attempt failed, in the mail server’s words.';
create index mails_due on mails (next_attempt_at) where sent_at is null and given_up_at is null;
create index mails_newest on mails (created_at desc, id desc);
create index mails_given_up on mails (created_at desc, id desc) where given_up_at is not null;
create index mails_of_account on mails (account_id);

create table mail_counts (
  key text primary key,
  since timestamptz not null default now(),
  mails integer not null default 1
);
comment on table mail_counts is 'Mails lately, per recipient and per sender, so that nobody is flooded. Shared by all processes.';
comment on column mail_counts.key is '“to:…” and an address, or “from:…” and an account.';
comment on column mail_counts.since is 'When counting began; it starts again after an hour.';
comment on column mail_counts.mails is 'How many since then.';

create table notices (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id) on delete cascade,
  event_id uuid not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (account_id, event_id)
);
comment on table notices is 'What people are told of: a row per person and event.';
comment on column notices.id is 'UUID.';
comment on column notices.account_id is 'Who is told.';
comment on column notices.event_id is 'Of which event.';
comment on column notices.at is 'When that happened.';
comment on column notices.read_at is 'When they marked it as read.';
create index notices_newest on notices (account_id, at desc, id desc);
create index notices_unread on notices (account_id) where read_at is null;

create table notice_preferences (
  account_id uuid primary key references accounts (id) on delete cascade,
  organization boolean not null,
  members boolean not null,
  roles boolean not null
);
comment on table notice_preferences is 'Which notices people want as mail too. Without a row: all of them.';
comment on column notice_preferences.account_id is 'Whose.';
comment on column notice_preferences.organization is 'What operators decide about the organization.';
comment on column notice_preferences.members is 'Who joins, removals, admin privileges.';
comment on column notice_preferences.roles is 'Decisions about roles.';

create index memberships_admins on memberships (organization_id) where admin and ended_at is null;

-- Tells the people concerned, and mails those who want that and whose address is known to be theirs. Nobody is told
-- of what they did themselves. It runs at the end of the statement: whoever a rejection put out is no member by then.
create function events_notify() returns trigger language plpgsql as $$
begin
  with told as (
    insert into notices (account_id, event_id, at)
    select a.id, new.id, new.at from accounts a
    where a.disabled_at is null and a.id is distinct from new.actor_id and a.id in (
      select new.subject_id where new.kind in (
        'member_removed', 'admin_granted', 'admin_revoked', 'admin_appointed', 'handed_over', 'acceptance_approved', 'acceptance_declined')
      union all
      select i.created_by from invitations i where new.kind = 'invitation_accepted' and i.id = new.invitation_id
      union all
      select o.author_id from organizations o where new.kind = 'organization_rejected' and o.id = new.organization_id
      union all
      select m.account_id from memberships m
      where new.kind in (
          'organization_accepted', 'changes_requested', 'organization_suspended', 'organization_reinstated', 'acceptance_awaiting_approval',
          'role_accepted', 'role_refused', 'role_granted', 'role_revoked')
        and m.organization_id = new.organization_id and m.admin and m.ended_at is null
      union all
      select m.account_id from memberships m
      where new.kind in ('organization_rejected', 'organization_dissolved')
        and m.organization_id = new.organization_id and m.admin and m.ended_at = now() and m.ended_reason = new.kind)
    returning account_id
  )
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), a.id, a.email, 'notice', jsonb_build_object('eventId', new.id)
  from told join accounts a on a.id = told.account_id left join notice_preferences p on p.account_id = a.id
  where a.email_verified and (select mail_configured from site) and coalesce(
    case
      when new.kind like 'role\_%' then p.roles
      when new.kind like 'organization\_%' or new.kind = 'changes_requested' then p.organization
      else p.members
    end, true);
  return null;
end $$;
create trigger events_notify after insert on events for each row
  when (new.kind in (
    'organization_accepted', 'changes_requested', 'organization_rejected', 'organization_suspended', 'organization_reinstated',
    'organization_dissolved', 'invitation_accepted', 'acceptance_awaiting_approval', 'acceptance_approved', 'acceptance_declined',
    'member_removed', 'admin_granted', 'admin_revoked', 'admin_appointed', 'handed_over',
    'role_accepted', 'role_refused', 'role_granted', 'role_revoked'))
  execute function events_notify();
