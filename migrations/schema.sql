-- The whole schema after all migrations, by pg_dump. A test compares it; UPDATE_SCHEMA=1 rewrites it.

CREATE FUNCTION public.acceptances_after_a_removal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from memberships m where m.account_id = new.account_id and m.ended_at is not null)
    and removal_not_undone(new.invitation_id, new.account_id) is not null
  then
    new.state := 'awaiting_approval';
  end if;
  return new;
end $$;

CREATE FUNCTION public.account_is_active() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account begins nothing'
      using errcode = '23514', constraint = tg_table_name || '_accounts_are_active', table = tg_table_name;
  end if;
  return new;
end $$;

CREATE FUNCTION public.accounts_address_proved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from passkeys where account_id = new.id;
  delete from credentials where account_id = new.id and provider_id <> 'credential';
  delete from two_factors where account_id = new.id;
  update accounts set two_factor_enabled = false where id = new.id and two_factor_enabled;
  return null;
end $$;

CREATE FUNCTION public.accounts_announce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into events (kind, actor_id, subject_id) values ('account_registered', new.id, new.id);
  return null;
end $$;

CREATE FUNCTION public.accounts_begin() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.address_proved_at := now();
  return new;
end $$;

CREATE FUNCTION public.accounts_deleted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from memberships where account_id = new.id and ended_at is null)
    or exists (select from acceptances where account_id = new.id and state = 'awaiting_approval')
    or exists (select from credentials where account_id = new.id)
    or exists (select from passkeys where account_id = new.id)
    or exists (select from two_factors where account_id = new.id) then
    raise exception 'a deleted account leaves nothing'
      using errcode = '23514', constraint = 'accounts_deleted_leave_nothing', table = 'accounts';
  end if;
  return null;
end $$;

CREATE FUNCTION public.accounts_disabled() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if new.disabled_at is null then
    update account_disablings set enabled_at = greatest(now(), disabled_at) where account_id = new.id and enabled_at is null;
  else
    insert into account_disablings (account_id, disabled_at) values (new.id, new.disabled_at);
    delete from sessions where account_id = new.id;
    begin
      perform from organizations o join memberships m on m.organization_id = o.id
      where m.account_id = new.id and m.ended_at is null for no key update of o nowait;
    exception when lock_not_available then
      raise exception 'the organization of a disabled account is locked by somebody else' using errcode = 'serialization_failure';
    end;
    update memberships set admin = false where account_id = new.id and ended_at is null and admin;
  end if;
  return null;
end $$;

CREATE FUNCTION public.accounts_end_links() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from verifications where account_id = new.id and (new.email <> old.email or new.disabled_at is not null);
  delete from verifications where made_by = new.id and (new.disabled_at is not null or not new.operator);
  return null;
end $$;

CREATE FUNCTION public.accounts_end_s3_keys() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update s3_keys set ended_at = now(), ended_reason = 'account_disabled', secret_sealed = null
  where account_id = new.id and ended_at is null;
  return null;
end $$;

CREATE FUNCTION public.accounts_end_tokens() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update tokens set ended_at = now(), ended_reason = case when new.disabled_at is null then 'privileges_lost' else 'account_disabled' end
  where account_id = new.id and ended_at is null;
  return null;
end $$;

CREATE FUNCTION public.accounts_forget_mails() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.accounts_forget_unlinking() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.provider_unlinked_at := null;
  return new;
end $$;

CREATE FUNCTION public.accounts_keep_a_way_in() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from accounts where id = old.account_id and deleted_at is null for no key update;
  if found and not exists (select from credentials where account_id = old.account_id)
    and not exists (select from passkeys where account_id = old.account_id) then
    raise exception 'an account keeps a way to sign in' using errcode = '23514', constraint = 'accounts_keep_a_way_in';
  end if;
  return null;
end $$;

CREATE FUNCTION public.accounts_second_factor() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if not exists (select from two_factors where account_id = new.id and verified) then
    raise exception 'a second factor is on that nobody has confirmed'
      using errcode = '23514', constraint = 'accounts_second_factor_is_confirmed', table = 'accounts';
  end if;
  return null;
end $$;

CREATE FUNCTION public.accounts_stamp() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.security_stamp := pg_current_xact_id();
  return new;
end $$;

CREATE FUNCTION public.accounts_stamped() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from sessions where account_id = new.id and security_stamp is distinct from new.security_stamp;
  return null;
end $$;

CREATE FUNCTION public.begins_now() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.created_at := now();
  return new;
end $$;

CREATE FUNCTION public.count_try(counter text, most integer, seconds integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  period constant interval := seconds * interval '1 second';
  step constant interval := period / most;
begin
  insert into tries as t (key, drained_at) values (counter, now() + step)
  on conflict (key) do update set drained_at = greatest(t.drained_at, now()) + step
  where greatest(t.drained_at, now()) + step <= now() + period;
  return found;
end $$;

CREATE FUNCTION public.credentials_announce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into events (kind, actor_id, subject_id)
  select 'provider_linked', new.account_id, new.account_id
  where not exists (
    select from events e where e.transaction = pg_current_xact_id() and e.kind = 'account_registered' and e.subject_id = new.account_id
  );
  return null;
end $$;

CREATE FUNCTION public.credentials_end_links() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from verifications v using accounts a where a.id = new.account_id and v.account_id = a.id and a.created_at < now();
  return null;
end $$;

CREATE FUNCTION public.credentials_stamp() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update accounts set security_stamp = pg_current_xact_id()
  where id = coalesce(new.account_id, old.account_id) and deleted_at is null and (tg_op <> 'INSERT' or created_at < now());
  return null;
end $$;

CREATE FUNCTION public.events_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'events are append-only' using errcode = '23514', constraint = 'events_are_append_only';
end $$;

CREATE FUNCTION public.events_notify() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if not exists (select from after join notification_rules using (kind)) then
    return null;
  end if;
  insert into notifications (account_id, event_id, at)
  select a.id, e.id, e.at
  from after e join notification_rules r on r.kind = e.kind
  cross join lateral (
    select i.created_by as account_id from invitations i where 'inviter' = any(r.recipients) and i.id = e.invitation_id
    union all
    select e.subject_id where 'subject' = any(r.recipients)
    union all
    select m.account_id from memberships m
    where 'admins' = any(r.recipients) and m.organization_id = e.organization_id and m.admin and m.ended_at is null
    union all
    select m.account_id from memberships m
    where 'past_admins' = any(r.recipients) and m.organization_id = e.organization_id and m.admin
      and m.ended_at = now() and m.ended_reason = e.kind
    union all
    select o.author_id from organizations o where 'author' = any(r.recipients) and o.id = e.organization_id
    union all
    select a.id from accounts a where 'operators' = any(r.recipients) and a.operator
  ) concerned
  join accounts a on a.id = concerned.account_id
  where a.disabled_at is null and a.id is distinct from e.actor_id
  on conflict (account_id, event_id) do nothing;
  return null;
end $$;

CREATE FUNCTION public.events_signal_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.events_tokens_are_usable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from tokens where id = new.token_id and ended_at is null and expires_at > statement_timestamp() for share;
  if not found then
    raise exception 'a token that has ended changes nothing' using errcode = '23514', constraint = 'events_tokens_are_usable', table = 'events';
  end if;
  return new;
end $$;

CREATE FUNCTION public.in_letters(address text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
declare
  result text := '';
  label text;
  coded text;
  codes bigint[];
  digit bigint;
  code bigint;
  i bigint;
  before bigint;
  weight bigint;
  bias bigint;
  threshold bigint;
  delta bigint;
  size bigint;
  k bigint;
  place int;
  dash int;
begin
  if address is null or address not like '%xn--%' then
    return '';
  end if;
  <<labels>>
  foreach label in array regexp_split_to_array(address, '(?<=[.@])') loop
    coded := rtrim(label, '.');
    if coded !~ '^xn--[a-z0-9-]{1,59}$' then
      result := result || label;
      continue labels;
    end if;
    coded := substr(coded, 5);
    dash := length(coded) - strpos(reverse(coded), '-') + 1;
    codes := '{}';
    if strpos(coded, '-') > 0 then
      codes := array(select ascii(one)::bigint from regexp_split_to_table(substr(coded, 1, dash - 1), '') one where one <> '');
      coded := substr(coded, dash + 1);
    end if;
    code := 128;
    i := 0;
    bias := 72;
    place := 1;
    while place <= length(coded) loop
      before := i;
      weight := 1;
      k := 36;
      loop
        digit := strpos('abcdefghijklmnopqrstuvwxyz0123456789', substr(coded, place, 1)) - 1;
        if place > length(coded) or digit < 0 or weight > 2147483647 or i > 2147483647 then
          result := result || label;
          continue labels;
        end if;
        place := place + 1;
        i := i + digit * weight;
        threshold := least(greatest(k - bias, 1), 26);
        exit when digit < threshold;
        weight := weight * (36 - threshold);
        k := k + 36;
      end loop;
      size := coalesce(array_length(codes, 1), 0) + 1;
      delta := (i - before) / case when before = 0 then 700 else 2 end;
      delta := delta + delta / size;
      k := 0;
      while delta > 455 loop
        delta := delta / 35;
        k := k + 36;
      end loop;
      bias := k + 36 * delta / (delta + 38);
      code := code + i / size;
      i := i % size;
      if code > 1114111 or code between 55296 and 57343 then
        result := result || label;
        continue labels;
      end if;
      codes := codes[:i::int] || code || codes[i::int + 1:];
      i := i + 1;
    end loop;
    result := result || (select string_agg(chr(one::int), '' order by nth) from unnest(codes) with ordinality as read (one, nth))
      || case when label like '%.' then '.' else '' end;
  end loop;
  return result;
end $_$;

COMMENT ON FUNCTION public.in_letters(address text) IS 'An address or a domain as people read it, if its domain is in other letters than ASCII.';

CREATE FUNCTION public.mails_forget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from mails where id = new.id;
  return null;
end $$;

CREATE FUNCTION public.memberships_admins_are_active() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account has no admin privileges'
      using errcode = '23514', constraint = 'memberships_admins_are_active', table = 'memberships';
  end if;
  return new;
end $$;

CREATE FUNCTION public.memberships_end_s3_keys() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update s3_keys k set ended_at = now(), ended_reason = 'membership_ended', secret_sealed = null
  from after where k.membership_id = after.id and after.ended_at is not null and k.ended_at is null;
  return null;
end $$;

CREATE FUNCTION public.memberships_end_tokens() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update tokens t
  set ended_at = now(), ended_reason = case when after.ended_at is null then 'privileges_lost' else 'membership_ended' end
  from after join before on before.id = after.id
  where t.account_id = after.account_id and t.ended_at is null and (
    t.membership_id = after.id and after.ended_at is not null
    or before.admin and before.ended_at is null and (after.ended_at is not null or not after.admin));
  return null;
end $$;

CREATE FUNCTION public.memberships_inserted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  fit boolean;
begin
  with joined as (
    select organization_id, count(*)::int as members, sum(admin::int)::int as admins
    from after where ended_at is null group by organization_id
  ), counted as (
    update organizations o
    set member_count = o.member_count + joined.members, admin_count = o.admin_count + joined.admins
    from joined where o.id = joined.organization_id
    returning o.member_count <= coalesce(o.member_limit, (select default_member_limit from site), o.member_count) as fits
  )
  select bool_and(fits) into fit from counted;
  if not fit then
    raise exception 'the organization has as many members as it may have'
      using errcode = '23514', constraint = 'organizations_member_limit', table = 'organizations';
  end if;
  return null;
end $$;

CREATE FUNCTION public.memberships_updated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, sum(member) as members, sum(admin) as admins
    from (
      select organization_id, (ended_at is null)::int as member, (admin and ended_at is null)::int as admin from after
      union all
      select organization_id, -(ended_at is null)::int, -(admin and ended_at is null)::int from before
    ) rows
    group by organization_id
  ) change
  where o.id = change.organization_id;

  update invitations i
  set revoked_at = now(), revoked_reason = 'inviter_lost_admin_privileges'
  from after
  where i.inviter_membership_id = after.id
    and (after.ended_at is not null or not after.admin)
    and i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now();
  return null;
end $$;

CREATE FUNCTION public.notifications_mail() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if not (select mail_configured from site) then
    return null;
  end if;
  with wanted as materialized (
    select a.id as account_id, a.email, e.id as event_id,
      'notification mails of ' || e.actor_id || ' to ' || a.id as counter
    from after n join events e on e.id = n.event_id join notification_rules r on r.kind = e.kind
    join accounts a on a.id = n.account_id left join notification_preferences p on p.account_id = a.id
    where a.email_verified and coalesce(
      case r.mail_group when 'organization' then p.organization when 'members' then p.members when 'roles' then p.roles
        when 'programs' then p.programs end, true)
    order by counter, e.position
  ), counted as materialized (
    select w.*, w.counter is null or count_try(w.counter, l.most, l.seconds) as permitted
    from wanted w, limits l where l.name = 'notificationMails'
  )
  insert into mails (id, account_id, address, template, details)
  select gen_random_uuid(), account_id, email, 'notification', jsonb_build_object('eventId', event_id)
  from counted where permitted;
  return null;
end $$;

CREATE FUNCTION public.organizations_accepted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' and old.state = 'accepted' then
    update organization_periods set accepted_until = now() where organization_id = new.id and accepted_until is null;
  end if;
  if new.state = 'accepted' then
    insert into organization_periods (organization_id, accepted_from) values (new.id, now());
  end if;
  return null;
end $$;

CREATE FUNCTION public.organizations_counted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if new.state <> old.state then
    new.state_version := old.state_version + 1;
  end if;
  if new.state not in ('accepted', 'suspended') then
    new.wanted_name := null;
    new.wanted_name_key := null;
    new.wanted_tax_id := null;
    new.wanted_by := null;
    new.wanted_at := null;
  end if;
  if (new.name, new.country, new.description, new.address, new.city, new.postal_code, new.website, new.tax_id)
      is distinct from (old.name, old.country, old.description, old.address, old.city, old.postal_code, old.website, old.tax_id)
    or (new.wanted_name, new.wanted_tax_id, new.wanted_at) is distinct from (old.wanted_name, old.wanted_tax_id, old.wanted_at) then
    new.details_version := old.details_version + 1;
  end if;
  return new;
end $$;

CREATE FUNCTION public.organizations_end_tokens() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update tokens set ended_at = now(), ended_reason = 'organization_not_accepted'
  where organization_id = new.id and ended_at is null;
  return null;
end $$;

CREATE FUNCTION public.organizations_ended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update memberships set ended_at = now(), ended_reason = 'organization_' || new.state
  where organization_id = new.id and ended_at is null;
  update acceptances set state = 'declined', decided_at = now()
  where organization_id = new.id and state = 'awaiting_approval';
  if new.state = 'dissolved' then
    update role_request_parts set state = 'withdrawn', decided_at = now()
    where organization_id = new.id and state = 'pending';
  end if;
  update role_assignments set ended_at = now(), ended_reason = 'organization_dissolved'
  where organization_id = new.id and ended_at is null;
  return null;
end $$;

CREATE FUNCTION public.organizations_have_an_admin() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from organizations where id = new.id and admin_count < 1 and state not in ('rejected', 'dissolved');
  if found then
    raise exception 'an organization needs an admin'
      using errcode = '23514', constraint = 'organizations_have_an_admin', table = 'organizations';
  end if;
  return null;
end $$;

CREATE FUNCTION public.organizations_named() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  names text[];
begin
  if new.state not in ('rejected', 'dissolved') then
    names := array_remove(array[new.name_key, new.wanted_name_key], null);
  end if;
  delete from organization_names where organization_id = new.id and name_key <> all(coalesce(names, '{}'));
  insert into organization_names (name_key, organization_id)
  select distinct name, new.id from unnest(names) name
  where not exists (select from organization_names n where n.name_key = name and n.organization_id = new.id);
  return null;
end $$;

CREATE FUNCTION public.organizations_names_locked() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  key bigint;
begin
  for key in
    select distinct hashtextextended(name, 0) from unnest(
      array[new.name_key, new.wanted_name_key] || case when tg_op = 'UPDATE' then array[old.name_key, old.wanted_name_key] end
    ) name where name is not null order by 1
  loop
    perform pg_advisory_xact_lock(key);
  end loop;
  return new;
end $$;

CREATE FUNCTION public.passkeys_announce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into events (kind, actor_id, subject_id, details)
  values ('passkey_added', new.account_id, new.account_id, jsonb_build_object('passkeyId', new.id));
  return null;
end $$;

CREATE FUNCTION public.removal_not_undone(invitation uuid, account uuid) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select r.at from invitations i cross join lateral (select removed_at(i.organization_id, account) as at) r
    where i.id = invitation and (i.bound_email is null or i.created_at <= r.at));
end $$;

CREATE FUNCTION public.removed_at(organization uuid, account uuid) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select case when m.ended_reason = 'removed' then m.ended_at end
    from memberships m where m.organization_id = organization and m.account_id = account and m.ended_at is not null
    order by m.ended_at desc, m.started_at desc limit 1);
end $$;

CREATE FUNCTION public.s3_keys_are_limited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if (select coalesce(s3_keys, 0) from services where id = new.service_id) < (
    select count(*) from s3_keys k
    where k.service_id = new.service_id and k.account_id = new.account_id and k.ended_at is null
      and (k.expires_at is null or k.expires_at > now())) then
    raise exception 'there are as many S3 keys as possible' using errcode = '23514', constraint = 's3_keys_are_limited', table = 's3_keys';
  end if;
  return null;
end $$;

CREATE FUNCTION public.searchable(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  select case when words ~ '^[ #-&*+0-9<=>@A-Z\\^_a-z|~]*$' then lower(words collate "C") collate "default" else
    regexp_replace(
      case when words ~ '^[ -~]*$' then translate(lower(words collate "C") collate "default", '''"`', '') else
        replace(replace(replace(replace(
          translate(
            lower(
              regexp_replace(
                regexp_replace(
                  normalize(
                    translate(words, E'\u2010\u2011\u2012\u2013\u2014\u2015\u2212''"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u00ab\u00bb', '-------'),
                    NFKD
                  ),
                  '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
                  '', 'g'
                ),
                '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'
              ) collate "und-x-icu"
            ),
            'łøđðħıŧŋƒɓƈɖɗƙƴɛɔəǝɨʉɠɲƥƭʋĸςیىکہۀة', 'loddhitnfbcddkyeoeeiugnptvkσييكههه'
          ),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') collate "default"
      end,
      '((?:^| )[^ @]*@[^ ]*)|[-!"''(),./:;?\[\]`{}\u00a1\u00a7\u00b6\u00b7\u00bf\u055a-\u055f\u0589\u058a\u05f3\u05f4\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4\u0700-\u070d\u0964\u0965\u0970\u0df4\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1361-\u1368\u1400\u166e\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17d8-\u17da\u1800-\u180a\u2010-\u2027\u2030-\u205e\u2212\u2219\u22c5\u2308-\u230b\u2329\u232a\u2768-\u2775\u27e6-\u27ef\u2983-\u2998\u29d8-\u29db\u2cf9-\u2cff\u2e00-\u2e5d\u3001-\u3003\u3008-\u3011\u3014-\u301f\u3030\u303d\u30a0\u30fb\ua4fe\ua4ff\ua60d-\ua60f\ua673\ua8ce\ua8cf]',
      '\1', 'g'
    )
  end
$_$;

COMMENT ON FUNCTION public.searchable(words text) IS 'Text normalized for searching: in lower case, without accents, punctuation and hidden characters.';

CREATE FUNCTION public.service_keys_are_limited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if 2 < (select count(*) from service_keys k where k.service_id = new.service_id and k.ended_at is null and k.expires_at > now()) then
    raise exception 'a service has two keys' using errcode = '23514', constraint = 'service_keys_are_limited', table = 'service_keys';
  end if;
  return null;
end $$;

CREATE FUNCTION public.sessions_begin() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  select security_stamp into new.security_stamp from accounts where id = new.account_id and disabled_at is null for share;
  if not found then
    raise exception 'a disabled account is signed in nowhere'
      using errcode = '23514', constraint = 'sessions_accounts_are_active', table = 'sessions';
  end if;
  new.expires_at := now() + (new.expires_at - new.created_at);
  new.created_at := now();
  new.updated_at := now();
  return new;
end $$;

CREATE FUNCTION public.sessions_signal_ends() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into change_signals (account_id)
  select distinct i.account_id from before s join openid_sign_ins i on i.session_id = s.id;
  return null;
end $$;

CREATE FUNCTION public.time_ordered_id() RETURNS uuid
    LANGUAGE sql
    AS $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

COMMENT ON FUNCTION public.time_ordered_id() IS 'A UUID version 7.';

CREATE FUNCTION public.tokens_are_limited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if 50 < (
    select count(*) from tokens t
    where t.ended_at is null and t.expires_at > now() and t.organization_id is not distinct from new.organization_id
      and (new.organization_id is not null or t.account_id = new.account_id)) then
    raise exception 'there are as many tokens as possible' using errcode = '23514', constraint = 'tokens_are_limited', table = 'tokens';
  end if;
  return null;
end $$;

CREATE FUNCTION public.verifications_begin() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.expires_at := now() + (new.expires_at - new.created_at);
  new.created_at := now();
  return new;
end $$;

CREATE TABLE public.acceptances (
    id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    state text NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    CONSTRAINT acceptances_state_check CHECK ((state = ANY (ARRAY['joined'::text, 'awaiting_approval'::text, 'declined'::text, 'withdrawn'::text])))
);

COMMENT ON TABLE public.acceptances IS 'Uses of invitations, at most one per person and invitation, so an old code does not let a person back in.';

COMMENT ON COLUMN public.acceptances.id IS 'UUID version 7.';

COMMENT ON COLUMN public.acceptances.invitation_id IS 'The invitation.';

COMMENT ON COLUMN public.acceptances.organization_id IS 'The invitation’s organization.';

COMMENT ON COLUMN public.acceptances.account_id IS 'The account.';

COMMENT ON COLUMN public.acceptances.at IS 'When the person accepted.';

COMMENT ON COLUMN public.acceptances.state IS 'Whether the person joined, is waiting for approval, was declined or withdrew.';

COMMENT ON COLUMN public.acceptances.decided_at IS 'When an admin decided, or the person withdrew.';

COMMENT ON COLUMN public.acceptances.decided_by IS 'The admin who decided.';

CREATE TABLE public.account_disablings (
    account_id uuid NOT NULL,
    disabled_at timestamp with time zone DEFAULT now() NOT NULL,
    enabled_at timestamp with time zone,
    CONSTRAINT account_disablings_check CHECK (((enabled_at IS NULL) OR (enabled_at >= disabled_at)))
);

COMMENT ON TABLE public.account_disablings IS 'The periods in which accounts were disabled and held nothing. Maintained by a trigger on accounts.';

COMMENT ON COLUMN public.account_disablings.account_id IS 'The account.';

COMMENT ON COLUMN public.account_disablings.disabled_at IS 'Start of the period.';

COMMENT ON COLUMN public.account_disablings.enabled_at IS 'End of the period; null if it has not ended.';

CREATE TABLE public.accounts (
    id uuid NOT NULL,
    email text NOT NULL,
    email_verified boolean DEFAULT false NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    country text NOT NULL,
    image text,
    operator boolean DEFAULT false NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    two_factor_enabled boolean DEFAULT false NOT NULL,
    terms_version text,
    terms_accepted_at timestamp with time zone,
    deleted_at timestamp with time zone,
    security_stamp xid8 DEFAULT '0'::xid8 NOT NULL,
    address_proved_at timestamp with time zone,
    name_searched text GENERATED ALWAYS AS (public.searchable((((first_name || ' '::text) || last_name) ||
CASE
    WHEN ((first_name || last_name) ~ '[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]'::text) THEN (((' '::text || replace((last_name || first_name), ' '::text, ''::text)) || ' '::text) || replace((first_name || last_name), ' '::text, ''::text))
    ELSE ''::text
END))) STORED,
    searched text GENERATED ALWAYS AS (public.searchable((((((((first_name || ' '::text) || last_name) ||
CASE
    WHEN ((first_name || last_name) ~ '[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]'::text) THEN (((' '::text || replace((last_name || first_name), ' '::text, ''::text)) || ' '::text) || replace((first_name || last_name), ' '::text, ''::text))
    ELSE ''::text
END) || ' '::text) || email) || ' '::text) || public.in_letters(email)))) STORED,
    provider_unlinked_at timestamp with time zone,
    CONSTRAINT accounts_are_named CHECK (((first_name <> ''::text) OR (last_name <> ''::text))),
    CONSTRAINT accounts_check CHECK (((terms_version IS NULL) = (terms_accepted_at IS NULL))),
    CONSTRAINT accounts_check1 CHECK (((deleted_at IS NULL) OR (disabled_at IS NOT NULL))),
    CONSTRAINT accounts_country_check CHECK ((length(country) = 2)),
    CONSTRAINT accounts_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT accounts_first_name_check CHECK ((length(first_name) <= 80)),
    CONSTRAINT accounts_last_name_check CHECK ((length(last_name) <= 80))
);

COMMENT ON TABLE public.accounts IS 'People who registered.';

COMMENT ON COLUMN public.accounts.id IS 'UUID version 7.';

COMMENT ON COLUMN public.accounts.email IS 'In lower case, with the domain in ASCII (IDNA); unique.';

COMMENT ON COLUMN public.accounts.email_verified IS 'Whether the address is confirmed.';

COMMENT ON COLUMN public.accounts.first_name IS 'Better Auth’s “name”; empty for people with only a last name.';

COMMENT ON COLUMN public.accounts.last_name IS 'Family name; empty for people with only a first name.';

COMMENT ON COLUMN public.accounts.country IS 'ISO 3166-1 alpha-2.';

COMMENT ON COLUMN public.accounts.image IS 'Better Auth’s; unused.';

COMMENT ON COLUMN public.accounts.operator IS 'Whether the account is an operator’s.';

COMMENT ON COLUMN public.accounts.disabled_at IS 'When it was disabled; null while it is active. A disabled account cannot be used to sign in.';

COMMENT ON COLUMN public.accounts.created_at IS 'When it was registered.';

COMMENT ON COLUMN public.accounts.updated_at IS 'Better Auth’s: last change.';

COMMENT ON COLUMN public.accounts.two_factor_enabled IS 'Whether signing in requires a second factor.';

COMMENT ON COLUMN public.accounts.terms_version IS 'The version of the terms that was accepted last; null if none was.';

COMMENT ON COLUMN public.accounts.terms_accepted_at IS 'When these terms were accepted.';

COMMENT ON COLUMN public.accounts.deleted_at IS 'When its holder deleted it. Name and address are erased; the row stays, because events refer to it.';

COMMENT ON COLUMN public.accounts.security_stamp IS 'The last transaction that changed the password, turned a second factor on, removed a passkey or provider link, first proved the address, ended other sessions or disabled the account.';

COMMENT ON COLUMN public.accounts.address_proved_at IS 'When a mailed link, the set-up link or the identity provider first proved the address. Sign-in methods added before that were removed. Null if it was never proved.';

COMMENT ON COLUMN public.accounts.name_searched IS 'The name, normalized for searches by people who may not see the address.';

COMMENT ON COLUMN public.accounts.searched IS 'Name and address, normalized for searching.';

COMMENT ON COLUMN public.accounts.provider_unlinked_at IS 'When its holder last unlinked the identity provider. Until they link it again themselves, an arrival from the provider is not linked automatically.';

CREATE TABLE public.change_signal_rules (
    kind text NOT NULL,
    concerns text NOT NULL,
    CONSTRAINT change_signal_rules_concerns_check CHECK ((concerns = ANY (ARRAY['people'::text, 'organization'::text, 'everyone'::text])))
);

COMMENT ON TABLE public.change_signal_rules IS 'Which events may change access, and whose. Every start fills it from src/connections/ledger/signals.ts.';

COMMENT ON COLUMN public.change_signal_rules.kind IS 'The kind of event.';

COMMENT ON COLUMN public.change_signal_rules.concerns IS 'Whose access: that of the actor and the subject, of the organization’s members, or of everyone.';

CREATE TABLE public.change_signals (
    id bigint NOT NULL,
    account_id uuid,
    organization_id uuid,
    at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.change_signals IS 'Accounts and organizations whose access may have changed. Workers take them and update the ledger.';

COMMENT ON COLUMN public.change_signals.id IS 'Order of insertion.';

COMMENT ON COLUMN public.change_signals.account_id IS 'The account; null for all members of the organization.';

COMMENT ON COLUMN public.change_signals.organization_id IS 'The organization; null without an account for everyone.';

COMMENT ON COLUMN public.change_signals.at IS 'When it was written.';

ALTER TABLE public.change_signals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.change_signals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connections (
    id uuid NOT NULL,
    service_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    enabled_at timestamp with time zone,
    bound_to text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    oldest_version bigint DEFAULT 0 NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ok_since timestamp with time zone,
    failing_since timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    paused_until timestamp with time zone,
    problem text,
    withheld integer DEFAULT 0 NOT NULL,
    compared_at timestamp with time zone,
    comparison_claimed_until timestamp with time zone,
    deleted_at timestamp with time zone,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    secret_sealed bytea,
    reported_at timestamp with time zone,
    ending_since timestamp with time zone,
    strangers jsonb,
    listed_at timestamp with time zone,
    listing_claimed_until timestamp with time zone,
    former_secrets jsonb DEFAULT '[]'::jsonb NOT NULL,
    client_id uuid,
    remote text,
    mode text DEFAULT 'on'::text NOT NULL,
    CONSTRAINT connections_client_check CHECK ((((kind = 'openid'::text) = (client_id IS NOT NULL)) AND ((kind = 'openid'::text) OR (service_id IS NOT NULL)))),
    CONSTRAINT connections_deleted_without_secrets CHECK (((deleted_at IS NULL) OR ((secret_sealed IS NULL) AND (former_secrets = '[]'::jsonb)))),
    CONSTRAINT connections_kind_check CHECK ((kind = ANY (ARRAY['pull'::text, 'webhook'::text, 's3'::text, 'openid'::text, 'jupyterhub'::text, 'keystone'::text, 'keycloak'::text, 'ldap'::text, 'scim'::text]))),
    CONSTRAINT connections_mode_check CHECK ((mode = ANY (ARRAY['report'::text, 'grant'::text, 'on'::text]))),
    CONSTRAINT connections_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

COMMENT ON TABLE public.connections IS 'Connections to services. Rows are marked as deleted, because the ledger proves what ended through them.';

COMMENT ON COLUMN public.connections.id IS 'UUID version 7.';

COMMENT ON COLUMN public.connections.service_id IS 'The service; null for an application that stands for none.';

COMMENT ON COLUMN public.connections.kind IS 'How the service is reached; see src/connections/kinds.';

COMMENT ON COLUMN public.connections.name IS 'The name that an operator gave it.';

COMMENT ON COLUMN public.connections.enabled IS 'Whether it is on. While it is off, the service learns of no change.';

COMMENT ON COLUMN public.connections.enabled_at IS 'When it was last switched on; null if never.';

COMMENT ON COLUMN public.connections.bound_to IS 'The base URL of the site that may use it: a copy of the database that is started elsewhere leaves connected services alone.';

COMMENT ON COLUMN public.connections.epoch IS 'Counts restores. A cursor from an earlier epoch is no longer valid.';

COMMENT ON COLUMN public.connections.version IS 'The highest version in its ledger. Drawn under this row’s lock, so versions are committed in their order.';

COMMENT ON COLUMN public.connections.oldest_version IS 'The highest version whose row was deleted. A cursor before it has missed something.';

COMMENT ON COLUMN public.connections.created_by IS 'The operator who made it.';

COMMENT ON COLUMN public.connections.created_at IS 'When it was made.';

COMMENT ON COLUMN public.connections.ok_since IS 'Since when it has been working.';

COMMENT ON COLUMN public.connections.failing_since IS 'Since when it has been failing; null if it is not.';

COMMENT ON COLUMN public.connections.failures IS 'Failures in a row.';

COMMENT ON COLUMN public.connections.paused_until IS 'Until when nothing is tried, after too many failures in a row.';

COMMENT ON COLUMN public.connections.problem IS 'Why it is failing: a code.';

COMMENT ON COLUMN public.connections.withheld IS 'How many losses the last comparison found that no event and no end date explain. They are withheld until an operator confirms them.';

COMMENT ON COLUMN public.connections.compared_at IS 'When its ledger was last compared with the entitlements as a whole.';

COMMENT ON COLUMN public.connections.comparison_claimed_until IS 'Until when a process has claimed that comparison.';

COMMENT ON COLUMN public.connections.deleted_at IS 'When it was deleted.';

COMMENT ON COLUMN public.connections.settings IS 'What the kind needs to know, such as an address. Never a secret.';

COMMENT ON COLUMN public.connections.secret_sealed IS 'Its secret, encrypted; the key is not in the database.';

COMMENT ON COLUMN public.connections.reported_at IS 'When operators were told that it is failing; null while it is not.';

COMMENT ON COLUMN public.connections.ending_since IS 'Since when everything is being taken back, so that the connection can be deleted; null if it is not.';

COMMENT ON COLUMN public.connections.strangers IS 'What the last listing found in the service that Guildhall did not make: how many, and the first names.';

COMMENT ON COLUMN public.connections.listed_at IS 'When everything in the service was last listed.';

COMMENT ON COLUMN public.connections.listing_claimed_until IS 'Until when a process has claimed that listing.';

COMMENT ON COLUMN public.connections.former_secrets IS 'Secrets before the last rotations, encrypted (sealed), and until when each is used beside the new one; the newest first.';

COMMENT ON COLUMN public.connections.client_id IS 'Of the kind openid: the application that is told of sign-ins that end.';

COMMENT ON COLUMN public.connections.remote IS 'The part of the connected system that it writes, such as a group at an address. It belongs to one connection.';

COMMENT ON COLUMN public.connections.mode IS 'What it may do while it is enabled: report differences, also grant what is missing, or everything.';

CREATE TABLE public.credentials (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    provider_id text NOT NULL,
    provider_account_id text NOT NULL,
    password text,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamp with time zone,
    refresh_token_expires_at timestamp with time zone,
    scope text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.credentials IS 'Ways to sign in to an account (Better Auth’s “account”).';

COMMENT ON COLUMN public.credentials.id IS 'UUID.';

COMMENT ON COLUMN public.credentials.account_id IS 'The account.';

COMMENT ON COLUMN public.credentials.provider_id IS '“credential” for a password, otherwise the identity provider.';

COMMENT ON COLUMN public.credentials.provider_account_id IS 'The account’s id at the provider: the subject.';

COMMENT ON COLUMN public.credentials.password IS 'scrypt hash with its salt.';

COMMENT ON COLUMN public.credentials.access_token IS 'Better Auth’s; never kept.';

COMMENT ON COLUMN public.credentials.refresh_token IS 'Better Auth’s; never kept.';

COMMENT ON COLUMN public.credentials.id_token IS 'Better Auth’s; never kept.';

COMMENT ON COLUMN public.credentials.access_token_expires_at IS 'Better Auth’s; unused.';

COMMENT ON COLUMN public.credentials.refresh_token_expires_at IS 'Better Auth’s; unused.';

COMMENT ON COLUMN public.credentials.scope IS 'Better Auth’s; unused.';

COMMENT ON COLUMN public.credentials.created_at IS 'When it was added.';

COMMENT ON COLUMN public.credentials.updated_at IS 'Better Auth’s: last change.';

CREATE TABLE public.events (
    "position" bigint NOT NULL,
    transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
    id uuid DEFAULT public.time_ordered_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    actor_id uuid,
    subject_id uuid,
    organization_id uuid,
    invitation_id uuid,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    token_id uuid
);

COMMENT ON TABLE public.events IS 'Exactly one row per change, written by the statement that makes it. Append-only. No foreign keys, so that events outlive the rows that they refer to.';

COMMENT ON COLUMN public.events."position" IS 'Order of insertion. Transactions may commit in a different order, so readers order by transaction first.';

COMMENT ON COLUMN public.events.transaction IS 'The inserting transaction. Readers compare it with transaction snapshots, so they miss nothing.';

COMMENT ON COLUMN public.events.id IS 'Public id, a UUID version 7.';

COMMENT ON COLUMN public.events.at IS 'The time of the change, by the database’s clock.';

COMMENT ON COLUMN public.events.kind IS 'The kind of change; see src/messaging/events/schema.ts. Never renamed.';

COMMENT ON COLUMN public.events.actor_id IS 'The account that did it; null for the system and the command line.';

COMMENT ON COLUMN public.events.subject_id IS 'The account that the event concerns, if any.';

COMMENT ON COLUMN public.events.organization_id IS 'The organization, if any.';

COMMENT ON COLUMN public.events.invitation_id IS 'The invitation, if any.';

COMMENT ON COLUMN public.events.details IS 'What changed. Never a code or another secret, never a person’s name.';

COMMENT ON COLUMN public.events.token_id IS 'The token with which the actor did it; null if they did it themselves.';

ALTER TABLE public.events ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.invitations (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    created_by uuid NOT NULL,
    inviter_membership_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    uses integer DEFAULT 1 NOT NULL,
    uses_spent integer DEFAULT 0 NOT NULL,
    bound_email text,
    bound_domain text,
    grants_admin boolean DEFAULT false NOT NULL,
    needs_approval boolean DEFAULT false NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    code_hash bytea NOT NULL,
    code_sealed bytea NOT NULL,
    mailed_to text,
    mail_proof text,
    CONSTRAINT invitations_check1 CHECK (((bound_email IS NULL) OR (bound_domain IS NULL))),
    CONSTRAINT invitations_check2 CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT invitations_mail_proof_check CHECK (((mailed_to IS NULL) = (mail_proof IS NULL))),
    CONSTRAINT invitations_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['by_admin'::text, 'inviter_lost_admin_privileges'::text]))),
    CONSTRAINT invitations_uses_check CHECK (((uses >= 1) AND (uses <= 1000))),
    CONSTRAINT invitations_uses_spent_check CHECK (((uses_spent >= 0) AND (uses_spent <= uses)))
)
WITH (fillfactor='70');

COMMENT ON TABLE public.invitations IS 'Invitations, with which people join an organization.';

COMMENT ON COLUMN public.invitations.id IS 'UUID version 7.';

COMMENT ON COLUMN public.invitations.organization_id IS 'The organization.';

COMMENT ON COLUMN public.invitations.created_by IS 'The inviter.';

COMMENT ON COLUMN public.invitations.inviter_membership_id IS 'The inviter’s membership. When it ends or loses admin privileges, a trigger revokes the invitation.';

COMMENT ON COLUMN public.invitations.created_at IS 'When it was created.';

COMMENT ON COLUMN public.invitations.expires_at IS 'When it expires.';

COMMENT ON COLUMN public.invitations.note IS 'The admin’s note, for example the name of the invitee.';

COMMENT ON COLUMN public.invitations.uses IS 'The maximum number of people who can use it.';

COMMENT ON COLUMN public.invitations.uses_spent IS 'The number of uses so far; never exceeds uses, even under concurrency.';

COMMENT ON COLUMN public.invitations.bound_email IS 'The only confirmed address that can accept it; null for any.';

COMMENT ON COLUMN public.invitations.bound_domain IS 'The domain whose confirmed addresses can accept it; null for any.';

COMMENT ON COLUMN public.invitations.grants_admin IS 'Whether those who accept get admin privileges.';

COMMENT ON COLUMN public.invitations.needs_approval IS 'Whether an admin approves each acceptance.';

COMMENT ON COLUMN public.invitations.revoked_at IS 'When it was revoked.';

COMMENT ON COLUMN public.invitations.revoked_reason IS 'Why it was revoked.';

COMMENT ON COLUMN public.invitations.code_hash IS 'Keyed hash of the code, for look-up. The key is not in the database.';

COMMENT ON COLUMN public.invitations.code_sealed IS 'The code, encrypted and authenticated, for showing it again. The key is not in the database.';

COMMENT ON COLUMN public.invitations.mailed_to IS 'The address that the secret in the mailed link proves; null once that was used.';

COMMENT ON COLUMN public.invitations.mail_proof IS 'A hash of that secret. Together with the address, and while the invitation is pending, it confirms an account’s address once.';

CREATE TABLE public.limits (
    name text NOT NULL,
    most integer NOT NULL,
    seconds integer NOT NULL,
    CONSTRAINT limits_most_check CHECK ((most > 0)),
    CONSTRAINT limits_seconds_check CHECK ((seconds > 0))
);

COMMENT ON TABLE public.limits IS 'The limits that functions of the database apply. Every start fills it from src/platform/limits/policies.ts.';

COMMENT ON COLUMN public.limits.name IS 'The name of the policy.';

COMMENT ON COLUMN public.limits.most IS 'The size of the burst.';

COMMENT ON COLUMN public.limits.seconds IS 'The period, in seconds, in which as many attempts again are allowed.';

CREATE TABLE public.mails (
    id uuid NOT NULL,
    account_id uuid,
    address text NOT NULL,
    template text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    secret_sealed bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    claimed_until timestamp with time zone,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    last_error text,
    cancelled text,
    CONSTRAINT mails_address_check CHECK ((length(address) <= 254)),
    CONSTRAINT mails_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT mails_cancelled_check CHECK ((cancelled = ANY (ARRAY['link_expired'::text, 'link_ended'::text, 'invitation_ended'::text, 'address_changed'::text]))),
    CONSTRAINT mails_cancelled_given_up CHECK (((cancelled IS NULL) OR (given_up_at IS NOT NULL))),
    CONSTRAINT mails_ended_once CHECK (((sent_at IS NULL) OR (given_up_at IS NULL))),
    CONSTRAINT mails_ended_without_secret CHECK (((secret_sealed IS NULL) OR ((sent_at IS NULL) AND (given_up_at IS NULL))))
);

COMMENT ON TABLE public.mails IS 'The outbox: mails to be sent, and for some weeks those already sent.';

COMMENT ON COLUMN public.mails.id IS 'UUID; the mail’s Message-ID is made from it.';

COMMENT ON COLUMN public.mails.account_id IS 'The recipient’s account, if any.';

COMMENT ON COLUMN public.mails.address IS 'The recipient’s address.';

COMMENT ON COLUMN public.mails.template IS 'The template; see src/messaging/mails/templates.ts.';

COMMENT ON COLUMN public.mails.details IS 'The values of the template’s placeholders. Contains no code, link or other secret.';

COMMENT ON COLUMN public.mails.secret_sealed IS 'The code or token of its link, encrypted under a key that is not in the database. Erased when the mail is sent or has failed.';

COMMENT ON COLUMN public.mails.created_at IS 'When it was written.';

COMMENT ON COLUMN public.mails.attempts IS 'The number of attempts to send it.';

COMMENT ON COLUMN public.mails.next_attempt_at IS 'The next attempt is not made before this time.';

COMMENT ON COLUMN public.mails.claimed_until IS 'Until when the process that is sending it holds its claim; then another process may claim it.';

COMMENT ON COLUMN public.mails.sent_at IS 'When the mail server accepted it.';

COMMENT ON COLUMN public.mails.given_up_at IS 'When it failed for good.';

COMMENT ON COLUMN public.mails.last_error IS 'Why the last attempt failed, in the mail server’s words.';

COMMENT ON COLUMN public.mails.cancelled IS 'Why it became pointless and was not sent.';

CREATE TABLE public.memberships (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    admin boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_reason text,
    CONSTRAINT memberships_check CHECK (((ended_at IS NULL) = (ended_reason IS NULL))),
    CONSTRAINT memberships_ended_reason_check CHECK ((ended_reason = ANY (ARRAY['left'::text, 'removed'::text, 'organization_rejected'::text, 'organization_dissolved'::text, 'account_deleted'::text])))
);
ALTER TABLE ONLY public.memberships ALTER COLUMN account_id SET (n_distinct=-0.5);

COMMENT ON TABLE public.memberships IS 'Present and past members of organizations. Rows are ended, never deleted.';

COMMENT ON COLUMN public.memberships.id IS 'UUID version 7.';

COMMENT ON COLUMN public.memberships.organization_id IS 'The organization.';

COMMENT ON COLUMN public.memberships.account_id IS 'The account.';

COMMENT ON COLUMN public.memberships.admin IS 'Whether the member has admin privileges.';

COMMENT ON COLUMN public.memberships.started_at IS 'Start.';

COMMENT ON COLUMN public.memberships.ended_at IS 'End; null if it has not ended.';

COMMENT ON COLUMN public.memberships.ended_reason IS 'How it ended.';

CREATE TABLE public.migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.notification_preferences (
    account_id uuid NOT NULL,
    organization boolean NOT NULL,
    members boolean NOT NULL,
    roles boolean NOT NULL,
    programs boolean DEFAULT true NOT NULL
);

COMMENT ON TABLE public.notification_preferences IS 'The notifications that people want by mail too. Without a row: all of them.';

COMMENT ON COLUMN public.notification_preferences.account_id IS 'The account.';

COMMENT ON COLUMN public.notification_preferences.organization IS 'Operators’ decisions about the organization.';

COMMENT ON COLUMN public.notification_preferences.members IS 'Joins, removals and changes of admin privileges.';

COMMENT ON COLUMN public.notification_preferences.roles IS 'Decisions about roles.';

COMMENT ON COLUMN public.notification_preferences.programs IS 'Tokens and keys of services that expire soon, and connections that fail or work again.';

CREATE TABLE public.notification_rules (
    kind text NOT NULL,
    recipients text[] NOT NULL,
    mail_group text NOT NULL,
    CONSTRAINT notification_rules_mail_group_check CHECK ((mail_group = ANY (ARRAY['organization'::text, 'members'::text, 'roles'::text, 'programs'::text])))
);

COMMENT ON TABLE public.notification_rules IS 'The recipients of each kind of event. Every start fills it from src/messaging/notifications/rules.ts.';

COMMENT ON COLUMN public.notification_rules.kind IS 'The kind of event.';

COMMENT ON COLUMN public.notification_rules.recipients IS 'The recipients; the function events_notify finds them.';

COMMENT ON COLUMN public.notification_rules.mail_group IS 'The preference that decides about the mail: a column of notification_preferences.';

CREATE TABLE public.notifications (
    id uuid DEFAULT public.time_ordered_id() NOT NULL,
    account_id uuid NOT NULL,
    event_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone
);

COMMENT ON TABLE public.notifications IS 'Notifications: one row per recipient and event.';

COMMENT ON COLUMN public.notifications.id IS 'UUID version 7.';

COMMENT ON COLUMN public.notifications.account_id IS 'The recipient.';

COMMENT ON COLUMN public.notifications.event_id IS 'The event.';

COMMENT ON COLUMN public.notifications.at IS 'The time of the event.';

COMMENT ON COLUMN public.notifications.read_at IS 'When the recipient marked it as read.';

CREATE TABLE public.openid_clients (
    id uuid NOT NULL,
    name text NOT NULL,
    service_id uuid,
    authentication text NOT NULL,
    secret_hash text,
    redirect_uris text[] NOT NULL,
    post_logout_redirect_uris text[] DEFAULT '{}'::text[] NOT NULL,
    backchannel_logout_uri text,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    asks_consent boolean DEFAULT false NOT NULL,
    CONSTRAINT openid_clients_authentication_check CHECK ((authentication = ANY (ARRAY['client_secret_basic'::text, 'client_secret_post'::text, 'none'::text]))),
    CONSTRAINT openid_clients_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT openid_clients_redirect_uris_check CHECK ((cardinality(redirect_uris) > 0)),
    CONSTRAINT openid_clients_secret_check CHECK (((authentication = 'none'::text) = (secret_hash IS NULL)))
);

COMMENT ON TABLE public.openid_clients IS 'Applications that people sign in to through this site. Rows are ended, never deleted.';

COMMENT ON COLUMN public.openid_clients.id IS 'UUID version 7. It is the client_id.';

COMMENT ON COLUMN public.openid_clients.name IS 'Its name, as people see it.';

COMMENT ON COLUMN public.openid_clients.service_id IS 'The service that it stands for: only people who may use it sign in. Null for every account.';

COMMENT ON COLUMN public.openid_clients.authentication IS 'How it authenticates at the token endpoint; none for a public client.';

COMMENT ON COLUMN public.openid_clients.secret_hash IS 'SHA-256 of its secret, in base64url.';

COMMENT ON COLUMN public.openid_clients.redirect_uris IS 'Where people may be sent with a code, exactly.';

COMMENT ON COLUMN public.openid_clients.post_logout_redirect_uris IS 'Where people may be sent after signing out, exactly.';

COMMENT ON COLUMN public.openid_clients.backchannel_logout_uri IS 'Where logout tokens are sent; null if the client takes none.';

COMMENT ON COLUMN public.openid_clients.scopes IS 'Which claims it may ask for, besides the subject.';

COMMENT ON COLUMN public.openid_clients.created_by IS 'The operator who created it.';

COMMENT ON COLUMN public.openid_clients.created_at IS 'When.';

COMMENT ON COLUMN public.openid_clients.ended_at IS 'When it was ended.';

COMMENT ON COLUMN public.openid_clients.asks_consent IS 'Whether each person is asked before it learns anything about them; otherwise operators have agreed for them.';

CREATE TABLE public.openid_consents (
    client_id uuid NOT NULL,
    account_id uuid NOT NULL,
    scopes text[] NOT NULL,
    given_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.openid_consents IS 'What people have agreed that an application may learn about them.';

COMMENT ON COLUMN public.openid_consents.client_id IS 'The application.';

COMMENT ON COLUMN public.openid_consents.account_id IS 'The person.';

COMMENT ON COLUMN public.openid_consents.scopes IS 'The scopes they have agreed to.';

COMMENT ON COLUMN public.openid_consents.given_at IS 'When they last agreed.';

CREATE TABLE public.openid_keys (
    id text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    signs_from timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.openid_keys IS 'Keys with which ID tokens are signed. Each is published before it signs, and for a while afterwards.';

COMMENT ON COLUMN public.openid_keys.id IS 'The key id (kid).';

COMMENT ON COLUMN public.openid_keys.sealed IS 'The private key as a JWK, encrypted.';

COMMENT ON COLUMN public.openid_keys.created_at IS 'When it was made and published.';

COMMENT ON COLUMN public.openid_keys.signs_from IS 'From when it signs, unless a newer one does.';

CREATE TABLE public.openid_records (
    model text NOT NULL,
    key text NOT NULL,
    account_id uuid,
    client_id uuid,
    grant_key text,
    session_id text,
    sealed bytea NOT NULL,
    consumed_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.openid_records IS 'What the OpenID provider remembers: codes, tokens, grants, sign-ins in progress. Rows are deleted after their end.';

COMMENT ON COLUMN public.openid_records.model IS 'The kind of record, as oidc-provider names it.';

COMMENT ON COLUMN public.openid_records.key IS 'Hash of its id: the code or the token itself is not in the database.';

COMMENT ON COLUMN public.openid_records.account_id IS 'The account it is about.';

COMMENT ON COLUMN public.openid_records.client_id IS 'The client it was issued to.';

COMMENT ON COLUMN public.openid_records.grant_key IS 'Hash of the id of its grant: what ends together.';

COMMENT ON COLUMN public.openid_records.session_id IS 'The session of the portal that it belongs to, with which it ends.';

COMMENT ON COLUMN public.openid_records.sealed IS 'The rest, encrypted.';

COMMENT ON COLUMN public.openid_records.consumed_at IS 'When a code or refresh token was used, which is possible once.';

COMMENT ON COLUMN public.openid_records.expires_at IS 'When it expires.';

CREATE TABLE public.openid_sign_ins (
    client_id uuid NOT NULL,
    session_id uuid NOT NULL,
    account_id uuid NOT NULL,
    sid text,
    membership_id uuid,
    access_role_id uuid,
    signed_in_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone
);

COMMENT ON TABLE public.openid_sign_ins IS 'Who is signed in to which application. A row is deleted once the application knows that it has ended.';

COMMENT ON COLUMN public.openid_sign_ins.client_id IS 'The application.';

COMMENT ON COLUMN public.openid_sign_ins.session_id IS 'The session of the portal, with which it ends.';

COMMENT ON COLUMN public.openid_sign_ins.account_id IS 'The person.';

COMMENT ON COLUMN public.openid_sign_ins.sid IS 'The session id that the application knows; null if it asks for none.';

COMMENT ON COLUMN public.openid_sign_ins.membership_id IS 'The membership under which they signed in, with which it ends; null if there was none.';

COMMENT ON COLUMN public.openid_sign_ins.access_role_id IS 'Their access role at the sign-in. It ends when they hold another one: the application may remember it.';

COMMENT ON COLUMN public.openid_sign_ins.signed_in_at IS 'When the application last asked for a code.';

COMMENT ON COLUMN public.openid_sign_ins.ended_at IS 'When the person signed out of the application here; null if they did not.';

CREATE TABLE public.organization_names (
    name_key text NOT NULL,
    organization_id uuid NOT NULL
);

COMMENT ON TABLE public.organization_names IS 'Names of organizations that are neither rejected nor dissolved, and names that they have requested, normalized for comparison. Maintained by a trigger on organizations.';

COMMENT ON COLUMN public.organization_names.name_key IS 'The name. No other organization can have it.';

COMMENT ON COLUMN public.organization_names.organization_id IS 'The organization.';

CREATE TABLE public.organization_periods (
    organization_id uuid NOT NULL,
    accepted_from timestamp with time zone NOT NULL,
    accepted_until timestamp with time zone
);

COMMENT ON TABLE public.organization_periods IS 'The periods in which organizations were accepted. Only then do they pass roles on. Maintained by a trigger on organizations.';

COMMENT ON COLUMN public.organization_periods.organization_id IS 'The organization.';

COMMENT ON COLUMN public.organization_periods.accepted_from IS 'Start of the period.';

COMMENT ON COLUMN public.organization_periods.accepted_until IS 'End of the period; null if it has not ended.';

CREATE TABLE public.organizations (
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    country text NOT NULL,
    description text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    postal_code text DEFAULT ''::text NOT NULL,
    website text DEFAULT ''::text NOT NULL,
    tax_id text DEFAULT ''::text NOT NULL,
    author_id uuid NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    state_reason text,
    state_since timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    admin_count integer DEFAULT 0 NOT NULL,
    member_count integer DEFAULT 0 NOT NULL,
    member_limit integer,
    limit_wanted integer,
    limit_wanted_reason text,
    state_version integer DEFAULT 1 NOT NULL,
    details_version integer DEFAULT 1 NOT NULL,
    wanted_name text,
    wanted_name_key text,
    wanted_tax_id text,
    wanted_by uuid,
    wanted_at timestamp with time zone,
    searched text GENERATED ALWAYS AS (public.searchable(name)) STORED,
    looks_like text GENERATED ALWAYS AS (replace(translate(public.searchable(translate(NORMALIZE(translate(name, 'Ϲϲſ'::text, 'Ccf'::text), NFKD), 'ÐØøĐđĦħıŁłŦŧƀƂƃƄƉƌƍƑƒƖƗƙƚƝƞƟƥƦƭƮƴƵƶƽƿǀǤǥȤȥȼȾɄɆɇɈɉɍɎɏɑɓɖɗəɛɠɡɣɦɨɩɪɫɭɯɳɵɼɽʂʋʏʐʒʠͰͶͷͻͽͿΑΒΕΖΗΘΙΚΛΜΝΟΡΣΤΥΧαβγδεηθικνορστυφϛϜϩϳϷϸϺϽϿЄЅІЈАБВГЕКЛМНОПРСТУФХЬавгезикмнопрстуфхьяєѕіјћѡѢѣѰѱѲѳѴѵѼѽҊҋҌҍҒғҖҗҙҚқҞҟҢңҪҫҬҭҮүҰұҲһҽҾҿӀӅӆӇӈӉӊӋӌӍӎӏӘәӡӨөԁԊԌԍԐԑԛԜԝՍՏՓՕագզծհյոպռսցքօᎠᎡᎢᎥᎨᎩᎪᎫᎬᎰᎱᎳᎷᎻᎽᎾᎿᏀᏂᏃᏇᏋᏌᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏫᏰᏲᏳᏴᏻᏼᴄᴈᴋᴍᴏᴐᴑᴜᴠᴡᴢᴤᴦᴧᴨᴩᴫᵮᵰᵲᵳᵴᵵᵶᵻᵼᵽᵾᵿᶃᶌᶐẝỿↃↄⱧⱩⲄⲅⲆⲈⲉⲎⲒⲔⲕⲖⲘⲚⲞⲟⲠⲢⲣⲤⲥⲦⲨⲪⲫⲬⲭⲮⲱⲼⲽⳍⳐⳑⳜⳤꓐꓑꓒꓓꓔꓖꓗꓙꓚꓛꓜꓝꓞꓟꓠꓡꓢꓣꓥꓦꓧꓪꓫꓬꓮꓯꓰꓱꓲꓳꓴꓵꙅꙇꙍꙨꚕꜱꝀꝊꝋꝡꝫꝺꞕꞘꞙꞝꞞꞟꞱꞲꞳꞴꞵꞶꞷꬲꬵꬽꬾꬿꭇꭈꭍꭎꭒꭓꭕꭚꭠꭰꭱꭲꭴꭵꭺꭻꭼꭾꮀꮁꮃꮇꮋꮎꮐꮓꮛꮜꮟꮢꮩꮪꮮꮯꮲꮶꮻ'::text, 'DOoDdHhiLlTtbbbbDdgFfllklNnOpRtTyZzsþlGgZzcTUEeJjrYyabddǝꞓggyhiiillwnorrsuyzȝqⱵИᴎɔꜿJABEZHOlKɅMNOPƩTYXaßyẟꞓnOiĸvopoᴛuɸςFƨjÞþMƆꜾꞒSlJAbBΓEKɅMHOΠPCTYΦXbaʙreɜᴎĸʍʜoπpcᴛyɸxƅᴙꞓsijhwbbΨψOoVvѠwИиbbΓrЖжɜKĸKĸHʜCcTᴛYyYyXheҼelɅлHʜHʜҶҷMʍiƏǝȝOodǶGɢƐꞓqWwUSΦOwqqẟhȷnɰnugfoDRTiⱵYAJEⱵΓWMHYOƫGhZѠƐUbRWSVSLCPKdOßhGBɢʙcɜĸʍoɔouvwzƨrʌπᴘлfnrɾstziipuʊgyɋfyƆɔHKΓrΔꞒꞓHlKĸλMNOoΠPpCcTYΦɸXχΨωШшȝLʟϬϗBPdDTGKJCƆZFℲMNLSRɅVHWXYAⱯEƎlOUՈƨiωʘhsKOowȝꝹꜧFfʚꓤuꓕJXBßꙌωefooɔrrʃuuχχyљᴅʀᴛoiᴀᴊᴇɂⱶrwʍʜoɢzꞓuƅʀvsʟcᴘĸo'::text)), '01|i'::text, 'olll'::text), 'm'::text, 'rn'::text)) STORED,
    CONSTRAINT organizations_admin_count_check CHECK ((admin_count >= 0)),
    CONSTRAINT organizations_check CHECK ((member_count >= admin_count)),
    CONSTRAINT organizations_check1 CHECK (((wanted_name IS NULL) = (wanted_name_key IS NULL))),
    CONSTRAINT organizations_check2 CHECK (((wanted_at IS NULL) = (wanted_by IS NULL))),
    CONSTRAINT organizations_check3 CHECK (((wanted_at IS NULL) = ((wanted_name IS NULL) AND (wanted_tax_id IS NULL)))),
    CONSTRAINT organizations_country_check CHECK ((length(country) = 2)),
    CONSTRAINT organizations_description_check CHECK (((length(description) >= 1) AND (length(description) <= 2000))),
    CONSTRAINT organizations_limit_wanted_check CHECK ((limit_wanted > 0)),
    CONSTRAINT organizations_limit_wanted_reason_check CHECK (((length(limit_wanted_reason) >= 1) AND (length(limit_wanted_reason) <= 1000))),
    CONSTRAINT organizations_member_limit_check CHECK ((member_limit > 0)),
    CONSTRAINT organizations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organizations_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'changes_requested'::text, 'accepted'::text, 'suspended'::text, 'rejected'::text, 'dissolved'::text]))),
    CONSTRAINT organizations_wanted_name_check CHECK (((length(wanted_name) >= 1) AND (length(wanted_name) <= 200)))
)
WITH (fillfactor='70');

COMMENT ON TABLE public.organizations IS 'Organizations, in every state.';

COMMENT ON COLUMN public.organizations.id IS 'UUID version 7.';

COMMENT ON COLUMN public.organizations.name IS 'As its admins wrote it.';

COMMENT ON COLUMN public.organizations.name_key IS 'The name, normalized for comparison; unique among organizations that are neither rejected nor dissolved.';

COMMENT ON COLUMN public.organizations.country IS 'ISO 3166-1 alpha-2.';

COMMENT ON COLUMN public.organizations.description IS 'Description of planned activities.';

COMMENT ON COLUMN public.organizations.address IS 'Street and number; may be empty.';

COMMENT ON COLUMN public.organizations.city IS 'May be empty.';

COMMENT ON COLUMN public.organizations.postal_code IS 'May be empty.';

COMMENT ON COLUMN public.organizations.website IS 'May be empty.';

COMMENT ON COLUMN public.organizations.tax_id IS 'May be empty.';

COMMENT ON COLUMN public.organizations.author_id IS 'The account that requested the organization; it may resubmit the request after a rejection.';

COMMENT ON COLUMN public.organizations.state IS 'Only an accepted one invites, requests roles and passes roles on.';

COMMENT ON COLUMN public.organizations.state_reason IS 'The operator’s reason for the state, if one is required.';

COMMENT ON COLUMN public.organizations.state_since IS 'When it entered its state.';

COMMENT ON COLUMN public.organizations.created_at IS 'When it was requested.';

COMMENT ON COLUMN public.organizations.admin_count IS 'The number of members with admin privileges; maintained by a trigger on memberships.';

COMMENT ON COLUMN public.organizations.member_count IS 'The number of members; maintained by a trigger on memberships.';

COMMENT ON COLUMN public.organizations.member_limit IS 'The maximum number of members; null for the site’s default.';

COMMENT ON COLUMN public.organizations.limit_wanted IS 'The higher limit that an admin requested; null if no request is pending.';

COMMENT ON COLUMN public.organizations.limit_wanted_reason IS 'The admin’s reason.';

COMMENT ON COLUMN public.organizations.state_version IS 'Version of the state, for optimistic concurrency.';

COMMENT ON COLUMN public.organizations.details_version IS 'Version of the details, for optimistic concurrency.';

COMMENT ON COLUMN public.organizations.wanted_name IS 'The new name that waits for an operator; null if none does.';

COMMENT ON COLUMN public.organizations.wanted_name_key IS 'The new name, normalized for comparison.';

COMMENT ON COLUMN public.organizations.wanted_tax_id IS 'The new tax id that waits for an operator; null if none does.';

COMMENT ON COLUMN public.organizations.wanted_by IS 'The admin who requested the new name or tax id.';

COMMENT ON COLUMN public.organizations.wanted_at IS 'When it was requested.';

COMMENT ON COLUMN public.organizations.searched IS 'The name, normalized for searching.';

COMMENT ON COLUMN public.organizations.looks_like IS 'The skeleton of the name (UTS 39): the same for two names that are easily mistaken for each other.';

CREATE TABLE public.passkeys (
    id uuid NOT NULL,
    name text,
    public_key text NOT NULL,
    account_id uuid NOT NULL,
    credential_id text NOT NULL,
    counter integer NOT NULL,
    device_type text NOT NULL,
    backed_up boolean NOT NULL,
    transports text,
    created_at timestamp with time zone DEFAULT now(),
    aaguid text
);

COMMENT ON TABLE public.passkeys IS 'Passkeys (Better Auth’s).';

COMMENT ON COLUMN public.passkeys.id IS 'UUID.';

COMMENT ON COLUMN public.passkeys.name IS 'The name that its holder gave it.';

COMMENT ON COLUMN public.passkeys.public_key IS 'The public key.';

COMMENT ON COLUMN public.passkeys.account_id IS 'The account.';

COMMENT ON COLUMN public.passkeys.credential_id IS 'The authenticator’s id for it.';

COMMENT ON COLUMN public.passkeys.counter IS 'The authenticator’s signature counter.';

COMMENT ON COLUMN public.passkeys.device_type IS 'Whether it is bound to one device.';

COMMENT ON COLUMN public.passkeys.backed_up IS 'Whether it is synced between its holder’s devices.';

COMMENT ON COLUMN public.passkeys.transports IS 'How browsers can reach the authenticator.';

COMMENT ON COLUMN public.passkeys.created_at IS 'When it was added.';

COMMENT ON COLUMN public.passkeys.aaguid IS 'The model of the authenticator.';

CREATE TABLE public.propagation_attempts (
    id uuid NOT NULL,
    connection_id uuid NOT NULL,
    account_id uuid,
    version bigint,
    at timestamp with time zone DEFAULT now() NOT NULL,
    milliseconds integer NOT NULL,
    outcome text NOT NULL,
    status integer,
    request jsonb,
    answer text,
    CONSTRAINT propagation_attempts_answer_check CHECK ((length(answer) <= 1000))
);

COMMENT ON TABLE public.propagation_attempts IS 'Attempts to tell a service, kept for 30 days.';

COMMENT ON COLUMN public.propagation_attempts.id IS 'UUID version 7.';

COMMENT ON COLUMN public.propagation_attempts.connection_id IS 'The connection.';

COMMENT ON COLUMN public.propagation_attempts.account_id IS 'The account concerned; null for a test.';

COMMENT ON COLUMN public.propagation_attempts.version IS 'The version of the ledger’s row that was sent; null for a test.';

COMMENT ON COLUMN public.propagation_attempts.at IS 'When it ended.';

COMMENT ON COLUMN public.propagation_attempts.milliseconds IS 'How long it took.';

COMMENT ON COLUMN public.propagation_attempts.outcome IS 'applied, or why it failed: a code.';

COMMENT ON COLUMN public.propagation_attempts.status IS 'The HTTP status of the answer, if there was one.';

COMMENT ON COLUMN public.propagation_attempts.request IS 'What was sent; null for kinds whose requests contain secrets.';

COMMENT ON COLUMN public.propagation_attempts.answer IS 'The beginning of the answer; null for kinds whose answers contain secrets.';

CREATE TABLE public.propagations (
    connection_id uuid NOT NULL,
    account_id uuid NOT NULL,
    organization_id uuid,
    desired jsonb,
    desired_at timestamp with time zone DEFAULT now() NOT NULL,
    version bigint NOT NULL,
    applied jsonb,
    applied_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone,
    claim uuid,
    claimed_until timestamp with time zone,
    error text,
    ended_at timestamp with time zone,
    proved_at timestamp with time zone,
    ends_access boolean DEFAULT false NOT NULL,
    observed_at timestamp with time zone,
    next_observation_at timestamp with time zone,
    drift text[],
    drifted_at timestamp with time zone,
    uncertain boolean DEFAULT false NOT NULL,
    CONSTRAINT propagations_drift_check CHECK (((drift IS NULL) = (drifted_at IS NULL)))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.propagations IS 'The ledger: per connection and account, what should be in the service and what was applied there. Null means nothing.';

COMMENT ON COLUMN public.propagations.connection_id IS 'The connection.';

COMMENT ON COLUMN public.propagations.account_id IS 'The account.';

COMMENT ON COLUMN public.propagations.organization_id IS 'The organization through which the person holds it, or held it last.';

COMMENT ON COLUMN public.propagations.desired IS 'What the account should have in the service; null for nothing.';

COMMENT ON COLUMN public.propagations.desired_at IS 'Since when.';

COMMENT ON COLUMN public.propagations.version IS 'Counts changes of the connection’s ledger: the version of this row’s last one. Receivers ignore older ones.';

COMMENT ON COLUMN public.propagations.applied IS 'What was last applied in the service; null for nothing.';

COMMENT ON COLUMN public.propagations.applied_at IS 'When it was applied.';

COMMENT ON COLUMN public.propagations.attempts IS 'Failed attempts in a row.';

COMMENT ON COLUMN public.propagations.next_attempt_at IS 'When the row is due: at once after a change, later after a failure, and at the next end date of what it rests on.';

COMMENT ON COLUMN public.propagations.claim IS 'The claim of the worker that works on it.';

COMMENT ON COLUMN public.propagations.claimed_until IS 'When that claim expires.';

COMMENT ON COLUMN public.propagations.error IS 'Why the last attempt failed: a code.';

COMMENT ON COLUMN public.propagations.ended_at IS 'When the access was to end; null while there is some.';

COMMENT ON COLUMN public.propagations.proved_at IS 'When the end was confirmed by the service.';

COMMENT ON COLUMN public.propagations.ends_access IS 'Whether the last change took something away. Such rows are worked on first.';

COMMENT ON COLUMN public.propagations.observed_at IS 'When the service was last looked at.';

COMMENT ON COLUMN public.propagations.next_observation_at IS 'When to look next; null if the kind cannot look, or nothing was ever applied.';

COMMENT ON COLUMN public.propagations.drift IS 'How the service differed from what was applied, as codes; null if it did not.';

COMMENT ON COLUMN public.propagations.drifted_at IS 'When that was found; null if there is no difference.';

COMMENT ON COLUMN public.propagations.uncertain IS 'Whether an attempt may have reached the service without our knowing. The next state is then sent even if `applied` says that the service has it.';

CREATE TABLE public.remote_objects (
    connection_id uuid NOT NULL,
    kind text NOT NULL,
    account_id uuid NOT NULL,
    membership_id uuid,
    external_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    off_at timestamp with time zone
);

COMMENT ON TABLE public.remote_objects IS 'What Guildhall makes in connected systems. A row is written before the object is made there, so an object whose creation was never answered is known.';

COMMENT ON COLUMN public.remote_objects.connection_id IS 'The connection.';

COMMENT ON COLUMN public.remote_objects.kind IS 'What it is there, such as a user.';

COMMENT ON COLUMN public.remote_objects.account_id IS 'The account that it belongs to.';

COMMENT ON COLUMN public.remote_objects.membership_id IS 'The membership that it belongs to; null if it was made under none.';

COMMENT ON COLUMN public.remote_objects.external_id IS 'Its name or id in the connected system.';

COMMENT ON COLUMN public.remote_objects.created_at IS 'When it was first wanted.';

COMMENT ON COLUMN public.remote_objects.off_at IS 'When the connected system confirmed that it is switched off; null while it is in use.';

CREATE TABLE public.role_assignments (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    service_id uuid NOT NULL,
    kind text NOT NULL,
    role_id uuid NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_reason text,
    requested_by uuid,
    granted_by uuid NOT NULL,
    request_id uuid,
    reason text,
    CONSTRAINT role_assignments_check CHECK (((ended_at IS NULL) = (ended_reason IS NULL))),
    CONSTRAINT role_assignments_check2 CHECK (((ended_at IS NULL) OR (ended_at >= started_at))),
    CONSTRAINT role_assignments_end_later CHECK (((expires_at IS NULL) OR (expires_at > started_at))),
    CONSTRAINT role_assignments_ended_reason_check CHECK ((ended_reason = ANY (ARRAY['replaced'::text, 'revoked'::text, 'organization_dissolved'::text]))),
    CONSTRAINT role_assignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

COMMENT ON TABLE public.role_assignments IS 'The roles that organizations hold or held. Members inherit them by query; there is no row per member.';

COMMENT ON COLUMN public.role_assignments.id IS 'UUID version 7.';

COMMENT ON COLUMN public.role_assignments.organization_id IS 'The organization.';

COMMENT ON COLUMN public.role_assignments.service_id IS 'The service.';

COMMENT ON COLUMN public.role_assignments.kind IS '“access” or “quota”.';

COMMENT ON COLUMN public.role_assignments.role_id IS 'The role.';

COMMENT ON COLUMN public.role_assignments.started_at IS 'Start.';

COMMENT ON COLUMN public.role_assignments.expires_at IS 'The end date; null if there is none. It takes effect without a scheduled job.';

COMMENT ON COLUMN public.role_assignments.ended_at IS 'When it was ended; null if it was not.';

COMMENT ON COLUMN public.role_assignments.ended_reason IS 'How it ended.';

COMMENT ON COLUMN public.role_assignments.requested_by IS 'The admin who requested it; null if an operator granted it without a request.';

COMMENT ON COLUMN public.role_assignments.granted_by IS 'The operator who accepted or granted it.';

COMMENT ON COLUMN public.role_assignments.request_id IS 'The request that led to it.';

COMMENT ON COLUMN public.role_assignments.reason IS 'The operator’s reason for granting it without a request.';

CREATE TABLE public.role_request_parts (
    request_id uuid NOT NULL,
    kind text NOT NULL,
    organization_id uuid NOT NULL,
    service_id uuid NOT NULL,
    role_id uuid NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    reason text,
    decided_by uuid,
    decided_at timestamp with time zone,
    CONSTRAINT role_request_parts_check CHECK (((state = 'pending'::text) = (decided_at IS NULL))),
    CONSTRAINT role_request_parts_check1 CHECK (((state <> 'refused'::text) OR (reason IS NOT NULL))),
    CONSTRAINT role_request_parts_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
    CONSTRAINT role_request_parts_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text])))
);

COMMENT ON TABLE public.role_request_parts IS 'The access part and the quota part of a request, each decided separately.';

COMMENT ON COLUMN public.role_request_parts.request_id IS 'The request.';

COMMENT ON COLUMN public.role_request_parts.kind IS '“access” or “quota”.';

COMMENT ON COLUMN public.role_request_parts.organization_id IS 'The request’s organization, for the index of pending parts.';

COMMENT ON COLUMN public.role_request_parts.service_id IS 'The request’s service, for the same index.';

COMMENT ON COLUMN public.role_request_parts.role_id IS 'The requested role.';

COMMENT ON COLUMN public.role_request_parts.state IS 'The state of the part.';

COMMENT ON COLUMN public.role_request_parts.reason IS 'The operator’s reason; required for a refusal.';

COMMENT ON COLUMN public.role_request_parts.decided_by IS 'The operator who decided, or the admin who withdrew; null if the organization ended.';

COMMENT ON COLUMN public.role_request_parts.decided_at IS 'When it was decided.';

CREATE TABLE public.role_requests (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    service_id uuid NOT NULL,
    requested_by uuid NOT NULL,
    requested_at timestamp with time zone DEFAULT now() NOT NULL,
    description text NOT NULL,
    CONSTRAINT role_requests_description_check CHECK (((length(description) >= 1) AND (length(description) <= 2000)))
);

COMMENT ON TABLE public.role_requests IS 'Requests of organizations for an access role, a quota role, or both of one service.';

COMMENT ON COLUMN public.role_requests.id IS 'UUID version 7.';

COMMENT ON COLUMN public.role_requests.organization_id IS 'The organization.';

COMMENT ON COLUMN public.role_requests.service_id IS 'The service.';

COMMENT ON COLUMN public.role_requests.requested_by IS 'The admin who requested it.';

COMMENT ON COLUMN public.role_requests.requested_at IS 'When it was requested.';

COMMENT ON COLUMN public.role_requests.description IS 'Description of planned activities.';

CREATE TABLE public.role_versions (
    role_id uuid NOT NULL,
    service_id uuid NOT NULL,
    kind text NOT NULL,
    valid_from timestamp with time zone DEFAULT now() NOT NULL,
    valid_until timestamp with time zone,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    requestable boolean DEFAULT true NOT NULL,
    retired boolean DEFAULT false NOT NULL,
    limits jsonb DEFAULT '[]'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT role_versions_check CHECK ((NOT (is_default AND retired))),
    CONSTRAINT role_versions_check1 CHECK (((kind = 'quota'::text) OR (limits = '[]'::jsonb))),
    CONSTRAINT role_versions_check2 CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
    CONSTRAINT role_versions_description_check CHECK ((length(description) <= 2000)),
    CONSTRAINT role_versions_limits_check CHECK ((jsonb_typeof(limits) = 'array'::text)),
    CONSTRAINT role_versions_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
);

COMMENT ON TABLE public.role_versions IS 'What may change about a role, with the period in which it was so.';

COMMENT ON COLUMN public.role_versions.role_id IS 'The role.';

COMMENT ON COLUMN public.role_versions.service_id IS 'Its service, for the index of defaults.';

COMMENT ON COLUMN public.role_versions.kind IS 'Its kind, for the index of defaults.';

COMMENT ON COLUMN public.role_versions.valid_from IS 'Start of the period.';

COMMENT ON COLUMN public.role_versions.valid_until IS 'End of the period; null for the current version.';

COMMENT ON COLUMN public.role_versions.name IS 'The name that people see.';

COMMENT ON COLUMN public.role_versions.description IS 'A description of the role.';

COMMENT ON COLUMN public.role_versions."position" IS 'Its position in lists.';

COMMENT ON COLUMN public.role_versions.is_default IS 'Whether every account holds it, with or without an organization.';

COMMENT ON COLUMN public.role_versions.requestable IS 'Whether organizations can request it; operators can grant it in any case.';

COMMENT ON COLUMN public.role_versions.retired IS 'Whether it can no longer be granted. Organizations that hold it keep it.';

COMMENT ON COLUMN public.role_versions.limits IS 'Of a quota role: numbers with units, [{"key", "name", "value", "unit"}]. The key of a number never changes.';

COMMENT ON COLUMN public.role_versions.version IS 'The number of the version, from 1.';

CREATE TABLE public.roles (
    id uuid NOT NULL,
    service_id uuid NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT roles_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT roles_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'quota'::text])))
);

COMMENT ON TABLE public.roles IS 'Access roles and quota roles: what never changes about them. Using a service requires one of each.';

COMMENT ON COLUMN public.roles.id IS 'UUID version 7.';

COMMENT ON COLUMN public.roles.service_id IS 'The service.';

COMMENT ON COLUMN public.roles.key IS 'The name in files and for programs, unique on its service.';

COMMENT ON COLUMN public.roles.kind IS '“access” or “quota”.';

COMMENT ON COLUMN public.roles.created_at IS 'When it was added to the catalogue.';

CREATE TABLE public.s3_keys (
    id uuid NOT NULL,
    service_id uuid NOT NULL,
    account_id uuid NOT NULL,
    membership_id uuid,
    name text NOT NULL,
    access_key text NOT NULL,
    secret_sealed bytea,
    secret_version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_reason text,
    removed_at timestamp with time zone,
    expiry_told_at timestamp with time zone,
    CONSTRAINT s3_keys_access_key_check CHECK ((access_key ~ '^[A-Z0-9]{20}$'::text)),
    CONSTRAINT s3_keys_ended_check CHECK (((ended_at IS NULL) = (ended_reason IS NULL))),
    CONSTRAINT s3_keys_ended_reason_check CHECK ((ended_reason = ANY (ARRAY['deleted'::text, 'expired'::text, 'role_lost'::text, 'membership_ended'::text, 'account_disabled'::text]))),
    CONSTRAINT s3_keys_ended_without_secret CHECK (((ended_at IS NULL) = (secret_sealed IS NOT NULL))),
    CONSTRAINT s3_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT s3_keys_removed_check CHECK (((removed_at IS NULL) OR (ended_at IS NOT NULL)))
);

COMMENT ON TABLE public.s3_keys IS 'S3 keys of people. Rows are ended, never deleted.';

COMMENT ON COLUMN public.s3_keys.id IS 'UUID version 7.';

COMMENT ON COLUMN public.s3_keys.service_id IS 'The service that the key is for.';

COMMENT ON COLUMN public.s3_keys.account_id IS 'Whose key it is.';

COMMENT ON COLUMN public.s3_keys.membership_id IS 'The membership under which it was made; the key ends with it. Null if the person was in no organization.';

COMMENT ON COLUMN public.s3_keys.name IS 'The name that the person gave it.';

COMMENT ON COLUMN public.s3_keys.access_key IS 'The access key, by which the gateway knows it.';

COMMENT ON COLUMN public.s3_keys.secret_sealed IS 'The secret, encrypted; the key is not in the database. Null once the key has ended.';

COMMENT ON COLUMN public.s3_keys.secret_version IS 'Counts its secrets.';

COMMENT ON COLUMN public.s3_keys.created_at IS 'When it was made.';

COMMENT ON COLUMN public.s3_keys.expires_at IS 'When it expires; null if never.';

COMMENT ON COLUMN public.s3_keys.ended_at IS 'When it ended; null if it has not.';

COMMENT ON COLUMN public.s3_keys.ended_reason IS 'Why it ended.';

COMMENT ON COLUMN public.s3_keys.removed_at IS 'When the gateway confirmed that it no longer has the key.';

COMMENT ON COLUMN public.s3_keys.expiry_told_at IS 'When its holder was told, or said, that it expires soon; null if neither.';

CREATE TABLE public.service_keys (
    id uuid NOT NULL,
    service_id uuid NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    hash text NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    ended_at timestamp with time zone,
    expiry_told_at timestamp with time zone,
    CONSTRAINT service_keys_check CHECK ((expires_at > created_at))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.service_keys IS 'Credentials of services. Rows are ended, never deleted.';

COMMENT ON COLUMN public.service_keys.id IS 'UUID version 7.';

COMMENT ON COLUMN public.service_keys.service_id IS 'The service that it identifies. A key answers about this service only.';

COMMENT ON COLUMN public.service_keys.name IS 'The name that an operator gave it.';

COMMENT ON COLUMN public.service_keys.prefix IS 'The beginning of the key, by which people recognize it.';

COMMENT ON COLUMN public.service_keys.hash IS 'SHA-256 of the key as base64url. The key has 256 random bits, so a plain hash is enough.';

COMMENT ON COLUMN public.service_keys.created_by IS 'The operator who made it.';

COMMENT ON COLUMN public.service_keys.created_at IS 'When it was made.';

COMMENT ON COLUMN public.service_keys.expires_at IS 'When it expires.';

COMMENT ON COLUMN public.service_keys.last_used_at IS 'When it was last used, to the minute; null if never.';

COMMENT ON COLUMN public.service_keys.ended_at IS 'When it was ended; null if it was not.';

COMMENT ON COLUMN public.service_keys.expiry_told_at IS 'When operators were told that it expires soon; null if they were not.';

CREATE TABLE public.services (
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    url text,
    s3_keys integer,
    CONSTRAINT services_description_check CHECK ((length(description) <= 2000)),
    CONSTRAINT services_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT services_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT services_s3_keys_check CHECK (((s3_keys >= 1) AND (s3_keys <= 100))),
    CONSTRAINT services_url_check CHECK (((url ~ '^https?://'::text) AND (length(url) <= 2000)))
);

COMMENT ON TABLE public.services IS 'The services that organizations get access to.';

COMMENT ON COLUMN public.services.id IS 'UUID version 7.';

COMMENT ON COLUMN public.services.key IS 'The name in files and for programs; never changes.';

COMMENT ON COLUMN public.services.name IS 'The name that people see.';

COMMENT ON COLUMN public.services.description IS 'A description of the service.';

COMMENT ON COLUMN public.services."position" IS 'Its position in lists.';

COMMENT ON COLUMN public.services.created_at IS 'When it was added to the catalogue.';

COMMENT ON COLUMN public.services.retired_at IS 'When it was retired; null if it was not. Its roles can no longer be requested; organizations keep those that they hold.';

COMMENT ON COLUMN public.services.url IS 'Where people open it; null if there is no such page.';

COMMENT ON COLUMN public.services.s3_keys IS 'How many S3 keys each person who may use it can have; null if it gives none.';

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    method text DEFAULT 'password'::text NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    authenticated_at timestamp with time zone DEFAULT now() NOT NULL,
    security_stamp xid8 DEFAULT '0'::xid8 NOT NULL,
    CONSTRAINT sessions_method_check CHECK ((method = ANY (ARRAY['password'::text, 'second_factor'::text, 'passkey'::text, 'provider'::text])))
)
WITH (fillfactor='60');

COMMENT ON TABLE public.sessions IS 'Signed-in devices (Better Auth).';

COMMENT ON COLUMN public.sessions.id IS 'UUID.';

COMMENT ON COLUMN public.sessions.account_id IS 'The account.';

COMMENT ON COLUMN public.sessions.token IS 'SHA-256 of the random token in the cookie, as base64url. It cannot be used to sign in.';

COMMENT ON COLUMN public.sessions.expires_at IS 'When it expires at the latest.';

COMMENT ON COLUMN public.sessions.ip_address IS 'The IP address it was created from.';

COMMENT ON COLUMN public.sessions.user_agent IS 'The browser it was created in.';

COMMENT ON COLUMN public.sessions.created_at IS 'When it was created.';

COMMENT ON COLUMN public.sessions.updated_at IS 'Better Auth’s: last change.';

COMMENT ON COLUMN public.sessions.method IS 'The sign-in method.';

COMMENT ON COLUMN public.sessions.last_used_at IS 'When it was last used, to the minute. It ends when that is too long ago.';

COMMENT ON COLUMN public.sessions.authenticated_at IS 'When the person last authenticated. Sensitive actions require this to be recent.';

COMMENT ON COLUMN public.sessions.security_stamp IS 'The account’s security stamp; a session with a different one has ended.';

CREATE TABLE public.site (
    single_row boolean DEFAULT true NOT NULL,
    secret_fingerprint text NOT NULL,
    setup_nonce text NOT NULL,
    setup_claimed_at timestamp with time zone,
    catalogue_version integer DEFAULT 0 NOT NULL,
    default_member_limit integer,
    mail_configured boolean DEFAULT false NOT NULL,
    second_factor text DEFAULT 'optional'::text NOT NULL,
    session_idle_minutes integer DEFAULT 10080 NOT NULL,
    session_hours integer DEFAULT 720 NOT NULL,
    registration text DEFAULT 'open'::text NOT NULL,
    registration_domains text[] DEFAULT '{}'::text[] NOT NULL,
    terms_version text,
    terms_address text,
    policy_version integer DEFAULT 1 NOT NULL,
    identity_changes text DEFAULT 'tell'::text NOT NULL,
    CONSTRAINT site_check CHECK (((terms_version IS NULL) = (terms_address IS NULL))),
    CONSTRAINT site_default_member_limit_check CHECK ((default_member_limit > 0)),
    CONSTRAINT site_identity_changes_check CHECK ((identity_changes = ANY (ARRAY['tell'::text, 'accept'::text]))),
    CONSTRAINT site_registration_check CHECK ((registration = ANY (ARRAY['open'::text, 'invitation'::text, 'domain'::text]))),
    CONSTRAINT site_second_factor_check CHECK ((second_factor = ANY (ARRAY['off'::text, 'optional'::text, 'operators'::text, 'admins'::text, 'all'::text]))),
    CONSTRAINT site_session_hours_check CHECK (((session_hours >= 1) AND (session_hours <= 2160))),
    CONSTRAINT site_session_idle_minutes_check CHECK (((session_idle_minutes >= 5) AND (session_idle_minutes <= 43200))),
    CONSTRAINT site_single_row_check CHECK (single_row),
    CONSTRAINT site_terms_address_check CHECK ((length(terms_address) <= 500)),
    CONSTRAINT site_terms_version_check CHECK (((length(terms_version) >= 1) AND (length(terms_version) <= 40)))
);

COMMENT ON TABLE public.site IS 'One row: facts about this installation.';

COMMENT ON COLUMN public.site.single_row IS 'Always true: makes a second row impossible.';

COMMENT ON COLUMN public.site.secret_fingerprint IS 'Keyed hash of the secret. A process with a different secret refuses to start.';

COMMENT ON COLUMN public.site.setup_nonce IS 'The first operator’s one-time link is derived from this and the secret; the link itself is stored nowhere.';

COMMENT ON COLUMN public.site.setup_claimed_at IS 'When the link was used; it works once.';

COMMENT ON COLUMN public.site.catalogue_version IS 'Version of the catalogue, for optimistic concurrency.';

COMMENT ON COLUMN public.site.default_member_limit IS 'The member limit of organizations that have none of their own; null for any number.';

COMMENT ON COLUMN public.site.mail_configured IS 'Whether the server that started last sends mail. Without it no mail is written.';

COMMENT ON COLUMN public.site.second_factor IS 'Who needs a second factor; “admins” includes operators.';

COMMENT ON COLUMN public.site.session_idle_minutes IS 'A session ends after this many minutes without use.';

COMMENT ON COLUMN public.site.session_hours IS 'A session ends after this many hours, used or not.';

COMMENT ON COLUMN public.site.registration IS 'Who may register: anyone, people with an invitation code, or people with an address of some domains.';

COMMENT ON COLUMN public.site.registration_domains IS 'Those domains, in lower case.';

COMMENT ON COLUMN public.site.terms_version IS 'The version of the terms that accounts have to accept; null if there are none.';

COMMENT ON COLUMN public.site.terms_address IS 'The web address of the terms.';

COMMENT ON COLUMN public.site.policy_version IS 'Version of the policy, for optimistic concurrency.';

COMMENT ON COLUMN public.site.identity_changes IS 'Whether operators are only told of an organization’s new name or tax id, or have to accept it.';

CREATE TABLE public.tokens (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    membership_id uuid,
    organization_id uuid,
    name text NOT NULL,
    prefix text NOT NULL,
    hash text NOT NULL,
    scopes text[] NOT NULL,
    method text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_reason text,
    expiry_told_at timestamp with time zone,
    CONSTRAINT tokens_ended_check CHECK (((ended_at IS NULL) = (ended_reason IS NULL))),
    CONSTRAINT tokens_ended_reason_check CHECK ((ended_reason = ANY (ARRAY['ended'::text, 'renewed'::text, 'membership_ended'::text, 'privileges_lost'::text, 'account_disabled'::text, 'organization_not_accepted'::text]))),
    CONSTRAINT tokens_method_check CHECK ((method = ANY (ARRAY['password'::text, 'second_factor'::text, 'passkey'::text, 'provider'::text]))),
    CONSTRAINT tokens_of_organizations_have_a_membership CHECK (((organization_id IS NULL) OR (membership_id IS NOT NULL))),
    CONSTRAINT tokens_scopes_check CHECK ((cardinality(scopes) > 0))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.tokens IS 'Credentials of programs. Rows are ended, never deleted.';

COMMENT ON COLUMN public.tokens.id IS 'UUID version 7.';

COMMENT ON COLUMN public.tokens.account_id IS 'The account that made it; the token acts as this account.';

COMMENT ON COLUMN public.tokens.membership_id IS 'The membership under which it was made; the token ends with it. Null if its maker was in no organization.';

COMMENT ON COLUMN public.tokens.organization_id IS 'The organization that it acts for; null for a personal token.';

COMMENT ON COLUMN public.tokens.name IS 'The name that its maker gave it.';

COMMENT ON COLUMN public.tokens.prefix IS 'The beginning of the token, by which people recognize it.';

COMMENT ON COLUMN public.tokens.hash IS 'SHA-256 of the token as base64url. The token has 256 random bits, so a plain hash is enough.';

COMMENT ON COLUMN public.tokens.scopes IS 'What it may be used for; see src/platform/access/scopes.ts.';

COMMENT ON COLUMN public.tokens.method IS 'How its maker was signed in; a policy that requires a second factor applies to tokens too.';

COMMENT ON COLUMN public.tokens.created_at IS 'When it was made.';

COMMENT ON COLUMN public.tokens.expires_at IS 'When it expires.';

COMMENT ON COLUMN public.tokens.last_used_at IS 'When it was last used, to the minute; null if never.';

COMMENT ON COLUMN public.tokens.ended_at IS 'When it was ended; null if it was not.';

COMMENT ON COLUMN public.tokens.ended_reason IS 'Why it was ended.';

COMMENT ON COLUMN public.tokens.expiry_told_at IS 'When people were told that it expires soon; null if they were not.';

CREATE TABLE public.tries (
    key text NOT NULL,
    drained_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.tries IS 'Recent attempts: one row for each counter. A row whose time has passed counts for nothing and is deleted.';

COMMENT ON COLUMN public.tries.key IS 'The limited action and the network or account: “signIn source 203.0.113.7”.';

COMMENT ON COLUMN public.tries.drained_at IS 'When the counter is empty again. Each attempt moves it forward by the period divided by the limit.';

CREATE TABLE public.two_factors (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    verified boolean DEFAULT true NOT NULL,
    failed_verification_count integer DEFAULT 0 NOT NULL,
    locked_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_step integer DEFAULT 0 NOT NULL
);

COMMENT ON TABLE public.two_factors IS 'Second factors: authenticator apps (Better Auth’s “twoFactor”).';

COMMENT ON COLUMN public.two_factors.id IS 'UUID.';

COMMENT ON COLUMN public.two_factors.account_id IS 'The account.';

COMMENT ON COLUMN public.two_factors.secret IS 'The secret shared with the authenticator app, encrypted; the key is not in the database.';

COMMENT ON COLUMN public.two_factors.backup_codes IS 'The unused recovery codes, encrypted.';

COMMENT ON COLUMN public.two_factors.verified IS 'Whether setting it up was completed with a correct code.';

COMMENT ON COLUMN public.two_factors.failed_verification_count IS 'Wrong codes in a row.';

COMMENT ON COLUMN public.two_factors.locked_until IS 'Until when no codes are accepted, after too many wrong ones.';

COMMENT ON COLUMN public.two_factors.created_at IS 'When its set-up was started.';

COMMENT ON COLUMN public.two_factors.last_step IS 'The 30-second step since 1970 of the code accepted last. Codes of this or an earlier step are no longer accepted.';

CREATE TABLE public.verifications (
    id uuid NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    account_id uuid,
    made_by uuid
);

COMMENT ON TABLE public.verifications IS 'Better Auth’s short-lived proofs.';

COMMENT ON COLUMN public.verifications.id IS 'UUID.';

COMMENT ON COLUMN public.verifications.identifier IS 'The purpose of the proof.';

COMMENT ON COLUMN public.verifications.value IS 'The proof.';

COMMENT ON COLUMN public.verifications.expires_at IS 'When it expires.';

COMMENT ON COLUMN public.verifications.created_at IS 'When it was created.';

COMMENT ON COLUMN public.verifications.updated_at IS 'Last change.';

COMMENT ON COLUMN public.verifications.account_id IS 'The account of a one-time link; null for Better Auth’s own proofs.';

COMMENT ON COLUMN public.verifications.made_by IS 'The operator who created the link to hand it over; null for a mailed link.';

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_once_per_account UNIQUE (invitation_id, account_id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_disablings
    ADD CONSTRAINT account_disablings_pkey PRIMARY KEY (account_id, disabled_at);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_email_key UNIQUE (email);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.change_signal_rules
    ADD CONSTRAINT change_signal_rules_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.change_signals
    ADD CONSTRAINT change_signals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_provider_id_provider_account_id_key UNIQUE (provider_id, provider_account_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_id_key UNIQUE (id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_code_hash_key UNIQUE (code_hash);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.limits
    ADD CONSTRAINT limits_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.notification_rules
    ADD CONSTRAINT notification_rules_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_account_id_event_id_key UNIQUE (account_id, event_id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.openid_clients
    ADD CONSTRAINT openid_clients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.openid_consents
    ADD CONSTRAINT openid_consents_pkey PRIMARY KEY (client_id, account_id);

ALTER TABLE ONLY public.openid_keys
    ADD CONSTRAINT openid_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.openid_records
    ADD CONSTRAINT openid_records_pkey PRIMARY KEY (model, key);

ALTER TABLE ONLY public.openid_sign_ins
    ADD CONSTRAINT openid_sign_ins_pkey PRIMARY KEY (client_id, session_id);

ALTER TABLE ONLY public.organization_names
    ADD CONSTRAINT organization_names_pkey PRIMARY KEY (name_key);

ALTER TABLE ONLY public.organization_periods
    ADD CONSTRAINT organization_periods_pkey PRIMARY KEY (organization_id, accepted_from);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.propagation_attempts
    ADD CONSTRAINT propagation_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.propagations
    ADD CONSTRAINT propagations_pkey PRIMARY KEY (account_id, connection_id);

ALTER TABLE ONLY public.remote_objects
    ADD CONSTRAINT remote_objects_pkey PRIMARY KEY (connection_id, kind, external_id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.role_request_parts
    ADD CONSTRAINT role_request_parts_pkey PRIMARY KEY (request_id, kind);

ALTER TABLE ONLY public.role_requests
    ADD CONSTRAINT role_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.role_versions
    ADD CONSTRAINT role_versions_pkey PRIMARY KEY (role_id, valid_from);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_id_service_id_kind_key UNIQUE (id, service_id, kind);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_service_id_key_key UNIQUE (service_id, key);

ALTER TABLE ONLY public.s3_keys
    ADD CONSTRAINT s3_keys_access_key_key UNIQUE (access_key);

ALTER TABLE ONLY public.s3_keys
    ADD CONSTRAINT s3_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.services
    ADD CONSTRAINT services_key_key UNIQUE (key);

ALTER TABLE ONLY public.services
    ADD CONSTRAINT services_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_key UNIQUE (token);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (single_row);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tries
    ADD CONSTRAINT tries_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.two_factors
    ADD CONSTRAINT two_factors_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.two_factors
    ADD CONSTRAINT two_factors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_pkey PRIMARY KEY (id);

CREATE INDEX acceptances_newest ON public.acceptances USING btree (organization_id, at DESC, id DESC);

CREATE UNIQUE INDEX acceptances_one_waiting ON public.acceptances USING btree (account_id) WHERE (state = 'awaiting_approval'::text);

CREATE UNIQUE INDEX account_disablings_current ON public.account_disablings USING btree (account_id) WHERE (enabled_at IS NULL);

CREATE INDEX accounts_newest ON public.accounts USING btree (created_at DESC, id DESC);

CREATE INDEX accounts_operators ON public.accounts USING btree (id) WHERE operator;

CREATE INDEX connections_client ON public.connections USING btree (client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX connections_enabled ON public.connections USING btree (id) WHERE enabled;

CREATE UNIQUE INDEX connections_gateway_once ON public.connections USING btree (((settings ->> 'endpoint'::text))) WHERE ((kind = 's3'::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX connections_one_gateway ON public.connections USING btree (service_id) WHERE ((kind = 's3'::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX connections_one_of_client ON public.connections USING btree (client_id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX connections_remote_once ON public.connections USING btree (remote) WHERE (deleted_at IS NULL);

CREATE INDEX connections_service ON public.connections USING btree (service_id);

CREATE UNIQUE INDEX connections_webhook_once ON public.connections USING btree (service_id, ((settings ->> 'url'::text))) WHERE ((kind = 'webhook'::text) AND (deleted_at IS NULL));

CREATE INDEX credentials_account ON public.credentials USING btree (account_id);

CREATE UNIQUE INDEX credentials_one_per_provider ON public.credentials USING btree (account_id, provider_id);

CREATE INDEX events_actor ON public.events USING btree (actor_id, "position" DESC);

CREATE INDEX events_feed ON public.events USING btree (transaction, "position");

CREATE INDEX events_organization ON public.events USING btree (organization_id, "position" DESC);

CREATE INDEX events_subject ON public.events USING btree (subject_id, "position" DESC) WHERE (subject_id IS DISTINCT FROM actor_id);

CREATE UNIQUE INDEX invitations_mail_proof ON public.invitations USING btree (mail_proof) WHERE (mail_proof IS NOT NULL);

CREATE INDEX invitations_newest ON public.invitations USING btree (organization_id, created_at DESC, id DESC);

CREATE INDEX invitations_of_inviter ON public.invitations USING btree (inviter_membership_id) WHERE (revoked_at IS NULL);

CREATE INDEX mails_due ON public.mails USING btree (next_attempt_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX mails_given_up ON public.mails USING btree (created_at DESC, id DESC) WHERE (given_up_at IS NOT NULL);

CREATE INDEX mails_newest ON public.mails USING btree (created_at DESC, id DESC);

CREATE INDEX mails_of_account ON public.mails USING btree (account_id);

CREATE INDEX memberships_admins ON public.memberships USING btree (organization_id) WHERE (admin AND (ended_at IS NULL));

CREATE INDEX memberships_history ON public.memberships USING btree (account_id, started_at);

CREATE INDEX memberships_history_of_organization ON public.memberships USING btree (organization_id, started_at DESC, id DESC);

CREATE INDEX memberships_newest ON public.memberships USING btree (organization_id, started_at DESC, id DESC) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX memberships_one_per_account ON public.memberships USING btree (account_id) WHERE (ended_at IS NULL);

CREATE INDEX notifications_newest ON public.notifications USING btree (account_id, at DESC, id DESC);

CREATE INDEX notifications_unread ON public.notifications USING btree (account_id) WHERE (read_at IS NULL);

CREATE INDEX openid_clients_creator ON public.openid_clients USING btree (created_by);

CREATE INDEX openid_clients_service ON public.openid_clients USING btree (service_id);

CREATE INDEX openid_consents_account ON public.openid_consents USING btree (account_id);

CREATE INDEX openid_records_account ON public.openid_records USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX openid_records_client ON public.openid_records USING btree (client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX openid_records_end ON public.openid_records USING btree (expires_at);

CREATE INDEX openid_records_grant ON public.openid_records USING btree (grant_key) WHERE (grant_key IS NOT NULL);

CREATE INDEX openid_records_session ON public.openid_records USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX openid_sign_ins_account ON public.openid_sign_ins USING btree (account_id, client_id);

CREATE INDEX openid_sign_ins_membership ON public.openid_sign_ins USING btree (membership_id) WHERE (membership_id IS NOT NULL);

CREATE INDEX openid_sign_ins_role ON public.openid_sign_ins USING btree (access_role_id) WHERE (access_role_id IS NOT NULL);

CREATE INDEX openid_sign_ins_session ON public.openid_sign_ins USING btree (session_id);

CREATE INDEX organization_names_of_organization ON public.organization_names USING btree (organization_id);

CREATE UNIQUE INDEX organization_periods_current ON public.organization_periods USING btree (organization_id) WHERE (accepted_until IS NULL);

CREATE INDEX organizations_author ON public.organizations USING btree (author_id);

CREATE INDEX organizations_by_name ON public.organizations USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX organizations_look_alikes ON public.organizations USING btree (looks_like) WHERE (state <> ALL (ARRAY['rejected'::text, 'dissolved'::text]));

CREATE UNIQUE INDEX organizations_name ON public.organizations USING btree (name_key) WHERE (state <> ALL (ARRAY['rejected'::text, 'dissolved'::text]));

CREATE INDEX organizations_newest ON public.organizations USING btree (created_at DESC, id DESC);

CREATE INDEX organizations_state ON public.organizations USING btree (state, created_at, id);

CREATE INDEX passkeys_account ON public.passkeys USING btree (account_id);

CREATE INDEX propagation_attempts_at ON public.propagation_attempts USING btree (at);

CREATE INDEX propagation_attempts_connection ON public.propagation_attempts USING btree (connection_id, id DESC);

CREATE INDEX propagation_attempts_drift ON public.propagation_attempts USING btree (connection_id, at) WHERE (outcome = 'drifted'::text);

CREATE INDEX propagations_due ON public.propagations USING btree (connection_id, ends_access DESC, next_attempt_at) WHERE (next_attempt_at IS NOT NULL);

CREATE INDEX propagations_failed ON public.propagations USING btree (connection_id) WHERE (error IS NOT NULL);

CREATE INDEX propagations_observations ON public.propagations USING btree (connection_id, next_observation_at) WHERE (next_observation_at IS NOT NULL);

CREATE UNIQUE INDEX propagations_version ON public.propagations USING btree (connection_id, version);

CREATE INDEX remote_objects_account ON public.remote_objects USING btree (account_id);

CREATE INDEX remote_objects_membership ON public.remote_objects USING btree (membership_id) WHERE (membership_id IS NOT NULL);

CREATE UNIQUE INDEX remote_objects_ours ON public.remote_objects USING btree (connection_id, kind, account_id, COALESCE(membership_id, account_id));

CREATE INDEX role_assignments_history ON public.role_assignments USING btree (organization_id, started_at);

CREATE UNIQUE INDEX role_assignments_one_per_kind ON public.role_assignments USING btree (organization_id, service_id, kind) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX role_request_parts_one_pending ON public.role_request_parts USING btree (organization_id, service_id, kind) WHERE (state = 'pending'::text);

CREATE INDEX role_request_parts_pending ON public.role_request_parts USING btree (request_id) WHERE (state = 'pending'::text);

CREATE INDEX role_requests_of_organization ON public.role_requests USING btree (organization_id, requested_at DESC, id DESC);

CREATE UNIQUE INDEX role_versions_current ON public.role_versions USING btree (role_id) WHERE (valid_until IS NULL);

CREATE INDEX role_versions_defaults ON public.role_versions USING btree (service_id, kind, valid_from) WHERE is_default;

CREATE UNIQUE INDEX role_versions_one_default ON public.role_versions USING btree (service_id, kind) WHERE ((valid_until IS NULL) AND is_default);

CREATE INDEX s3_keys_account ON public.s3_keys USING btree (account_id, service_id) WHERE (removed_at IS NULL);

CREATE INDEX s3_keys_membership ON public.s3_keys USING btree (membership_id) WHERE (ended_at IS NULL);

CREATE INDEX s3_keys_to_tell_of ON public.s3_keys USING btree (expires_at) WHERE ((ended_at IS NULL) AND (expiry_told_at IS NULL));

CREATE INDEX service_keys_service ON public.service_keys USING btree (service_id, created_at DESC);

CREATE INDEX service_keys_to_tell_of ON public.service_keys USING btree (expires_at) WHERE ((ended_at IS NULL) AND (expiry_told_at IS NULL));

CREATE INDEX sessions_account ON public.sessions USING btree (account_id);

CREATE INDEX tokens_account ON public.tokens USING btree (account_id) WHERE (ended_at IS NULL);

CREATE INDEX tokens_membership ON public.tokens USING btree (membership_id) WHERE (ended_at IS NULL);

CREATE INDEX tokens_organization ON public.tokens USING btree (organization_id, created_at DESC, id DESC) WHERE (organization_id IS NOT NULL);

CREATE INDEX tokens_to_tell_of ON public.tokens USING btree (expires_at) WHERE ((ended_at IS NULL) AND (expiry_told_at IS NULL));

CREATE INDEX tries_drained ON public.tries USING btree (drained_at);

CREATE INDEX verifications_account ON public.verifications USING btree (account_id);

CREATE INDEX verifications_identifier ON public.verifications USING btree (identifier);

CREATE INDEX verifications_made_by ON public.verifications USING btree (made_by) WHERE (made_by IS NOT NULL);

CREATE TRIGGER acceptances_accounts_are_active BEFORE INSERT ON public.acceptances FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER acceptances_after_a_removal BEFORE INSERT ON public.acceptances FOR EACH ROW WHEN ((new.state = 'joined'::text)) EXECUTE FUNCTION public.acceptances_after_a_removal();

CREATE TRIGGER accounts_address_proved AFTER UPDATE ON public.accounts FOR EACH ROW WHEN (((new.address_proved_at IS NOT NULL) AND (new.address_proved_at IS DISTINCT FROM old.address_proved_at))) EXECUTE FUNCTION public.accounts_address_proved();

CREATE TRIGGER accounts_announce AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.accounts_announce();

CREATE TRIGGER accounts_begin BEFORE INSERT ON public.accounts FOR EACH ROW WHEN ((new.email_verified AND (new.address_proved_at IS NULL))) EXECUTE FUNCTION public.accounts_begin();

CREATE TRIGGER accounts_deleted AFTER UPDATE ON public.accounts FOR EACH ROW WHEN (((new.deleted_at IS NOT NULL) AND (old.deleted_at IS NULL))) EXECUTE FUNCTION public.accounts_deleted();

CREATE TRIGGER accounts_disabled AFTER UPDATE OF disabled_at ON public.accounts FOR EACH ROW WHEN (((old.disabled_at IS NULL) <> (new.disabled_at IS NULL))) EXECUTE FUNCTION public.accounts_disabled();

CREATE TRIGGER accounts_end_links AFTER UPDATE ON public.accounts FOR EACH ROW WHEN (((new.email <> old.email) OR ((new.disabled_at IS NOT NULL) AND (old.disabled_at IS NULL)) OR (old.operator AND (NOT new.operator)))) EXECUTE FUNCTION public.accounts_end_links();

CREATE TRIGGER accounts_end_s3_keys AFTER UPDATE OF disabled_at ON public.accounts FOR EACH ROW WHEN (((new.disabled_at IS NOT NULL) AND (old.disabled_at IS NULL))) EXECUTE FUNCTION public.accounts_end_s3_keys();

CREATE TRIGGER accounts_end_tokens AFTER UPDATE OF disabled_at, operator ON public.accounts FOR EACH ROW WHEN ((((new.disabled_at IS NOT NULL) AND (old.disabled_at IS NULL)) OR (old.operator AND (NOT new.operator)))) EXECUTE FUNCTION public.accounts_end_tokens();

CREATE TRIGGER accounts_forget_mails AFTER UPDATE ON public.accounts FOR EACH ROW WHEN (((new.deleted_at IS NOT NULL) AND (old.deleted_at IS NULL))) EXECUTE FUNCTION public.accounts_forget_mails();

CREATE TRIGGER accounts_forget_unlinking BEFORE UPDATE ON public.accounts FOR EACH ROW WHEN (((new.deleted_at IS NOT NULL) AND (new.provider_unlinked_at IS NOT NULL))) EXECUTE FUNCTION public.accounts_forget_unlinking();

CREATE TRIGGER accounts_second_factor AFTER UPDATE OF two_factor_enabled ON public.accounts FOR EACH ROW WHEN ((new.two_factor_enabled AND (NOT old.two_factor_enabled))) EXECUTE FUNCTION public.accounts_second_factor();

CREATE TRIGGER accounts_stamp BEFORE UPDATE ON public.accounts FOR EACH ROW WHEN ((((new.disabled_at IS NOT NULL) AND (old.disabled_at IS NULL)) OR (new.two_factor_enabled AND (NOT old.two_factor_enabled)) OR ((new.address_proved_at IS NOT NULL) AND (new.address_proved_at IS DISTINCT FROM old.address_proved_at)))) EXECUTE FUNCTION public.accounts_stamp();

CREATE TRIGGER accounts_stamped AFTER UPDATE ON public.accounts FOR EACH ROW WHEN ((new.security_stamp IS DISTINCT FROM old.security_stamp)) EXECUTE FUNCTION public.accounts_stamped();

CREATE TRIGGER credentials_accounts_are_active BEFORE INSERT ON public.credentials FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER credentials_announce AFTER INSERT ON public.credentials FOR EACH ROW WHEN ((new.provider_id <> 'credential'::text)) EXECUTE FUNCTION public.credentials_announce();

CREATE TRIGGER credentials_begin_now BEFORE INSERT ON public.credentials FOR EACH ROW EXECUTE FUNCTION public.begins_now();

CREATE TRIGGER credentials_end_links_inserted AFTER INSERT ON public.credentials FOR EACH ROW WHEN ((new.provider_id = 'credential'::text)) EXECUTE FUNCTION public.credentials_end_links();

CREATE TRIGGER credentials_end_links_updated AFTER UPDATE OF password ON public.credentials FOR EACH ROW WHEN ((new.password IS DISTINCT FROM old.password)) EXECUTE FUNCTION public.credentials_end_links();

CREATE TRIGGER credentials_keep_a_way_in AFTER DELETE ON public.credentials FOR EACH ROW EXECUTE FUNCTION public.accounts_keep_a_way_in();

CREATE TRIGGER credentials_stamp_deleted AFTER DELETE ON public.credentials FOR EACH ROW EXECUTE FUNCTION public.credentials_stamp();

CREATE TRIGGER credentials_stamp_inserted AFTER INSERT ON public.credentials FOR EACH ROW WHEN ((new.provider_id = 'credential'::text)) EXECUTE FUNCTION public.credentials_stamp();

CREATE TRIGGER credentials_stamp_updated AFTER UPDATE OF password ON public.credentials FOR EACH ROW WHEN ((new.password IS DISTINCT FROM old.password)) EXECUTE FUNCTION public.credentials_stamp();

CREATE TRIGGER events_are_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_are_append_only();

CREATE TRIGGER events_notify AFTER INSERT ON public.events REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.events_notify();

CREATE TRIGGER events_signal_changes AFTER INSERT ON public.events REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.events_signal_changes();

CREATE TRIGGER events_tokens_are_usable BEFORE INSERT ON public.events FOR EACH ROW WHEN ((new.token_id IS NOT NULL)) EXECUTE FUNCTION public.events_tokens_are_usable();

CREATE TRIGGER mails_forget AFTER UPDATE ON public.mails FOR EACH ROW WHEN (((new.template = 'account_deleted'::text) AND ((new.sent_at IS NOT NULL) OR (new.given_up_at IS NOT NULL)))) EXECUTE FUNCTION public.mails_forget();

CREATE TRIGGER memberships_accounts_are_active BEFORE INSERT ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER memberships_admins_are_active BEFORE INSERT OR UPDATE OF admin ON public.memberships FOR EACH ROW WHEN ((new.admin AND (new.ended_at IS NULL))) EXECUTE FUNCTION public.memberships_admins_are_active();

CREATE TRIGGER memberships_end_s3_keys AFTER UPDATE ON public.memberships REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_end_s3_keys();

CREATE TRIGGER memberships_end_tokens AFTER UPDATE ON public.memberships REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_end_tokens();

CREATE TRIGGER memberships_inserted AFTER INSERT ON public.memberships REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_inserted();

CREATE TRIGGER memberships_updated AFTER UPDATE ON public.memberships REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_updated();

CREATE TRIGGER notifications_mail AFTER INSERT ON public.notifications REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.notifications_mail();

CREATE TRIGGER organizations_accepted_inserted AFTER INSERT ON public.organizations FOR EACH ROW WHEN ((new.state = 'accepted'::text)) EXECUTE FUNCTION public.organizations_accepted();

CREATE TRIGGER organizations_accepted_updated AFTER UPDATE OF state ON public.organizations FOR EACH ROW WHEN (((old.state <> new.state) AND (('accepted'::text = old.state) OR ('accepted'::text = new.state)))) EXECUTE FUNCTION public.organizations_accepted();

CREATE TRIGGER organizations_counted BEFORE UPDATE OF state, name, country, description, address, city, postal_code, website, tax_id, wanted_name, wanted_tax_id, wanted_at ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.organizations_counted();

CREATE TRIGGER organizations_end_tokens AFTER UPDATE OF state ON public.organizations FOR EACH ROW WHEN (((old.state = 'accepted'::text) AND (new.state <> 'accepted'::text))) EXECUTE FUNCTION public.organizations_end_tokens();

CREATE TRIGGER organizations_ended AFTER UPDATE OF state ON public.organizations FOR EACH ROW WHEN (((new.state = ANY (ARRAY['rejected'::text, 'dissolved'::text])) AND (old.state <> ALL (ARRAY['rejected'::text, 'dissolved'::text])))) EXECUTE FUNCTION public.organizations_ended();

CREATE CONSTRAINT TRIGGER organizations_have_an_admin AFTER INSERT OR UPDATE ON public.organizations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.admin_count < 1) AND (new.state <> ALL (ARRAY['rejected'::text, 'dissolved'::text])))) EXECUTE FUNCTION public.organizations_have_an_admin();

CREATE TRIGGER organizations_named_inserted AFTER INSERT ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.organizations_named();

CREATE TRIGGER organizations_named_updated AFTER UPDATE OF state, name_key, wanted_name_key ON public.organizations FOR EACH ROW WHEN ((((old.state IS DISTINCT FROM new.state) OR (old.name_key IS DISTINCT FROM new.name_key)) OR (old.wanted_name_key IS DISTINCT FROM new.wanted_name_key))) EXECUTE FUNCTION public.organizations_named();

CREATE TRIGGER organizations_names_locked_inserted BEFORE INSERT ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.organizations_names_locked();

CREATE TRIGGER organizations_names_locked_updated BEFORE UPDATE OF state, name_key, wanted_name_key ON public.organizations FOR EACH ROW WHEN (((old.state IS DISTINCT FROM new.state) OR (old.name_key IS DISTINCT FROM new.name_key) OR (old.wanted_name_key IS DISTINCT FROM new.wanted_name_key))) EXECUTE FUNCTION public.organizations_names_locked();

CREATE TRIGGER passkeys_accounts_are_active BEFORE INSERT ON public.passkeys FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER passkeys_announce AFTER INSERT ON public.passkeys FOR EACH ROW EXECUTE FUNCTION public.passkeys_announce();

CREATE TRIGGER passkeys_begin_now BEFORE INSERT ON public.passkeys FOR EACH ROW EXECUTE FUNCTION public.begins_now();

CREATE TRIGGER passkeys_keep_a_way_in AFTER DELETE ON public.passkeys FOR EACH ROW EXECUTE FUNCTION public.accounts_keep_a_way_in();

CREATE TRIGGER passkeys_stamp_deleted AFTER DELETE ON public.passkeys FOR EACH ROW EXECUTE FUNCTION public.credentials_stamp();

CREATE TRIGGER s3_keys_accounts_are_active BEFORE INSERT ON public.s3_keys FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER s3_keys_are_limited AFTER INSERT ON public.s3_keys FOR EACH ROW EXECUTE FUNCTION public.s3_keys_are_limited();

CREATE TRIGGER service_keys_are_limited AFTER INSERT ON public.service_keys FOR EACH ROW EXECUTE FUNCTION public.service_keys_are_limited();

CREATE TRIGGER sessions_begin BEFORE INSERT ON public.sessions FOR EACH ROW EXECUTE FUNCTION public.sessions_begin();

CREATE TRIGGER sessions_signal_ends AFTER DELETE ON public.sessions REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION public.sessions_signal_ends();

CREATE TRIGGER tokens_accounts_are_active BEFORE INSERT ON public.tokens FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER tokens_are_limited AFTER INSERT ON public.tokens FOR EACH ROW EXECUTE FUNCTION public.tokens_are_limited();

CREATE TRIGGER two_factors_accounts_are_active BEFORE INSERT ON public.two_factors FOR EACH ROW EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER verifications_accounts_are_active BEFORE INSERT ON public.verifications FOR EACH ROW WHEN ((new.account_id IS NOT NULL)) EXECUTE FUNCTION public.account_is_active();

CREATE TRIGGER verifications_begin BEFORE INSERT ON public.verifications FOR EACH ROW EXECUTE FUNCTION public.verifications_begin();

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES public.invitations(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.account_disablings
    ADD CONSTRAINT account_disablings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.openid_clients(id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_inviter_membership_id_fkey FOREIGN KEY (inviter_membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.openid_clients
    ADD CONSTRAINT openid_clients_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.openid_clients
    ADD CONSTRAINT openid_clients_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.openid_consents
    ADD CONSTRAINT openid_consents_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.openid_consents
    ADD CONSTRAINT openid_consents_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.openid_clients(id);

ALTER TABLE ONLY public.openid_records
    ADD CONSTRAINT openid_records_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.openid_records
    ADD CONSTRAINT openid_records_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.openid_clients(id);

ALTER TABLE ONLY public.openid_sign_ins
    ADD CONSTRAINT openid_sign_ins_access_role_id_fkey FOREIGN KEY (access_role_id) REFERENCES public.roles(id);

ALTER TABLE ONLY public.openid_sign_ins
    ADD CONSTRAINT openid_sign_ins_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.openid_sign_ins
    ADD CONSTRAINT openid_sign_ins_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.openid_clients(id);

ALTER TABLE ONLY public.openid_sign_ins
    ADD CONSTRAINT openid_sign_ins_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.organization_names
    ADD CONSTRAINT organization_names_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.organization_periods
    ADD CONSTRAINT organization_periods_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_wanted_by_fkey FOREIGN KEY (wanted_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.propagation_attempts
    ADD CONSTRAINT propagation_attempts_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.connections(id);

ALTER TABLE ONLY public.propagations
    ADD CONSTRAINT propagations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.propagations
    ADD CONSTRAINT propagations_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.connections(id);

ALTER TABLE ONLY public.remote_objects
    ADD CONSTRAINT remote_objects_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.remote_objects
    ADD CONSTRAINT remote_objects_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.connections(id);

ALTER TABLE ONLY public.remote_objects
    ADD CONSTRAINT remote_objects_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.role_requests(id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.role_assignments
    ADD CONSTRAINT role_assignments_role_id_service_id_kind_fkey FOREIGN KEY (role_id, service_id, kind) REFERENCES public.roles(id, service_id, kind);

ALTER TABLE ONLY public.role_request_parts
    ADD CONSTRAINT role_request_parts_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.role_request_parts
    ADD CONSTRAINT role_request_parts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.role_request_parts
    ADD CONSTRAINT role_request_parts_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.role_requests(id);

ALTER TABLE ONLY public.role_request_parts
    ADD CONSTRAINT role_request_parts_role_id_service_id_kind_fkey FOREIGN KEY (role_id, service_id, kind) REFERENCES public.roles(id, service_id, kind);

ALTER TABLE ONLY public.role_requests
    ADD CONSTRAINT role_requests_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.role_requests
    ADD CONSTRAINT role_requests_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.role_requests
    ADD CONSTRAINT role_requests_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.role_versions
    ADD CONSTRAINT role_versions_role_id_service_id_kind_fkey FOREIGN KEY (role_id, service_id, kind) REFERENCES public.roles(id, service_id, kind);

ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.s3_keys
    ADD CONSTRAINT s3_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.s3_keys
    ADD CONSTRAINT s3_keys_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.s3_keys
    ADD CONSTRAINT s3_keys_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.service_keys
    ADD CONSTRAINT service_keys_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.two_factors
    ADD CONSTRAINT two_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id) ON DELETE CASCADE;
