-- Whoever unlinks the identity provider is told that it no longer signs in. The account keeps that it was, so that nobody is
-- linked to it again by its address alone.
alter table accounts add provider_unlinked_at timestamptz;
comment on column accounts.provider_unlinked_at is
  'When its holder last unlinked the identity provider. Until linking from within clears it, nobody who arrives from the provider is linked unasked.';

update accounts a set provider_unlinked_at = e.at
from (select subject_id, max(at) as at from events where kind = 'provider_unlinked' group by subject_id) e
where a.id = e.subject_id and a.deleted_at is null
  and not exists (select from credentials c where c.account_id = a.id and c.provider_id <> 'credential');

-- A deleted account keeps nothing of its holder.
create function accounts_forget_unlinking() returns trigger language plpgsql as $$
begin
  new.provider_unlinked_at := null;
  return new;
end $$;
create trigger accounts_forget_unlinking before update on accounts for each row
  when (new.deleted_at is not null and new.provider_unlinked_at is not null) execute function accounts_forget_unlinking();

-- A code of the app is accepted once (RFC 6238, 5.2), and none that is older than one that was.
alter table two_factors add last_step integer not null default 0;
comment on column two_factors.last_step is
  'The half minute since 1970 whose code was accepted last. A code of it, or of an earlier one, is not accepted again.';
