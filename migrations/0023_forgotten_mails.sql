-- What mails keep of somebody whose account is deleted. Mails to an address alone, such as invitations, have no account to be
-- found by, those that the person sent have the name in them, and the last mail of all has the address.

-- Rows are locked in the order of their ids, because two who have invited one another may be deleted at once. Whoever has not
-- confirmed an address may have registered with another's, and takes none of that person's mails away. Invitations that the
-- person sent have ended with the membership: none of them waits to be sent any more.
create or replace function accounts_forget_mails() returns trigger language plpgsql as $$
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

-- The last mail says that the account was deleted. Once it is sent, or given up, nobody needs to know where it went.
create function mails_forget() returns trigger language plpgsql as $$
begin
  delete from mails where id = new.id;
  return null;
end $$;
create trigger mails_forget after update on mails for each row
  when (new.template = 'account_deleted' and (new.sent_at is not null or new.given_up_at is not null))
  execute function mails_forget();

-- The same of accounts that were deleted before. Only the last mail still tells which address theirs was.
delete from mails m using mails d
where d.template = 'account_deleted' and m.account_id is null and m.address = d.address
  and m.template <> 'account_deleted' and m.created_at <= d.created_at;
delete from mails where template = 'account_deleted' and (sent_at is not null or given_up_at is not null);
update mails m set details = m.details || '{"inviter": "Deleted account"}'
from invitations i join accounts a on a.id = i.created_by
where m.account_id is null and i.id = (m.details->>'invitationId')::uuid and a.deleted_at is not null;
