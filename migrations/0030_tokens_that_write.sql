-- A request may have loaded its facts before its token was ended. Every change writes an event, which names the token: so
-- a change waits for an end in progress, and is refused after it.
create function events_tokens_are_usable() returns trigger language plpgsql as $$
begin
  perform from tokens where id = new.token_id and ended_at is null and expires_at > statement_timestamp() for share;
  if not found then
    raise exception 'a token that has ended changes nothing' using errcode = '23514', constraint = 'events_tokens_are_usable', table = 'events';
  end if;
  return new;
end $$;
create trigger events_tokens_are_usable before insert on events for each row
  when (new.token_id is not null) execute function events_tokens_are_usable();
