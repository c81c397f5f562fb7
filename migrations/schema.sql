-- The whole schema after all migrations, by pg_dump. A test compares it; UPDATE_SCHEMA=1 rewrites it.

CREATE FUNCTION public.accounts_announce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into events (kind, actor_id, subject_id) values ('account_registered', new.id, new.id);
  return null;
end $$;

CREATE FUNCTION public.events_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'events are append-only' using errcode = '23514', constraint = 'events_are_append_only';
end $$;

CREATE FUNCTION public.memberships_inserted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update organizations o
  set member_count = o.member_count + change.members, admin_count = o.admin_count + change.admins
  from (
    select organization_id, count(*) as members, count(*) filter (where admin) as admins
    from after where ended_at is null group by organization_id
  ) change
  where o.id = change.organization_id;
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

CREATE FUNCTION public.organizations_ended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update memberships set ended_at = now(), ended_reason = 'organization_' || new.state
  where organization_id = new.id and ended_at is null;
  update acceptances set state = 'declined', decided_at = now()
  where organization_id = new.id and state = 'awaiting_approval';
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
    CONSTRAINT accounts_country_check CHECK ((length(country) = 2)),
    CONSTRAINT accounts_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT accounts_first_name_check CHECK (((length(first_name) >= 1) AND (length(first_name) <= 80))),
    CONSTRAINT accounts_last_name_check CHECK (((length(last_name) >= 1) AND (length(last_name) <= 80)))
);

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

CREATE TABLE public.events (
    "position" bigint NOT NULL,
    transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    actor_id uuid,
    subject_id uuid,
    organization_id uuid,
    invitation_id uuid,
    details jsonb DEFAULT '{}'::jsonb NOT NULL
);

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
    CONSTRAINT invitations_check CHECK (((uses_spent >= 0) AND (uses_spent <= uses))),
    CONSTRAINT invitations_check1 CHECK (((bound_email IS NULL) OR (bound_domain IS NULL))),
    CONSTRAINT invitations_check2 CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT invitations_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['by_admin'::text, 'inviter_lost_admin_privileges'::text]))),
    CONSTRAINT invitations_uses_check CHECK (((uses >= 1) AND (uses <= 1000)))
);

CREATE TABLE public.memberships (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    admin boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_reason text,
    CONSTRAINT memberships_check CHECK (((ended_at IS NULL) = (ended_reason IS NULL))),
    CONSTRAINT memberships_ended_reason_check CHECK ((ended_reason = ANY (ARRAY['left'::text, 'removed'::text, 'organization_rejected'::text, 'organization_dissolved'::text])))
);

CREATE TABLE public.migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

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
    CONSTRAINT organizations_admin_count_check CHECK ((admin_count >= 0)),
    CONSTRAINT organizations_check CHECK ((member_count >= admin_count)),
    CONSTRAINT organizations_country_check CHECK ((length(country) = 2)),
    CONSTRAINT organizations_description_check CHECK (((length(description) >= 1) AND (length(description) <= 2000))),
    CONSTRAINT organizations_name_check CHECK (((length(name) >= 3) AND (length(name) <= 120))),
    CONSTRAINT organizations_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'changes_requested'::text, 'accepted'::text, 'suspended'::text, 'rejected'::text, 'dissolved'::text])))
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.site (
    single_row boolean DEFAULT true NOT NULL,
    secret_fingerprint text NOT NULL,
    setup_nonce text NOT NULL,
    setup_claimed_at timestamp with time zone,
    CONSTRAINT site_single_row_check CHECK (single_row)
);

CREATE TABLE public.verifications (
    id uuid NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.wrong_codes (
    key text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    tries integer DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_once_per_account UNIQUE (invitation_id, account_id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_email_key UNIQUE (email);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_key UNIQUE (token);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (single_row);

ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wrong_codes
    ADD CONSTRAINT wrong_codes_pkey PRIMARY KEY (key);

CREATE INDEX acceptances_newest ON public.acceptances USING btree (organization_id, at DESC, id DESC);

CREATE UNIQUE INDEX acceptances_one_waiting ON public.acceptances USING btree (account_id) WHERE (state = 'awaiting_approval'::text);

CREATE INDEX accounts_newest ON public.accounts USING btree (created_at DESC, id DESC);

CREATE INDEX credentials_account ON public.credentials USING btree (account_id);

CREATE INDEX events_actor ON public.events USING btree (actor_id, "position" DESC);

CREATE INDEX events_feed ON public.events USING btree (transaction, "position");

CREATE INDEX events_organization ON public.events USING btree (organization_id, "position" DESC);

CREATE INDEX events_subject ON public.events USING btree (subject_id, "position" DESC);

CREATE INDEX invitations_newest ON public.invitations USING btree (organization_id, created_at DESC, id DESC);

CREATE INDEX invitations_of_inviter ON public.invitations USING btree (inviter_membership_id) WHERE (revoked_at IS NULL);

CREATE INDEX memberships_newest ON public.memberships USING btree (organization_id, started_at DESC, id DESC) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX memberships_one_per_account ON public.memberships USING btree (account_id) WHERE (ended_at IS NULL);

CREATE INDEX organizations_author ON public.organizations USING btree (author_id);

CREATE INDEX organizations_by_name ON public.organizations USING btree (name_key, id);

CREATE UNIQUE INDEX organizations_name ON public.organizations USING btree (name_key) WHERE (state <> ALL (ARRAY['rejected'::text, 'dissolved'::text]));

CREATE INDEX organizations_newest ON public.organizations USING btree (created_at DESC, id DESC);

CREATE INDEX organizations_state ON public.organizations USING btree (state, created_at, id);

CREATE INDEX sessions_account ON public.sessions USING btree (account_id);

CREATE INDEX verifications_identifier ON public.verifications USING btree (identifier);

CREATE TRIGGER accounts_announce AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.accounts_announce();

CREATE TRIGGER events_are_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_are_append_only();

CREATE TRIGGER memberships_inserted AFTER INSERT ON public.memberships REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_inserted();

CREATE TRIGGER memberships_updated AFTER UPDATE ON public.memberships REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.memberships_updated();

CREATE TRIGGER organizations_ended AFTER UPDATE OF state ON public.organizations FOR EACH ROW WHEN (((new.state = ANY (ARRAY['rejected'::text, 'dissolved'::text])) AND (old.state <> ALL (ARRAY['rejected'::text, 'dissolved'::text])))) EXECUTE FUNCTION public.organizations_ended();

CREATE CONSTRAINT TRIGGER organizations_have_an_admin AFTER INSERT OR UPDATE ON public.organizations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.admin_count < 1) AND (new.state <> ALL (ARRAY['rejected'::text, 'dissolved'::text])))) EXECUTE FUNCTION public.organizations_have_an_admin();

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES public.invitations(id);

ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_inviter_membership_id_fkey FOREIGN KEY (inviter_membership_id) REFERENCES public.memberships(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;
