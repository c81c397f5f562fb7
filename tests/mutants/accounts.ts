// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.
import { type Mutants, migrations } from './mutant'

const securityStampAdapter = 'src/identity/authentication/security-stamp-adapter.ts'
const signingIn = 'tests/races/signing-in.race.test.ts'
const accepting = 'tests/races/accepting.race.test.ts'
const clocks = 'tests/races/clocks.race.test.ts'
const acceptances = 'src/membership/invitations/acceptance-store.ts'
const stampStories = 'src/identity/authentication/stamps.story.test.ts'
const secondFactorStories = 'src/identity/second-factors/routes.test.ts'
const totpReplayAdapter = 'src/identity/authentication/totp-replay-adapter.ts'
const providerStories = 'src/identity/upstream-provider/routes.test.ts'
const passwordStories = 'src/identity/passwords/routes.test.ts'
const ownAccountStories = 'src/membership/me/routes.test.ts'
const outboxStories = 'src/messaging/mails/outbox.story.test.ts'

const notClaimed: [string, string, string] = [
  securityStampAdapter,
  "if ((await adapter.updateMany({ model: 'user', where, update })) !== 1)",
  "if ((await adapter.updateMany({ model: 'user', where: where.slice(0, 1), update })) !== 1)",
]

export const accountsMutants: Mutants = {
  'a sign-in in flight survives the change of the password': {
    edits: [notClaimed],
    test: [signingIn, 'signing in against changing the password'],
  },
  'a sign-in in flight survives a reset': {
    edits: [notClaimed],
    test: [signingIn, 'signing in against resetting the password'],
  },
  'a sign-in in flight bypasses a second factor that is turned on concurrently': {
    edits: [notClaimed],
    test: [signingIn, 'signing in against turning a second factor on'],
  },
  'a challenge forgets what the account was like when the password was right': {
    edits: [
      [securityStampAdapter, 'const about = onlyStamp()', 'const about = undefined as ReturnType<typeof onlyStamp>'],
    ],
    test: [stampStories, 'a challenge is worth nothing'],
  },
  'a sign-in with a passkey in flight survives its removal': {
    edits: [notClaimed],
    test: [signingIn, 'signing in against removing the passkey'],
  },
  'a sign-in in flight survives the end of all sessions': {
    edits: [notClaimed],
    test: [stampStories, 'a sign-in that waits for the account'],
  },
  'a passkey is added by a session that has ended': {
    edits: [notClaimed],
    test: [stampStories, 'a passkey that waits for the account'],
  },
  'a session that has ended changes the password': {
    edits: [['src/platform/access/actor.ts', ' and security_stamp = ${actor.securityStamp}::xid8\n', '\n']],
    test: [signingIn, 'a changed password against a reset'],
  },
  'a session that has ended takes the second factor off': {
    edits: [['src/platform/access/actor.ts', ' and security_stamp = ${actor.securityStamp}::xid8\n', '\n']],
    test: [signingIn, 'taking the second factor off against a reset'],
  },
  'the trigger that ends sessions with an old stamp is gone': {
    edits: [
      [
        migrations.accounts,
        'delete from sessions where account_id = new.id and security_stamp is distinct from new.security_stamp;',
        '',
      ],
    ],
    test: [signingIn, 'signing in against'],
  },
  'memberships begin for accounts that are disabled or deleted': {
    edits: [
      [acceptances, 'where a.disabled_at is null and ${isFor(sql`wanted`)}', 'where ${isFor(sql`wanted`)}'],
      [
        migrations.accounts,
        "where id = new.account_id and disabled_at is null for share;\n  if not found then\n    raise exception 'a disabled account begins",
        "where id = new.account_id;\n  if not found then\n    raise exception 'a disabled account begins",
      ],
    ],
    test: [accepting, 'against being deleted'],
  },
  'a deletion does not look again at what began while it waited': {
    edits: [
      [
        migrations.accounts,
        'when (new.deleted_at is not null and old.deleted_at is null) execute',
        'when (false) execute',
      ],
    ],
    test: [accepting, 'against being deleted'],
  },
  'an invitation bound to an address is accepted with one that was changed concurrently': {
    edits: [[acceptances, '(a.email_verified and a.email = ${invitation}.bound_email)', 'true']],
    test: [accepting, 'bound to one’s address against changing it'],
  },
  'an invitation bound to a domain is accepted with an address that was changed concurrently': {
    edits: [[acceptances, "(a.email_verified and split_part(a.email, '@', -1) = ${invitation}.bound_domain)", 'true']],
    test: [accepting, 'bound to one’s domain against changing it'],
  },
  'a stranger’s passkey outlives the link that an operator hands over': {
    edits: [
      [
        'src/identity/passwords/store.ts',
        'join holder using (id) where not holder.proved',
        'join holder using (id) where false',
      ],
    ],
    test: [passwordStories, 'ends what signs in beside the password'],
  },
  'terms that a stranger accepted count for the owner': {
    edits: [['src/identity/passwords/store.ts', 'case when holder.proved then a.terms_version end', 'a.terms_version']],
    test: [passwordStories, 'requires the terms to be accepted again'],
  },
  'a stranger’s passkey outlives the reset that proves the address': {
    edits: [
      [migrations.accounts, 'delete from passkeys where account_id = new.id;', ''],
      [migrations.accounts, "delete from credentials where account_id = new.id and provider_id <> 'credential';", ''],
      [
        'src/identity/passwords/store.ts',
        'join holder using (id) where not holder.proved',
        'join holder using (id) where false',
      ],
    ],
    test: [passwordStories, 'ends every way to sign in that was attached before'],
  },
  'a passkey is added before the address is confirmed': {
    edits: [['src/platform/access/admit.ts', "if (todo.includes('confirm_address')) throw", 'if (false) throw']],
    test: [ownAccountStories, 'until an address is confirmed'],
  },
  'sessions begin by the clock of the server': {
    edits: [[migrations.signIn, 'new.created_at := now();\n  new.updated_at', 'new.updated_at']],
    test: [clocks, 'a person who signs in at a server'],
  },
  'challenges end by the clock of the server': {
    edits: [
      [securityStampAdapter, "if (model !== 'verification' && model !== 'twoFactor') return 0", 'if (model) return 0'],
    ],
    test: [clocks, 'a passkey’s challenge'],
  },
  'a person registers after registration was closed': {
    edits: [
      [
        'src/identity/accounts/store.ts',
        '${facts.registration} and registration_domains',
        'registration and registration_domains',
      ],
      [
        'src/identity/accounts/routes.ts',
        'const register = async () => {\n        const facts = await decide()',
        'const register = async () => {\n        const facts = first',
      ],
      [
        'src/identity/accounts/routes.ts',
        'await decide()\n      // Also',
        'const first = await decide()\n      // Also',
      ],
    ],
    test: [signingIn, 'registering against closing registration'],
  },
  'one account mails as many strangers as it likes': {
    edits: [['src/membership/me/routes.ts', "(what === 'change' ? undefined : 'mailLink')", 'undefined']],
    test: [ownAccountStories, 'mails to strangers’ addresses are limited per account and network'],
  },
  'a mail to a stranger greets by the name that its sender chose': {
    edits: [
      [
        'src/messaging/mails/templates.ts',
        'unasked.includes(name as TemplateName) ? null : filling.firstName',
        'filling.firstName',
      ],
    ],
    test: [ownAccountStories, 'mails to strangers’ addresses are limited per account and network'],
  },
  'the first operator has to wait for a mail that does not come': {
    edits: [['src/identity/site/store.ts', 'set operator = true, email_verified = true,', 'set operator = true,']],
    test: ['src/identity/accounts/routes.test.ts', 'confirms the address where mail is set but does not work'],
  },
  'a name in a mail is made a link of': {
    edits: [['src/messaging/mails/letter.ts', "'$&\\u2060'", "'$&'"]],
    test: ['src/messaging/mails/templates.test.ts', 'a name that looks like an address is no link'],
  },
  'a link outlives the address that it was mailed to': {
    edits: [[migrations.accounts, 'new.email <> old.email or', 'false or']],
    test: ['src/identity/passwords/routes.test.ts', 'is not set with a link that was mailed before'],
  },
  'a link outlives the disabling of its account': {
    edits: [[migrations.accounts, 'or (new.disabled_at is not null and old.disabled_at is null)', '']],
    test: ['src/identity/passwords/routes.test.ts', 'is not set with a link that was mailed before'],
  },
  'a link begins for an account that is being deleted': {
    edits: [
      [
        'src/identity/passwords/store.ts',
        '(select mail_configured from site) for share',
        '(select mail_configured from site)',
      ],
      [migrations.signIn, 'when (new.account_id is not null) execute', 'when (false) execute'],
    ],
    test: ['tests/races/links.race.test.ts', 'asking for a new password'],
  },
  'an invitation that was mailed to a person outlives their account': {
    edits: [[migrations.mails, 'address = old.email and old.email_verified and template', 'false and template']],
    test: [outboxStories, 'keep neither address nor name'],
  },
  'registering with another person’s address and deleting the account deletes their mails': {
    edits: [
      [migrations.mails, 'address = old.email and old.email_verified and template', 'address = old.email and template'],
    ],
    test: [outboxStories, 'the mails of the address’s real owner stay'],
  },
  'the invitations that a person sent keep their name': {
    edits: [
      [
        migrations.mails,
        'update mails m set details = m.details || \'{"inviter": "Deleted account"}\'\n  where',
        'delete from mails m where false and',
      ],
    ],
    test: [outboxStories, 'keep neither address nor name'],
  },
  'the last mail keeps the address': {
    edits: [[migrations.mails, '  delete from mails where id = new.id;\n', '']],
    test: [outboxStories, 'keep neither address nor name'],
  },
  'the last mail is forgotten where it was given up only': {
    edits: [[migrations.mails, 'or new.given_up_at is not null))', 'or false))']],
    test: [outboxStories, 'the address is erased even if the last mail fails'],
  },
  'a disabled account becomes an operator’s': {
    edits: [['src/identity/site/store.ts', 'and not operator and disabled_at is null and', 'and not operator and']],
    test: ['src/cli/operators.story.test.ts', 'a disabled account is refused, because no one can sign in to it'],
  },
  'a deleted account is found by what has become of its address': {
    edits: [
      ['src/identity/site/store.ts', 'where email = ${email} and deleted_at is null`)', 'where email = ${email}`)'],
    ],
    test: ['src/cli/operators.story.test.ts', 'a deleted account is not found'],
  },
  'a mail that was written concurrently outlives its account': {
    edits: [[migrations.mails, 'delete from mails where account_id = new.id;', '']],
    test: ['tests/races/links.race.test.ts', 'asking for a new password'],
  },
  'an operator’s word is a proof of the address': {
    edits: [
      [
        'src/identity/passwords/store.ts',
        'then coalesce(a.address_proved_at, now())',
        'and not a.email_verified then now()',
      ],
    ],
    test: ['src/identity/passwords/routes.test.ts', 'does so also where an operator had confirmed the address'],
  },
  'an account that was disabled once more is enabled': {
    edits: [
      [
        'src/identity/accounts/store.ts',
        "date_trunc('milliseconds', account.disabled_at) = date_trunc('milliseconds', ${disabledAt}::timestamptz)",
        'account.disabled_at is not null and ${disabledAt}::text is not null',
      ],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'an account that was disabled again stays disabled'],
  },
  'an operator’s link outlives the operator': {
    edits: [
      [
        migrations.accounts,
        'delete from verifications where made_by = new.id',
        'delete from verifications where false',
      ],
    ],
    test: ['src/identity/passwords/routes.test.ts', 'ends when the operator who made it is one no longer'],
  },
  'links that are made while a new password waits survive it': {
    edits: [[migrations.signIn, 'v.account_id = a.id and a.created_at < now();', 'v.account_id = a.id and false;']],
    test: ['src/identity/passwords/routes.test.ts', 'also ends links that are created concurrently'],
  },
  'an identity that was unlinked concurrently still changes the account': {
    edits: [
      [
        'src/identity/authentication/provider-store.ts',
        'and a.security_stamp = ${securityStamp}::xid8',
        'and ${securityStamp}::text is not null',
      ],
    ],
    test: [providerStories, 'takes over nothing from an identity that was unlinked in the meantime'],
  },
  'the tries of a second factor are counted for another challenge than the one that is looked at': {
    edits: [
      [
        'src/identity/authentication/challenge.ts',
        '.filter(([key]) => key!.trim() === name)',
        '.filter(([key]) => key!.trim().endsWith(name.slice(-10)))',
      ],
      ['src/identity/authentication/challenge.ts', ' || others.length > 0', ''],
      [
        'src/identity/authentication/challenge.ts',
        "copy.set('cookie', `${name}=${encodeURIComponent(value)}`)",
        'copy.delete(name)',
      ],
      ['src/identity/second-factors/routes.ts', "    if (!challenged) throw new Problem('sign_in_again')\n", ''],
      ['src/identity/second-factors/routes.ts', 'account: challenged.accountId }', 'account: challenged?.accountId }'],
      ['src/identity/second-factors/routes.ts', 'headers: challenge.headers', 'headers: caller.headers'],
    ],
    test: [secondFactorStories, 'beside another cookie with a like name'],
  },
  'an unlinked identity is linked again by signing in': {
    edits: [
      ['src/identity/authentication/provider-store.ts', ' and provider_unlinked_at is null`', '`'],
      [
        'src/identity/authentication/provider-sign-in.ts',
        "{ where: [{ field: 'providerUnlinkedAt', value: null }]",
        '{ where: []',
      ],
    ],
    test: [providerStories, 'is not linked again automatically, nor is another identity with the same address'],
  },
  'an identity that arrives while it is unlinked is linked again': {
    edits: [
      [
        'src/identity/authentication/provider-sign-in.ts',
        "{ where: [{ field: 'providerUnlinkedAt', value: null }]",
        '{ where: []',
      ],
    ],
    test: [providerStories, 'is not linked where it arrives while it is unlinked'],
  },
  'linking from within does not end that the provider was unlinked': {
    edits: [['src/identity/authentication/provider-sign-in.ts', 'update: { providerUnlinkedAt: null }', 'update: {}']],
    test: [providerStories, 'is not linked again automatically, nor is another identity with the same address'],
  },
  'a deleted account keeps when the provider was unlinked': {
    edits: [[migrations.accounts, 'new.provider_unlinked_at := null', 'new.provider_unlinked_at := now()']],
    test: [providerStories, 'leaves no trace on a deleted account'],
  },
  'a code of the app signs in again and again': {
    edits: [
      [totpReplayAdapter, "operator: 'lt' as const", "operator: 'lte' as const"],
      [
        'src/identity/second-factors/routes.ts',
        'step > 0 && step <= factor.lastStep',
        'step > 0 && step < factor.lastStep',
      ],
    ],
    test: [secondFactorStories, 'a code works once, and says so without counting as a wrong try'],
  },
  'a code of the app signs in as often as it is given at the same moment': {
    edits: [[totpReplayAdapter, "operator: 'lt' as const", "operator: 'lte' as const"]],
    test: [secondFactorStories, 'a code submitted concurrently on several devices works once'],
  },
  'a code of the app that was used counts as a wrong try': {
    edits: [['src/platform/limits/limited.ts', "['too_busy', 'code_used'", "['too_busy'"]],
    test: [secondFactorStories, 'a code works once, and says so without counting as a wrong try'],
  },
  'the code that turned the second factor on signs in as well': {
    edits: [['src/identity/second-factors/store.ts', ', last_step = ${step} from', ', last_step = ${step} * 0 from']],
    test: [secondFactorStories, 'the code that turned it on does not sign in as well'],
  },
  'whether a code was right is revealed after too many wrong codes': {
    edits: [['src/identity/second-factors/routes.ts', 'if (lockedFor > 0)', 'if (lockedFor > 900)']],
    test: [secondFactorStories, 'a used code gets the same response as any other after too many wrong codes'],
  },
  'a recovery code that is valid is refused while another is used': {
    edits: [
      [
        'src/identity/authentication/recovery-code-adapter.ts',
        "if (row || typeof seen !== 'string' || typeof left !== 'string') return row",
        "if (row || typeof seen === 'string' || typeof left !== 'string') return row",
      ],
    ],
    test: [secondFactorStories, 'a recovery code works while the others change'],
  },
  'a recovery code is used twice at the same moment': {
    edits: [['src/identity/authentication/recovery-code-adapter.ts', '!spent || !codes.includes(spent)', '!spent']],
    test: [signingIn, 'codes at two servers at once'],
  },
  'a recovery code that is replaced while it is given is called wrong': {
    edits: [
      [
        'src/identity/second-factors/routes.ts',
        "code === 'INVALID_BACKUP_CODE') return",
        "code === 'INVALID_BACKUP_CODE' || response.status === 409) return",
      ],
    ],
    test: [secondFactorStories, 'a recovery code replaced during its submission is not reported as wrong'],
  },
  'a challenge that has ended counts as a wrong try': {
    edits: [['src/platform/limits/limited.ts', "'code_used', 'sign_in_again'", "'code_used'"]],
    test: [secondFactorStories, 'a recovery code replaced during its submission is not reported as wrong'],
  },
  'a second factor is turned on by a session that has ended': {
    edits: [['src/platform/access/actor.ts', ' and security_stamp = ${actor.securityStamp}::xid8\n', '\n']],
    test: [stampStories, 'a second factor whose confirmation waits'],
  },
  'a second factor is turned on by the code of another one': {
    edits: [
      [
        'src/identity/second-factors/store.ts',
        'where t.id = ${secondFactorId} and t.account_id',
        "where ${secondFactorId} <> '' and t.account_id",
      ],
    ],
    test: [stampStories, 'a second factor is not turned on by a code of another one'],
  },
  'terms are accepted for an account that is deleted': {
    edits: [
      [
        'src/membership/me/store.ts',
        'with ${ownAccount(actor)}, accepted as (',
        'with account as (select id from accounts where id = ${actor.id}), accepted as (',
      ],
    ],
    test: [stampStories, 'nothing is saved of an account that was deleted while it waited: the terms'],
  },
  'joining and being disabled lock one another out': {
    edits: [[migrations.accounts, 'for no key update of o nowait', 'for no key update of o']],
    test: [accepting, 'each behind the one before'],
  },
  'registration is limited to no domain at all': {
    edits: [['src/identity/site/schema.ts', "registration !== 'domain' || registrationDomains.length > 0", 'true']],
    test: ['src/membership/me/routes.test.ts', 'only whom the policy lets registers'],
  },
}
