-- Tokens: programs that act as a person or for an organization.

create table tokens (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  membership_id uuid references memberships (id),
  organization_id uuid references organizations (id),
  name text not null,
  prefix text not null,
  hash text not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  method text not null check (method in ('password', 'second_factor', 'passkey', 'provider')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz,
  ended_reason text check (ended_reason in
    ('ended', 'renewed', 'membership_ended', 'privileges_lost', 'account_disabled', 'organization_not_accepted')),
  constraint tokens_of_organizations_have_a_membership check (organization_id is null or membership_id is not null),
  constraint tokens_ended_check check ((ended_at is null) = (ended_reason is null))
);
comment on table tokens is 'Credentials of programs. Rows are ended, never deleted.';
comment on column tokens.id is 'UUID version 7.';
comment on column tokens.account_id is 'The account that made it; the token acts as this account.';
comment on column tokens.membership_id is 'The membership under which it was made; the token ends with it. Null if its maker was in no organization.';
comment on column tokens.organization_id is 'The organization that it acts for; null for a personal token.';
comment on column tokens.name is 'The name that its maker gave it.';
comment on column tokens.prefix is 'The beginning of the token, by which people recognize it.';
comment on column tokens.hash is 'SHA-256 of the token as base64url. The token has 256 random bits, so a plain hash is enough.';
comment on column tokens.scopes is 'What it may be used for; see src/platform/access/scopes.ts.';
comment on column tokens.method is 'How its maker was signed in; a policy that requires a second factor applies to tokens too.';
comment on column tokens.created_at is 'When it was made.';
comment on column tokens.expires_at is 'When it expires.';
comment on column tokens.last_used_at is 'When it was last used, to the minute; null if never.';
comment on column tokens.ended_at is 'When it was ended; null if it was not.';
comment on column tokens.ended_reason is 'Why it was ended.';
-- Leaves room on each page for HOT updates of last_used_at.
alter table tokens set (fillfactor = 80);
create index tokens_account on tokens (account_id) where ended_at is null;
create index tokens_membership on tokens (membership_id) where ended_at is null;
create index tokens_organization on tokens (organization_id, created_at desc, id desc) where organization_id is not null;

-- A token ends with the membership it was made under. Whoever loses admin privileges loses all tokens: any of them may have
-- used those privileges.
create function memberships_end_tokens() returns trigger language plpgsql as $$
begin
  update tokens t
  set ended_at = now(), ended_reason = case when after.ended_at is null then 'privileges_lost' else 'membership_ended' end
  from after join before on before.id = after.id
  where t.account_id = after.account_id and t.ended_at is null and (
    t.membership_id = after.id and after.ended_at is not null
    or before.admin and before.ended_at is null and (after.ended_at is not null or not after.admin));
  return null;
end $$;
create trigger memberships_end_tokens after update on memberships
  referencing old table as before new table as after for each statement execute function memberships_end_tokens();

create function accounts_end_tokens() returns trigger language plpgsql as $$
begin
  update tokens set ended_at = now(), ended_reason = case when new.disabled_at is null then 'privileges_lost' else 'account_disabled' end
  where account_id = new.id and ended_at is null;
  return null;
end $$;
create trigger accounts_end_tokens after update of disabled_at, operator on accounts for each row
  when ((new.disabled_at is not null and old.disabled_at is null) or (old.operator and not new.operator))
  execute function accounts_end_tokens();

create function organizations_end_tokens() returns trigger language plpgsql as $$
begin
  update tokens set ended_at = now(), ended_reason = 'organization_not_accepted'
  where organization_id = new.id and ended_at is null;
  return null;
end $$;
create trigger organizations_end_tokens after update of state on organizations for each row
  when (old.state = 'accepted' and new.state <> 'accepted') execute function organizations_end_tokens();

-- A statement counts what was committed before it began to wait for a lock. A trigger sees all of it.
create function tokens_are_limited() returns trigger language plpgsql as $$
begin
  if 50 < (
    select count(*) from tokens t
    where t.ended_at is null and t.expires_at > now() and t.organization_id is not distinct from new.organization_id
      and (new.organization_id is not null or t.account_id = new.account_id)) then
    raise exception 'there are as many tokens as possible' using errcode = '23514', constraint = 'tokens_are_limited', table = 'tokens';
  end if;
  return null;
end $$;
create trigger tokens_are_limited after insert on tokens for each row execute function tokens_are_limited();

create trigger tokens_accounts_are_active before insert on tokens for each row execute function account_is_active();

alter table events add column token_id uuid;
comment on column events.token_id is 'The token with which the actor did it; null if they did it themselves.';
