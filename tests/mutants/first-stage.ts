// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { type Mutant, type Mutants, migrations } from './mutant'

const acceptances = 'src/membership/invitations/acceptance-store.ts'
const lock = 'src/platform/access/admin.ts'
const memberships = 'src/membership/memberships/store.ts'
const entitlements = 'src/roles/entitlements/store.ts'
const requests = 'src/roles/role-requests/store.ts'
const batches = 'src/platform/db/batching/reads.ts'
const batchStories = 'src/platform/db/batching/reads.story.test.ts'
const batcher = 'src/platform/db/batching/batcher.ts'
const saves = 'src/platform/db/batching/writes.ts'
const saveStories = 'src/platform/db/batching/writes.story.test.ts'
const accepting = 'tests/races/accepting.race.test.ts'
const lastAdmin = 'tests/races/last-admin.race.test.ts'
const roleRaces = 'tests/races/roles.race.test.ts'
const holdingStories = 'src/roles/entitlements/routes.test.ts'
const requestStories = 'src/roles/role-requests/routes.test.ts'
const history: Mutant['test'] = ['src/roles/entitlements/history.story.test.ts', 'random histories']
const limits = 'src/platform/limits/limits.story.test.ts'
const secrets = 'src/cli/secrets.story.test.ts'
const server = 'src/platform/http/server.ts'
const invitationRules = 'src/membership/invitations/rules.ts'
const invitationRoutes = 'src/membership/invitations/routes.ts'
const invitationSchema = 'src/membership/invitations/schema.ts'
const invitations = 'src/membership/invitations/store.ts'
const invitationStories = 'src/membership/invitations/routes.test.ts'
const codeTests = 'src/platform/invitation-codes/code.test.ts'
const accounts = 'src/identity/accounts/store.ts'
const accountRules = 'src/identity/accounts/rules.ts'
const ownAccount = 'src/membership/me/store.ts'
const ownAccountStories = 'src/membership/me/routes.test.ts'
const accessStories = 'src/platform/http/access.story.test.ts'
const inputStories = 'src/platform/http/input.story.test.ts'
const access = 'src/platform/access/admit.ts'
const mailStories = 'src/messaging/mails/outbox.story.test.ts'
const auth = 'src/identity/authentication/auth.ts'
const passkeyStories = 'src/identity/passkeys/routes.test.ts'
const secondFactorStories = 'src/identity/second-factors/routes.test.ts'
const providerStories = 'src/identity/upstream-provider/routes.test.ts'

const ending = 'tests/races/ending.race.test.ts'
const canary: Mutant['test'] = ['tests/canary/canary.race.test.ts', 'no code, password or token']

/** An account is linked by its address alone, though no one has proved it. */
const wordIsProof: [string, string, string] = [
  'src/identity/authentication/provider-sign-in.ts',
  '(await mayBeLinkedUnasked(db, String(user.id)))',
  'Boolean(mayBeLinkedUnasked)',
]

export const firstStageMutants: Mutants = {
  'a code lets in more than it has uses': {
    edits: [
      [acceptances, ' and i.uses_spent + uses.count <= i.uses\n', '\n'],
      [migrations.invitations, 'check (uses_spent between 0 and uses)', 'check (uses_spent >= 0)'],
    ],
    test: [accepting, '100 people on one code of 1 uses'],
  },
  'a code of ten uses lets in more': {
    edits: [
      [acceptances, ' and i.uses_spent + uses.count <= i.uses\n', '\n'],
      [migrations.invitations, 'check (uses_spent between 0 and uses)', 'check (uses_spent >= 0)'],
    ],
    test: [accepting, '100 people on one code of 10 uses'],
  },
  'an account may be in several organizations': {
    edits: [
      [
        migrations.memberships,
        'create unique index memberships_one_per_account',
        'create index memberships_one_per_account',
      ],
    ],
    test: [accepting, 'one person with 50 codes'],
  },
  'an account may be in several organizations (creating)': {
    edits: [
      [
        migrations.memberships,
        'create unique index memberships_one_per_account',
        'create index memberships_one_per_account',
      ],
    ],
    test: [accepting, 'one person creating 10'],
  },
  'repeating an acceptance is no longer recognized': {
    edits: [
      [
        'src/membership/invitations/rules.ts',
        "if (mine?.state === 'joined' && mine.member) return",
        "if (mine?.state === 'never' as never) return",
      ],
    ],
    test: [accepting, 'one person accepting one code 20 times'],
  },
  'a revoked invitation can still be claimed': {
    edits: [[acceptances, 'and i.revoked_at is null and i.expires_at', 'and i.expires_at']],
    test: [accepting, 'accepting against revoking'],
  },
  'a suspended organization can still be joined': {
    edits: [[acceptances, "'change', ['accepted']", "'change', ['accepted', 'suspended']"]],
    test: [accepting, 'accepting against suspending'],
  },
  'joining does not lock the organization': {
    edits: [
      [
        acceptances,
        "lockedOrganizations(sql`select \"organizationId\" from input`, 'change', ['accepted'])",
        "sql`org as materialized (select id from organizations where state = 'accepted')`",
      ],
      [acceptances, 'and i.revoked_at is null and i.expires_at', 'and i.expires_at'],
    ],
    test: [accepting, 'accepting against dissolving'],
  },
  'invitations outlive their maker’s privileges (demoted)': {
    edits: [
      [
        migrations.memberships,
        'where i.inviter_membership_id = after.id',
        'where false and i.inviter_membership_id = after.id',
      ],
    ],
    test: [accepting, 'accepting against demoting the inviter'],
  },
  'invitations outlive their maker’s membership (removed)': {
    edits: [
      [
        migrations.memberships,
        'where i.inviter_membership_id = after.id',
        'where false and i.inviter_membership_id = after.id',
      ],
    ],
    test: [accepting, 'accepting against removing the inviter'],
  },
  'inviting does not check again who invites': {
    edits: [
      [
        migrations.memberships,
        'where i.inviter_membership_id = after.id',
        'where false and i.inviter_membership_id = after.id',
      ],
    ],
    test: [accepting, 'an invitation created while its inviter is removed'],
  },
  'two approvals make two memberships': {
    edits: [
      [
        migrations.memberships,
        'create unique index memberships_one_per_account',
        'create index memberships_one_per_account',
      ],
      [
        acceptances,
        " and x.state = 'awaiting_approval'\n      returning x.id, x.organization_id",
        '\n      returning x.id, x.organization_id',
      ],
    ],
    test: [accepting, 'two admins approving'],
  },
  'a sole member dissolves although another person has joined': {
    edits: [['src/membership/organizations/decisions-store.ts', ' and member_count = 1 and admin_count = 1', '']],
    test: [lastAdmin, 'the sole member dissolving'],
  },
  ...Object.fromEntries(
    lastAdminPairs().map((pair) => [
      `nothing but the rule keeps the last admin (${pair})`,
      {
        edits: [
          [
            migrations.organizations,
            "when (new.admin_count < 1 and new.state not in ('rejected', 'dissolved'))",
            'when (false)',
          ],
          ...unguarded(),
        ],
        test: [lastAdmin, `${pair}: never without an admin`],
      },
    ]),
  ),
  'the one-time link makes several operators': {
    edits: [
      ['src/identity/site/store.ts', 'from site where setup_claimed_at is null for update', 'from site for update'],
    ],
    test: ['tests/races/setting-up.race.test.ts', 'twenty people'],
  },
  'an expired invitation is accepted': {
    edits: [
      ['src/membership/invitations/store.ts', "when i.expires_at <= now() then 'expired'", "when false then 'expired'"],
    ],
    test: [invitationStories, 'an expired code is refused'],
  },
  'wrong codes are not counted': {
    edits: [
      [invitationRules, "wait > 0 ? undefined : ('invitationCode' as const)", 'wait > 0 ? undefined : undefined'],
    ],
    test: [invitationStories, 'is limited per account'],
  },
  'wrong codes are counted where no limit reads them': {
    edits: [[acceptances, "countersOf('invitationCode'", "countersOf('confirmPassword'"]],
    test: [invitationStories, 'is limited per account'],
  },
  'a read in a batch gets the result of another': {
    edits: [[batches, '      return rows\n', '      return rows.toReversed()\n']],
    test: [batchStories, 'each gets its own result'],
  },
  'one impossible value spoils the answers of all': {
    edits: [[batches, 'if (isAboutValues(error)) return', 'if (!isAboutValues(error)) return']],
    test: [batchStories, 'does the others no harm'],
  },
  'who asks later waits for a stuck batch': {
    edits: [[batcher, 'this.timer ??= setTimeout(() => this.flush(), maxWaitMs)', '']],
    test: [batchStories, 'but not for ever'],
  },
  'a save in a batch gets the result of another': {
    edits: [[saves, 'saved.get(input.id)', '[...saved.values()][batch.indexOf(input)]']],
    test: [saveStories, 'each gets its own result'],
  },
  'who finds too little together gets nothing': {
    edits: [[saves, 'saved.get(input.id) ?? single(input)', 'saved.get(input.id)!']],
    test: [saveStories, 'as many are saved as there is for'],
  },
  'one save that may not be spoils those of all': {
    edits: [[saves, 'if (isAboutOneRow(error))', 'if (!isAboutOneRow(error))']],
    test: [saveStories, 'may not does the others no harm'],
  },
  'a save that waits for a lock holds up the others': {
    edits: [[saves, "'50ms'", "'0'"]],
    test: [saveStories, 'waits alone'],
  },
  'several organizations are locked in any order': {
    edits: [[lock, '    order by id ${lock', '    order by id desc ${lock']],
    test: ['src/platform/access/admin.story.test.ts', 'in the order of their ids'],
  },
  'an invitation for one address lets in others': {
    edits: [['src/membership/invitations/rules.ts', '  mustBeFor(invitation, actor)\n', '']],
    test: [invitationStories, 'lets in only its confirmed holder'],
  },
  'a removed member comes back by the same code': {
    edits: [
      ['src/membership/invitations/rules.ts', "  if (mine) throw new Problem('invitation_used_by_you')\n", ''],
      [
        migrations.invitations,
        'constraint acceptances_once_per_account unique (invitation_id, account_id)',
        'check (true)',
      ],
    ],
    test: [invitationStories, 'a member who was removed'],
  },
  'a disabled account signs in with a passkey': {
    edits: [
      [
        'src/identity/authentication/security-stamp-adapter.ts',
        "model: 'user', where, update })) !== 1",
        "model: 'user', where, update })) > 1",
      ],
      [
        migrations.signIn,
        "disabled_at is null for share;\n  if not found then\n    raise exception 'a disabled account is signed",
        "true for share;\n  if not found then\n    raise exception 'a disabled account is signed",
      ],
    ],
    test: [passkeyStories, 'of a disabled account'],
  },
  'a passkey is taken without user verification': {
    edits: [[auth, 'if (!info?.userVerified) throw', 'if (info === null) throw']],
    test: [passkeyStories, 'no user verification'],
  },
  'a code is compared with the account that is already signed in': {
    edits: [['src/identity/second-factors/routes.ts', 'headers: challenge.headers', 'headers: caller.headers']],
    test: [secondFactorStories, 'belongs to the account of the password'],
  },
  'a new second factor leaves other devices signed in': {
    edits: [[migrations.accounts, '    or (new.two_factor_enabled and not old.two_factor_enabled)\n', '']],
    test: [secondFactorStories, 'ends every other session'],
  },
  'a second factor is removed without the password': {
    edits: [['src/identity/second-factors/routes.ts', 'await passwordOf.verify({ hash, password })', 'true']],
    test: [secondFactorStories, 'takes the password, and then'],
  },
  'an operator removes their own second factor without the password': {
    edits: [
      [
        'src/identity/second-factors/routes.ts',
        'mustBeAnother(account, input.accountId, actor.id)',
        "mustBeAnother(account, input.accountId, '')",
      ],
    ],
    test: [secondFactorStories, 'by an operator requires a reason'],
  },
  'an address that the provider has not verified makes an account': {
    edits: [
      [
        'src/identity/authentication/provider-sign-in.ts',
        "if (source.action !== 'sign-in' && !verified)",
        'if (!source)',
      ],
    ],
    test: [providerStories, 'is refused at the first time where the address is not verified there'],
  },
  'an identity is linked to an account that has not confirmed its address': {
    edits: [
      [auth, 'updateAccountOnSignIn: false', 'accountLinking: { requireLocalEmailVerified: false }'],
      wordIsProof,
    ],
    test: [providerStories, 'is not linked if its own address is not confirmed'],
  },
  'an address that only an operator confirmed links an identity with it': {
    edits: [wordIsProof],
    test: [providerStories, 'is not linked if only an operator confirmed the address'],
  },
  'signing in through the provider can be started any number of times': {
    edits: [['src/identity/upstream-provider/routes.ts', "    await count(db, 'startProviderSignIn', caller)\n", '']],
    test: [providerStories, 'whose provider is down starts'],
  },
  'another subject with the address gets the account': {
    edits: [
      [
        migrations.signIn,
        'create unique index credentials_one_per_provider',
        'create index credentials_one_per_provider',
      ],
    ],
    test: [providerStories, 'is not linked to a second subject'],
  },
  'the provider’s tokens are kept': {
    edits: [[auth, '{ data: noTokens }', '{ data: {} }']],
    test: [providerStories, 'makes an account at the first time'],
  },
  'the last way to sign in is unlinked': {
    edits: [
      [
        'src/identity/upstream-provider/routes.ts',
        '      mustHaveAnother({ ...methods, providers: [] }, context)\n',
        '',
      ],
      [
        migrations.signIn,
        'for each row execute function accounts_keep_a_way_in',
        'for each row when (false) execute function accounts_keep_a_way_in',
      ],
    ],
    test: [providerStories, 'is not undone where nothing else is left'],
  },
  'the counts of admins drift': {
    edits: [[migrations.memberships, 'sum(admin::int)::int as admins', 'count(*)::int as admins']],
    test: ['tests/model/model.story.test.ts', 'random histories'],
  },
  'two processes send one mail twice': {
    edits: [
      ['src/messaging/mails/store.ts', ' for update skip locked', ''],
      ['src/messaging/mails/store.ts', ' and (claimed_until is null or claimed_until <= now())', ''],
    ],
    test: ['tests/races/mails.race.test.ts', 'each mail goes out once'],
  },
  'anyone can flood an address with mails': {
    edits: [['src/messaging/mails/outbox.ts', 'and (select passed from counted where key = ${counter.key})', '']],
    test: [mailStories, 'of mails that anyone can trigger'],
  },
  'an unconfirmed address gets mails about what its account does': {
    edits: [
      ['src/messaging/mails/outbox.ts', '(select * from ${change} where confirmed)', '(select * from ${change})'],
    ],
    test: [mailStories, 'gets no mail about the account’s actions'],
  },
  'what one account does again and again is mailed each time': {
    edits: [
      [
        'src/messaging/mails/outbox.ts',
        "template === 'invitation' ?",
        "template === 'invitation' || template === 'password_changed' ?",
      ],
    ],
    test: [mailStories, 'of mails caused by one account'],
  },
  'what a mail says of its link is by the server’s clock': {
    edits: [
      [
        'src/platform/access/one-time-links.ts',
        "export const linkDetails: Sql = sql`(select jsonb_build_object('expiresAt', expires_at,",
        "export const linkDetails: Sql = sql`(select jsonb_build_object('expiresAt', ${new Date(Date.now() + 3600_000).toISOString()}::text,",
      ],
    ],
    test: ['tests/races/clocks.race.test.ts', 'links that are asked for at a server'],
  },
  'a revoked invitation is mailed': {
    edits: [['src/messaging/mails/store.ts', "'invitationId')::uuid and ${isPending}", "'invitationId')::uuid"]],
    test: [mailStories, 'it is not mailed once it was revoked or used up'],
  },
  'a link that a new password has ended is mailed': {
    edits: [
      ['src/platform/access/one-time-links.ts', "expires_at, 'linkId', id) from linked", 'expires_at) from linked'],
    ],
    test: [mailStories, 'it is not mailed once a new password has ended it'],
  },
  'what tells of an account goes to an address that it no longer has': {
    edits: [
      ['src/messaging/mails/store.ts', 'a.id = m.account_id and a.email <> m.address', 'a.id = m.account_id and false'],
    ],
    test: [mailStories, 'it does not go to an address that the account no longer has'],
  },
  'what strangers set off uses up the mails that the holder asks for': {
    edits: [
      [
        'src/messaging/mails/outbox.ts',
        "sql`'mail ' || ${template}::text || ' to ' || ${address}::text`",
        "sql`'mail to ' || ${address}::text`",
      ],
    ],
    test: [mailStories, 'does not keep a person from a new password'],
  },
  'links that others have sent to an address use up those of its holder': {
    edits: [[ownAccount, "email === actor.email ? 'confirm_address' : 'confirm_new_address'", "'confirm_address'"]],
    test: [mailStories, 'does not keep its holder from registering'],
  },
  'mails of notifications have no limit': {
    edits: [[migrations.notificationMails, 'count_try(w.counter, l.most, l.seconds)', 'true']],
    test: ['src/messaging/notifications/routes.test.ts', 'are limited per account that causes them'],
  },
  'many notifications of one statement are mailed beyond the limit': {
    edits: [
      [
        migrations.notificationMails,
        'or count_try(w.counter, l.most, l.seconds)',
        'or row_number() over (partition by w.counter) > 1 or count_try(w.counter, l.most, l.seconds)',
      ],
    ],
    test: [mailStories, 'ends so too where one statement has many'],
  },
  'invitations by mail have no limit': {
    edits: [['src/membership/invitations/store.ts', 'where (select bool_and(passed) from counted)', '']],
    test: ['src/membership/invitations/mailing.story.test.ts', 'where all of them were let through'],
  },
  'names are not escaped in mails': {
    edits: [['src/platform/html.ts', '.replace(/[&<>"\']/g, (character) => escapes[character]!)', '']],
    test: [mailStories, 'with names in it that are inert'],
  },
  'a secret outlives its mail': {
    edits: [
      [migrations.mails, 'check (secret_sealed is null or (sent_at is null and given_up_at is null))', 'check (true)'],
      [
        'src/messaging/mails/store.ts',
        'claimed_until = null, secret_sealed = null, last_error',
        'claimed_until = null, last_error',
      ],
    ],
    test: [mailStories, 'reset_password'],
  },
  'mails come that were not wanted': {
    edits: [[migrations.notificationMails, 'p.programs end, true)', 'p.programs end, true) is not null']],
    test: ['src/messaging/notifications/routes.test.ts', 'come of those kinds only'],
  },
  'handing over forgets to grant': {
    edits: [[memberships, 'set admin = m.admin or m.id =', 'set admin = m.admin and m.id <>']],
    test: ['src/membership/memberships/routes.test.ts', 'is one step: the successor is admin'],
  },
  'a default is held since before one registered': {
    edits: [[entitlements, 'greatest(entitled.since, ${defaultSince})', '${defaultSince}']],
    test: history,
  },
  'editing a description restarts a default': {
    edits: [[entitlements, 'n.valid_from < v.valid_from and not n.is_default', 'n.valid_from < v.valid_from']],
    test: history,
  },
  'a role is held since before one joined': {
    edits: [[entitlements, 'greatest(a.started_at, member_of.member_since)', 'a.started_at']],
    test: history,
  },
  'the end of a role is not shown': {
    edits: [[entitlements, 'a.expires_at as until', 'null::timestamptz as until']],
    test: ['src/roles/entitlements/routes.test.ts', 'with an end date they end when it comes'],
  },
  'a past role has its present name': {
    edits: [
      [
        entitlements,
        'v on v.role_id = r.id and ${held(sql`v.valid_from`, sql`v.valid_until`, sql`as_of.at`)}',
        'v on v.role_id = r.id and v.valid_until is null',
      ],
    ],
    test: history,
  },
  'a role is shown as requested by another person': {
    edits: [[entitlements, 'on requester.id = a.requested_by', 'on requester.id = a.granted_by']],
    test: history,
  },
  'an event calls a role by another name': {
    edits: [['src/roles/services/store.ts', "'name', v.name) as role`", "'name', r.key) as role`"]],
    test: history,
  },
  'a role outlives the membership': {
    edits: [[entitlements, 'and ${held(sql`m.started_at`, sql`m.ended_at`, at)}', 'and m.started_at <= ${at}']],
    test: [holdingStories, 'requested together'],
  },
  'a suspended organization passes its roles on': {
    edits: [
      [
        entitlements,
        'join as_of on ${held(sql`p.accepted_from`, sql`p.accepted_until`, sql`as_of.at`)}',
        'join as_of on true',
      ],
    ],
    test: [holdingStories, 'pause with suspension'],
  },
  'a role is held after its end': {
    edits: [[entitlements, ' and (a.expires_at is null or a.expires_at > as_of.at)', '']],
    test: [holdingStories, 'with an end date'],
  },
  'a default takes precedence over the organization’s role': {
    edits: [[entitlements, 'order by service_id, kind, precedence', 'order by service_id, kind, precedence desc']],
    test: [holdingStories, 'requested together'],
  },
  'one part of a request is decided twice': {
    edits: [[requests, "where p.state = 'pending' and org.details_version", 'where org.details_version']],
    test: [roleRaces, 'two operators deciding the same part'],
  },
  'a role is accepted for a suspended organization': {
    edits: [[requests, "((org.state = 'accepted' and not v.retired)", '(not v.retired']],
    test: [roleRaces, 'accepting against suspending'],
  },
  'a role is locked before its version': {
    edits: [
      [
        'src/roles/services/store.ts',
        'on conflict (id) do nothing',
        'on conflict (service_id, key) do update set key = excluded.key returning id',
      ],
      [
        'src/roles/services/store.ts',
        'join wanted_roles w on w.id = v.role_id where',
        'join new_roles w on w.id = v.role_id where',
      ],
    ],
    test: [roleRaces, 'retiring waits for a transaction that grants a role'],
  },
  'a role is given while it is being retired': {
    edits: [
      [requests, 'order by v.role_id for share', 'order by v.role_id'],
      [
        'src/roles/role-assignments/store.ts',
        'v.version = ${roleVersion} for share of v',
        'v.version = ${roleVersion}',
      ],
    ],
    test: [roleRaces, 'against retiring'],
  },
  'more people join than the users limit lets': {
    edits: [
      [migrations.memberships, 'returning o.member_count <= coalesce(', 'returning o.member_count <= 100 + coalesce('],
    ],
    test: [roleRaces, 'limiting the users'],
  },
  'one part can be asked for twice': {
    edits: [
      ['src/roles/role-requests/rules.ts', 'if (twice.length > 0)', 'if (twice.length > 2)'],
      [
        migrations.roleRequests,
        'create unique index role_request_parts_one_pending',
        'create index role_request_parts_one_pending',
      ],
    ],
    test: [requestStories, 'twice for one part'],
  },
  'what is held without an end can be asked for again': {
    edits: [[requests, 'ended_at is null and expires_at is null', 'false']],
    test: [requestStories, 'renews it'],
  },
  'tries in parallel are not held back': {
    edits: [[migrations.limits, 'where greatest(t.drained_at, now())', 'where true or greatest(t.drained_at, now())']],
    test: ['tests/races/limits.race.test.ts', '100 wrong passwords at once'],
  },
  'any client may state its own address': {
    edits: [[server, 'trustProxy: config.trustedProxies.length > 0 && config.trustedProxies', 'trustProxy: true']],
    test: [limits, 'whatever a browser says'],
  },
  'the first of the forwarded addresses is believed': {
    edits: [[server, 'config.trustedProxies.length > 0 && config.trustedProxies', 'config.trustedProxies.length > 0']],
    test: ['src/platform/http/proxies.story.test.ts', 'what was said to it does not'],
  },
  'an IPv6 network has as many sources as addresses': {
    edits: [['src/platform/limits/source.ts', '.slice(0, 4)', '']],
    test: ['src/platform/http/proxies.story.test.ts', 'an IPv6 network is one source'],
  },
  'one network locks an account out everywhere': {
    edits: [['src/platform/limits/counters.ts', 'return counters\n', "return counters\n  source = ''\n"]],
    test: [limits, 'from another network goes on'],
  },
  'refused tries count against the account': {
    edits: [['src/platform/limits/limited.ts', 'if (wait === 0) continue', 'if (wait >= 0) continue']],
    test: [limits, 'does not count against the account'],
  },
  'the right password uses up tries': {
    edits: [['src/platform/limits/limited.ts', "if (counts === 'refusals') await takeBack(db, counters)", '']],
    test: [limits, 'with the right password counts for nothing'],
  },
  'passwords are hashed all at once': {
    edits: [['src/identity/authentication/auth.ts', 'password: boundedPasswords(hashing)', 'password: hashing']],
    test: ['src/identity/authentication/passwords.story.test.ts', '200 people'],
  },
  'common passwords are taken': {
    edits: [['src/identity/accounts/routes.ts', 'await mustNotBeCommon(input.password, input)', '']],
    test: ['src/identity/accounts/routes.test.ts', 'is refused at its field'],
  },
  'codes of before a new secret are not found': {
    edits: [
      [
        'src/platform/invitation-codes/secrecy.ts',
        'return everyKey(keys).map(({ codeLookup })',
        'return [keys].map(({ codeLookup })',
      ],
    ],
    test: [secrets, 'sessions and codes of before'],
  },
  'codes of before a new secret cannot be shown': {
    edits: [['src/platform/sealing.ts', 'of everyKey(keys))', 'of [keys])']],
    test: [secrets, 'sessions and codes of before'],
  },
  'a new secret signs everyone out': {
    edits: [['src/platform/access/session-cookie.ts', 'return everyKey(keys).some(', 'return [keys].some(']],
    test: [secrets, 'sessions and codes of before'],
  },
  'a person who signed in before a new secret cannot sign out': {
    edits: [['src/platform/http/request-caller.ts', 'if (this.token) signAnew(', 'if (this.token && false) signAnew(']],
    test: [secrets, 'can sign out'],
  },
  're-encrypting leaves codes behind': {
    edits: [['src/membership/invitations/re-encryption.ts', 'after = rows.at(-1)!.id', 'return counts']],
    test: [secrets, 'makes the old secret needless'],
  },
  're-encrypting binds the database to nothing': {
    edits: [['src/cli/secrets.ts', 'await saveFingerprint(db, keys.fingerprint)', '']],
    test: [secrets, 'decides which secrets'],
  },
  'a disabled account may be given admin privileges': {
    edits: [
      [migrations.memberships, 'when (new.admin and new.ended_at is null) execute', 'when (false) execute'],
      ['src/membership/memberships/rules.ts', "if (admin && target.disabled) throw new Problem('member_disabled')", ''],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'keeps it from getting admin privileges'],
  },
  'disabling does not wait for handing over': {
    edits: [[migrations.memberships, 'when (new.admin and new.ended_at is null) execute', 'when (false) execute']],
    test: [lastAdmin, 'handing over and leaving against being disabled'],
  },
  'ended memberships still count': {
    edits: [['src/platform/access/actor.ts', 'm.account_id = a.id and m.ended_at is null', 'm.account_id = a.id']],
    test: [ending, 'at the next request, in both of two processes .* removing ends all'],
  },
  'a role that was revoked goes on': {
    edits: [[entitlements, 'where ${held(sql`a.started_at`, sql`a.ended_at`, sql`as_of.at`)} and', 'where']],
    test: [ending, 'revoking a role ends'],
  },
  'disabling leaves the sessions': {
    edits: [
      [migrations.accounts, 'delete from sessions where account_id = new.id;', ''],
      [migrations.accounts, '(new.disabled_at is not null and old.disabled_at is null)\n    or ', ''],
      ['src/platform/access/actor.ts', ' and a.disabled_at is null', ''],
    ],
    test: [ending, 'disabling an account signs it out'],
  },
  'a failure is logged with what was sent': {
    edits: [
      [
        server,
        "request.log.error({ err: error }, 'request failed')",
        "request.log.error({ err: error, body: request.body }, 'request failed')",
      ],
    ],
    test: canary,
  },
  'addresses are logged as they were asked for': {
    edits: [[server, 'disableRequestLogging: true', 'disableRequestLogging: false']],
    test: canary,
  },
  'private answers may be kept': {
    edits: [['src/platform/http/register-route.ts', ".header('cache-control', 'no-store')", '']],
    test: ['src/platform/http/headers.story.test.ts', 'every answer'],
  },
  'the live stream is sent without the headers of everything else': {
    edits: [['src/platform/http/raw-response.ts', '...others, ', '']],
    test: ['src/platform/http/headers.story.test.ts', 'every answer'],
  },
  'a new address stays confirmed': {
    edits: [[ownAccount, 'set email = ${email}, email_verified = false,', 'set email = ${email},']],
    test: [ownAccountStories, 'another address is taken at once'],
  },
  'signing in joins whatever invites the address': {
    edits: [
      [
        auth,
        'import { validateProviderUser } from',
        "import { sql } from '../../platform/db/sql'\nimport { validateProviderUser } from",
      ],
      [
        auth,
        '({ data: { ...session, method: methodOf(request?.path) } })',
        `{
        await db.rows(sql\`insert into memberships (id, organization_id, account_id)
          select gen_random_uuid(), i.organization_id, a.id from invitations i join accounts a on a.email = i.bound_email
          where a.id = \${session.userId} on conflict do nothing\`)
        return { data: { ...session, method: methodOf(request?.path) } }
        }`,
      ],
    ],
    test: ['src/identity/authentication/routes.test.ts', 'changes no membership'],
  },
  'a person who comes too late gets the response that they joined': {
    edits: [[acceptances, 'select id, state from accepted`', "select id, 'joined' as state from input`"]],
    test: [accepting, '1 uses: exactly 1 join, the others get an error'],
  },
  'a suspended organization lets people in': {
    edits: [
      [invitationRules, '  mustBeAccepted(invitation.organizationState)\n', ''],
      [acceptances, "'change', ['accepted']", "'change', ['accepted', 'suspended']"],
    ],
    test: [invitationStories, 'no one can join a suspended or dissolved organization'],
  },
  'a missing secret is made up outside of development': {
    edits: [['src/platform/secrets.ts', 'if (!development)', 'if (false)']],
    test: ['src/platform/secrets.test.ts', 'a missing secret is refused'],
  },
  'the caller chooses the organization of an acceptance': {
    edits: [
      [
        invitationSchema,
        "repeating it changes nothing',\n  input: z.strictObject",
        "repeating it changes nothing',\n  input: z.looseObject",
      ],
      [
        invitationRoutes,
        '({ actor, ...facts }) => {\n      const { invitation, repeated }',
        '({ actor, ...facts }, input) => {\n      const { invitation, repeated }',
      ],
      [invitationRoutes, 'uuid(), actor, invitation }', 'uuid(), actor, invitation: { ...invitation, ...input } }'],
      [acceptances, 'and i.organization_id = org.id order by', 'order by'],
      [acceptances, 'returning i.id, i.organization_id,', 'returning i.id, (select id from org) as organization_id,'],
    ],
    test: [inputStories, 'a field that is not known is refused by acceptInvitation'],
  },
  'a member of any organization is one of the organization in the URL': {
    edits: [[access, 'actor.organizationId === organizationId', 'actor.organizationId !== null']],
    test: [accessStories, 'an outsider cannot tell a hidden organization'],
  },
  'registering overwrites the account that has the address': {
    edits: [
      [accountRules, "  if (facts.taken && !facts.mail) throw new Problem('account_exists')\n", ''],
      [
        'src/identity/accounts/routes.ts',
        'facts.taken ? mailAddressInUse(db, input.email) : insertAccount(',
        'insertAccount(',
      ],
      [
        accounts,
        'on conflict (email) do nothing',
        'on conflict (email) do update set first_name = excluded.first_name',
      ],
      [
        accounts,
        '${account.password} from registered',
        '${account.password} from registered on conflict (provider_id, provider_account_id) do update set password = excluded.password',
      ],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'an address that is taken is refused'],
  },
  'Better Auth’s own addresses are served': {
    edits: [
      [
        'src/app.ts',
        '  await describeApi(app)\n',
        "  await describeApi(app)\n  app.all('/api/auth/*', ({ url }) => context.auth.handler(new Request(config.baseUrl + url)))\n",
      ],
    ],
    test: [accessStories, 'every address is in the contract'],
  },
  'accepting finds the organization’s oldest invitation': {
    edits: [
      [
        acceptances,
        "where i.code_hash = any(array(select decode(h, 'hex') from unnest(string_to_array(${hashes}::text, ',')) h))",
        "join invitations j using (organization_id) where j.code_hash = any(array(select decode(h, 'hex') from unnest(string_to_array(${hashes}::text, ',')) h)) order by i.created_at limit 1",
      ],
    ],
    test: [invitationStories, 'a revoked invitation says so'],
  },
  'codes are made of few random bits': {
    edits: [
      [
        'src/platform/invitation-codes/secrecy.ts',
        'randomBytes(randomSymbols), ',
        'Buffer.alloc(randomSymbols, randomBytes(4)), ',
      ],
    ],
    test: [codeTests, 'do not repeat'],
  },
  'codes are short': {
    edits: [['src/platform/invitation-codes/code.ts', 'randomSymbols = 27', 'randomSymbols = 19']],
    test: [codeTests, 'carry at least 128 bits'],
  },
  'plain members are shown codes': {
    edits: [
      [invitationSchema, "/{invitationId}/code',\n  access: 'admin'", "/{invitationId}/code',\n  access: 'member'"],
      [
        invitations,
        "with ${lockedBy(by, 'share')},\n    ${recordingEvent({ kind: 'invitation_shown'",
        "with me as (select ${invitationId}::uuid as id),\n    ${recordingEvent({ kind: 'invitation_shown'",
      ],
    ],
    test: [accessStories, 'admits exactly the permitted callers showInvitationCode'],
  },
  'an admin is shown another organization’s codes': {
    edits: [
      [invitations, 'i.id = ${invitationId} and i.organization_id = ${organizationId}`', 'i.id = ${invitationId}`'],
    ],
    test: [invitationStories, 'an id of another organization is not found'],
  },
  'a mailed code proves the address': {
    edits: [
      [invitationSchema, "/accept',\n  access: 'account'", "/accept',\n  access: 'self'"],
      [invitationRules, "  if (!actor.emailConfirmed) throw new Problem('address_not_confirmed')\n", ''],
    ],
    test: ['src/membership/invitations/mailing.story.test.ts', 'proves nothing about the address'],
  },
  'an admin hands over to another organization’s member': {
    edits: [
      [
        memberships,
        'where m.id = ${membershipId ?? null}::uuid and m.organization_id = ${organizationId} and',
        'where m.id = ${membershipId ?? null}::uuid and',
      ],
      [memberships, '${successor.id}) and m.organization_id = ${member.organizationId} and', '${successor.id}) and'],
    ],
    test: [inputStories, 'of another organization’s member are no successor'],
  },
  'people can make themselves operators by registering': {
    edits: [
      ['src/identity/accounts/schema.ts', '.strictObject({\n      email,', '.looseObject({\n      email,'],
      [accounts, 'insert into accounts (id,', 'insert into accounts (operator, id,'],
      [accounts, 'select ${account.id}::uuid,', "select ${'operator' in account}::boolean, ${account.id}::uuid,"],
    ],
    test: [inputStories, 'a field that is not known is refused by registerAccount'],
  },
  'an organization’s admin passes for an operator': {
    edits: [
      [
        access,
        "(access === 'operator' && !actor.operator)",
        "(access === 'operator' && !actor.operator && !actor.admin)",
      ],
    ],
    test: [accessStories, 'admits exactly the permitted callers listAccounts'],
  },
  'the last operator deletes their own account': {
    edits: [
      ['src/membership/me/rules.ts', "  if (operator && !otherOperators) throw new Problem('last_operator')\n", ''],
      [ownAccount, 'and (not a.operator or exists (select from operators where id <> a.id))', ''],
    ],
    test: [ownAccountStories, 'is refused to the only admin, with the ways out, and to the only operator'],
  },
  'suspending leaves what is inherited': {
    edits: [
      [
        entitlements,
        'join as_of on ${held(sql`p.accepted_from`, sql`p.accepted_until`, sql`as_of.at`)}',
        'join as_of on true',
      ],
    ],
    test: [ending, 'suspending ends inviting and what is inherited'],
  },
  'members are not counted when a person joins': {
    edits: [
      [
        invitationRules,
        "  if (invitation.full && !invitation.needsApproval && removedAt === null) throw new Problem('organization_full')\n",
        '',
      ],
      [migrations.memberships, 'returning o.member_count <= coalesce(', 'returning o.member_count <= 100 + coalesce('],
    ],
    test: ['src/membership/organizations/routes.test.ts', 'is checked when a person joins'],
  },
  'asking for a new password tells who has an account': {
    edits: [
      [
        'src/identity/passwords/store.ts',
        'select mail_configured as mail from site',
        'select exists (select from account) as mail from site',
      ],
    ],
    test: ['src/identity/passwords/routes.test.ts', 'returns the same response for an unknown address'],
  },
  'registering tells who has an account': {
    edits: [[accountRules, 'if (facts.taken && !facts.mail)', 'if (facts.taken)']],
    test: [ownAccountStories, 'registering returns the same response for an address that has an account'],
  },
  'links are built from the Host header': {
    edits: [
      [
        'src/platform/http/register-route.ts',
        '=> handle(context, caller,',
        '=> handle({ ...context, baseUrl: `http://${request.headers.host}` }, caller,',
      ],
    ],
    test: [invitationStories, 'the link is built from the base URL'],
  },
  'another site makes browsers call us': {
    edits: [['src/platform/http/register-route.ts', '      mustBeOurOrigin(request, config)\n', '']],
    test: [inputStories, 'cannot make a browser call'],
  },
  'names turn the text of mails around': {
    edits: [['src/messaging/mails/letter.ts', 'const line = inOneLine', 'const line = (text: string) => text']],
    test: ['src/messaging/mails/templates.test.ts', 'has names in it that are inert'],
  },
  'a name is a formula in the export': {
    edits: [['src/messaging/events/csv.ts', "atBeginning.test(inside) ? `'${inside}` : inside", 'inside']],
    test: ['src/messaging/events/csv.test.ts', 'with names that are formulas made inert'],
  },
  'a page may have any number of rows': {
    edits: [['src/platform/http/fields.ts', "    .max(100, says('At most 100.'))\n", '']],
    test: [inputStories, 'have a limit from 1 to 100'],
  },
  'a body of any length is read': {
    edits: [[server, 'usualBodyLimit: number = 64 * 1024', 'usualBodyLimit: number = 64 * 1024 * 1024']],
    test: ['src/platform/http/headers.story.test.ts', '100 kB are refused before they are looked at'],
  },
  'one admin may mail any number of people': {
    edits: [[invitations, ', bySender(account)]', ']']],
    test: ['src/membership/invitations/mailing.story.test.ts', 'beyond the limit of a sender, for an hour'],
  },
  'names may have invisible characters': {
    edits: [['src/platform/input/texts.ts', 'if (refused)\n', 'if (refused && false)\n']],
    test: [inputStories, 'control, invisible and reordering characters'],
  },
  'a directory is taken over from a process that holds it': {
    edits: [
      [
        'src/platform/db/embedded/lock.ts',
        '((await answers(path)) ? undefined : await takeOver(path))',
        '(await takeOver(path))',
      ],
    ],
    test: ['src/platform/db/embedded/lock.test.ts', 'holds against another process'],
  },
}

/** The pairs in which the two together leave no admin: each takes one away, and neither stops the other from trying. */
function lastAdminPairs() {
  return [
    'leaving against leaving',
    'leaving against giving up one’s privileges',
    'giving up one’s privileges against giving up one’s privileges',
    'demoting the other against demoting the other',
    'removing the other against removing the other',
  ]
}

/** Without these, the second request is refused because its caller lost the privileges, before it can take the last admin’s. */
function unguarded(): Mutant['edits'] {
  return [
    [lock, 'and m.admin and m.ended_at is null\n      order by m.id for share of m', ''],
    [lock, 'sql`for no key update`', 'sql``'],
  ]
}
