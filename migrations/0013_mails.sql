-- The outbox. A mail is written in the transaction of the change that it is about: a change that is refused leaves none.

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
  cancelled text check (cancelled in ('link_expired', 'link_ended', 'invitation_ended', 'address_changed')),
  constraint mails_ended_once check (sent_at is null or given_up_at is null),
  constraint mails_cancelled_given_up check (cancelled is null or given_up_at is not null),
  constraint mails_ended_without_secret check (secret_sealed is null or (sent_at is null and given_up_at is null))
);
comment on table mails is 'The outbox: mails to be sent, and for some weeks those already sent.';
comment on column mails.id is 'UUID; the mail’s Message-ID is made from it.';
comment on column mails.account_id is 'The recipient’s account, if any.';
comment on column mails.address is 'The recipient’s address.';
comment on column mails.template is 'The template; see src/messaging/mails/templates.ts.';
comment on column mails.details is 'The values of the template’s placeholders. Contains no code, link or other secret.';
comment on column mails.secret_sealed is 'The code or token of its link, encrypted under a key that is not in the database. Erased when the mail is sent or has failed.';
comment on column mails.created_at is 'When it was written.';
comment on column mails.attempts is 'The number of attempts to send it.';
comment on column mails.next_attempt_at is 'The next attempt is not made before this time.';
comment on column mails.claimed_until is 'Until when the process that is sending it holds its claim; then another process may claim it.';
comment on column mails.sent_at is 'When the mail server accepted it.';
comment on column mails.given_up_at is 'When it failed for good.';
comment on column mails.last_error is 'Why the last attempt failed, in the mail server’s words.';
comment on column mails.cancelled is 'Why it became pointless and was not sent.';
create index mails_due on mails (next_attempt_at) where sent_at is null and given_up_at is null;
create index mails_newest on mails (created_at desc, id desc);
create index mails_given_up on mails (created_at desc, id desc) where given_up_at is not null;
create index mails_of_account on mails (account_id);

-- Removes the data of a person whose account is deleted from mails. Mails to an address alone, such as invitations, have no
-- account to be found by, and those that the person sent contain their name. Rows are locked in the order of their ids, because
-- two people who invited each other may be deleted at once. A person with an unconfirmed address may have registered with
-- another person's, and removes none of that person's mails. Invitations that they sent have ended with the membership.
create function accounts_forget_mails() returns trigger language plpgsql as $$
begin
  perform from mails m
  where m.account_id = new.id or (m.account_id is null and (
    m.address = old.email or exists (
      select from invitations i where i.id = (m.details->>'invitationId')::uuid and i.created_by = new.id)))
  order by m.id for update;
  delete from mails where account_id = new.id;
  delete from mails
  where account_id is null and address = old.email and old.email_verified and template <> 'account_deleted';
  update mails m set details = m.details || '{"inviter": "Deleted account"}'
  where m.account_id is null and exists (
    select from invitations i where i.id = (m.details->>'invitationId')::uuid and i.created_by = new.id);
  return null;
end $$;
create trigger accounts_forget_mails after update on accounts for each row
  when (new.deleted_at is not null and old.deleted_at is null) execute function accounts_forget_mails();

-- The last mail says that the account was deleted. Once it is sent or has failed, its address is no longer needed.
create function mails_forget() returns trigger language plpgsql as $$
begin
  delete from mails where id = new.id;
  return null;
end $$;
create trigger mails_forget after update on mails for each row
  when (new.template = 'account_deleted' and (new.sent_at is not null or new.given_up_at is not null))
  execute function mails_forget();
