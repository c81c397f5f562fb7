// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { type Mutants, migrations } from './mutant'

const actor = 'src/platform/access/actor.ts'
const tokens = 'src/membership/tokens/routes.test.ts'
const tokenRaces = 'tests/races/tokens.race.test.ts'
const limits = 'src/platform/http/token-limits.ts'
const limitTests = 'src/platform/http/token-limits.test.ts'
const keyTests = 'src/connections/service-keys/routes.test.ts'
const caller = 'src/platform/access/service-caller.ts'
const holdings = 'src/connections/holdings/store.ts'
const questions = 'src/connections/questions/store.ts'
const questionTests = 'src/connections/questions/routes.test.ts'
const feed = 'src/connections/change-feed/routes.ts'
const feedStore = 'src/connections/change-feed/store.ts'
const feedTests = 'src/connections/change-feed/routes.test.ts'
const signals = 'src/connections/ledger/signals.ts'
const enqueueing = 'src/connections/ledger/enqueueing.ts'
const ledgerStore = 'src/connections/ledger/store.ts'
const deliveryStore = 'src/connections/ledger/delivery-store.ts'
const deliveries = 'src/connections/ledger/deliveries.ts'
const hindrances = 'src/connections/ledger/hindrances.story.test.ts'
const outages = 'src/connections/ledger/outages.story.test.ts'
const comparisons = 'src/connections/ledger/comparisons.race.test.ts'
const worker = 'src/connections/ledger/worker.ts'
const webhookTests = 'src/connections/webhooks/routes.test.ts'
const ledgerPlans = 'src/connections/ledger/plans.story.test.ts'
const ledgerRaces = 'tests/races/ledger.race.test.ts'

export const connectionsMutants: Mutants = {
  'a token works on after it was ended': {
    edits: [[actor, 's.hash = ${digest} and s.ended_at is null and', 's.hash = ${digest} and']],
    test: [tokens, 'acts as its maker within its scopes'],
  },
  'a change that began before its token was ended is saved': {
    edits: [['migrations/0030_tokens_that_write.sql', 'when (new.token_id is not null)', 'when (false)']],
    test: ['src/membership/tokens/acts.story.test.ts', 'a change that waits while its token is ended is refused'],
  },
  'a token never expires': {
    edits: [[actor, 's.ended_at is null and s.expires_at > now() and', 's.ended_at is null and']],
    test: [tokens, 'expires, and the last instant does not count'],
  },
  'a token works while its maker is disabled': {
    edits: [
      [actor, 's.expires_at > now() and a.disabled_at is null', 's.expires_at > now()'],
      [migrations.tokens, '(new.disabled_at is not null and old.disabled_at is null) or', ''],
    ],
    test: [tokens, 'with its maker’s account'],
  },
  'the account of a token ends and the token is not ended': {
    edits: [[migrations.tokens, '(new.disabled_at is not null and old.disabled_at is null) or', '']],
    test: [tokens, 'with its maker’s account'],
  },
  'a token comes back with another membership': {
    edits: [
      [actor, '      and (s.membership_id is null or s.membership_id = m.id)\n', ''],
      [migrations.tokens, 't.membership_id = after.id and after.ended_at is not null', 'false'],
    ],
    test: [tokens, 'with the membership it was made under'],
  },
  'the membership of a token ends and the token is not ended': {
    edits: [[migrations.tokens, 't.membership_id = after.id and after.ended_at is not null', 'false']],
    test: [tokens, 'with the membership it was made under'],
  },
  'a token keeps what its maker’s privileges gave it': {
    edits: [[migrations.tokens, 'before.admin and before.ended_at is null and', 'false and']],
    test: [tokens, 'with the admin privileges of its maker'],
  },
  'a token of an organization works without acceptance': {
    edits: [
      [actor, "m.admin and o.state = 'accepted')", 'm.admin)'],
      [migrations.tokens, "when (old.state = 'accepted' and new.state <> 'accepted')", 'when (false)'],
    ],
    test: [tokens, 'with the organization’s acceptance'],
  },
  'a token keeps the operator role that its maker lost': {
    edits: [[migrations.tokens, ' or (old.operator and not new.operator)', '']],
    test: [tokens, 'with leaving, and with the operator role'],
  },
  'a token of an organization has its maker’s operator role': {
    edits: [[actor, 'a.operator and s.organization_id is null as operator', 'a.operator as operator']],
    test: [tokens, 'has no operator’s rights'],
  },
  'a token needs no scope': {
    edits: [['src/platform/access/admit.ts', 'if (!scopes.includes(scope)) throw scopeNeeded(scope)', '']],
    test: [tokens, 'acts as its maker within its scopes'],
  },
  'a token of an organization reaches what is personal': {
    edits: [['src/platform/access/admit.ts', ' || (ofOrganization && !openToOrganizations(endpoint))', '']],
    test: ['src/platform/http/token-access.story.test.ts', 'needs its scope for'],
  },
  'a token beside a session is ignored': {
    edits: [
      [
        'src/platform/http/presented-credential.ts',
        "if (session) throw new Problem('two_credentials')",
        'if (session) return ofSession(session)',
      ],
    ],
    test: ['src/platform/http/token-requests.story.test.ts', 'a session and a token together'],
  },
  'a service key beside a session is taken': {
    edits: [
      [
        'src/platform/http/presented-credential.ts',
        "if (session && bearer !== undefined) throw new Problem('two_credentials')",
        '',
      ],
    ],
    test: [keyTests, 'opens nothing but the service API'],
  },
  'wrong tokens are not counted': {
    edits: [[limits, '    this.wrong.take(source)\n', '']],
    test: [limitTests, 'refuse a network that sent many'],
  },
  'a refused token is looked up again': {
    edits: [[limits, '    remember(this.refused, digest)\n', '']],
    test: [limitTests, 'ask the database once'],
  },
  'wrong tokens of a network hold up those that work': {
    edits: [[limits, 'this.accepted.has(digest) ? 0', 'false ? 0']],
    test: [limitTests, 'except those that have worked'],
  },
  'every request of a refused token counts': {
    edits: [[limits, '    if (this.refused.has(digest)) return\n', '']],
    test: [limitTests, 'count one that was refused once'],
  },
  'an account has as many tokens as it makes at once': {
    edits: [[migrations.tokens, 'if 50 < (', 'if 500 < (']],
    test: [tokenRaces, 'making the last token at once'],
  },
  'a service has as many keys as are made at once': {
    edits: [[migrations.serviceKeys, 'if 2 < (', 'if 20 < (']],
    test: [tokenRaces, 'making the second key of a service at once'],
  },
  'a service key works on after it was ended': {
    edits: [[caller, ' and k.ended_at is null', '']],
    test: [keyTests, 'is shown once'],
  },
  'a service key never expires': {
    edits: [[caller, ' and k.expires_at > now()', '']],
    test: [keyTests, 'expires, and then makes room'],
  },
  'a service learns who holds what on others': {
    edits: [
      [
        questions,
        'const service: Sql = sql`s.id = (select "serviceId" from caller)`',
        'const service: Sql = sql`true`',
      ],
    ],
    test: [questionTests, 'gets one answer about other services'],
  },
  'a service learns what organizations hold on others': {
    edits: [[questions, 'x.service_id = (select "serviceId" from caller) and ', '']],
    test: [questionTests, 'gets one answer about other services'],
  },
  'a moment in the future is answered': {
    edits: [
      [
        'src/connections/questions/routes.ts',
        "  if (inTheFuture) throw new Problem('moment_in_the_future')\n  if (held",
        '  if (held',
      ],
    ],
    test: [questionTests, 'at a past moment, and not at a future one'],
  },
  'who is disabled holds on': {
    edits: [[holdings, 'active: sql`a.disabled_at is null`', 'active: sql`true`']],
    test: [questionTests, 'and disabling is in the next answer'],
  },
  'members of a suspended organization hold on': {
    edits: [[holdings, "accepted: sql`o.state = 'accepted'`", 'accepted: sql`true`']],
    test: [questionTests, 'and suspending is in the next answer'],
  },
  'who was a member holds on': {
    edits: [[holdings, 'member: sql`m.ended_at is null`', 'member: sql`true`']],
    test: [questionTests, 'and being removed is in the next answer'],
  },
  'what was revoked is held on': {
    edits: [[holdings, '`${x}.ended_at is null and (${x}.expires_at is null', '`(${x}.expires_at is null']],
    test: [questionTests, 'and revoking is in the next answer'],
  },
  'what has expired is held on': {
    edits: [[holdings, ' or ${x}.expires_at > ${atThisStatement})`', ' or true)`']],
    test: [questionTests, 'and an end date is in the next answer'],
  },
  'what the site requires first is not required by services': {
    edits: [[holdings, '(${bothRoles} and ${ready})', '(${bothRoles})']],
    test: [questionTests, 'what the site requires of the person first'],
  },
  'a cursor from before a restore goes on': {
    edits: [[feed, ' || epoch !== feed.epoch', '']],
    test: [feedTests, 'refuses a cursor that has missed something'],
  },
  'a cursor of another connection goes on': {
    edits: [[feed, 'connection !== feed.connection || ', '']],
    test: [feedTests, 'refuses a cursor that has missed something'],
  },
  'a cursor of a version that was never drawn goes on': {
    edits: [[feed, 'version > feed.version || ', '']],
    test: [feedTests, 'refuses a cursor that has missed something'],
  },
  'a cursor that has missed deleted rows goes on': {
    edits: [[feed, ' || Math.max(version, begun) < feed.oldestVersion', '']],
    test: [feedTests, 'refuses a cursor that has missed something'],
  },
  'a first reading expires because of what was deleted before': {
    edits: [[feed, 'Math.max(version, begun)', 'Math.max(version, begun * 0)']],
    test: [feedTests, 'is read from the beginning page by page'],
  },
  'a cursor repeats the last change': {
    edits: [[feedStore, 'p.version > ${after}', 'p.version >= ${after}']],
    test: [feedTests, 'goes on from a cursor'],
  },
  'changes come in the order of accounts': {
    edits: [[feedStore, 'order by p.version', 'order by p.account_id']],
    test: [ledgerRaces, 'readers that follow the cursor'],
  },
  'being removed leaves no signal': {
    edits: [[signals, "  member_removed: 'people',\n", '']],
    test: [feedTests, 'says that it ended after being removed'],
  },
  'a reset of the password leaves no signal': {
    edits: [[signals, "  password_changed: 'people',\n", '']],
    test: [feedTests, 'a reset of the password took the terms away'],
  },
  'an event about an organization leaves no signal': {
    edits: [[migrations.signals, "when 'organization' then e.organization_id", 'when null then e.organization_id']],
    test: [feedTests, 'says that it ended after suspending'],
  },
  'an event about everyone leaves no signal': {
    edits: [[migrations.signals, "or r.concerns = 'everyone'", '']],
    test: [feedTests, 'begins and ends with a default for everyone'],
  },
  'signals are left although no connection is on': {
    edits: [[migrations.signals, 'if not exists (select from connections where enabled) then', 'if false then']],
    test: [feedTests, 'a connection that is off leaves no signals'],
  },
  'signals are taken before the ledger is updated': {
    edits: [[enqueueing, 'const signals = await transaction.rows<Signal>', 'const signals = await db.rows<Signal>']],
    test: [ledgerRaces, 'a worker that loses the database leaves its signals'],
  },
  'the ledger is updated without a lock': {
    edits: [[enqueueing, ' order by id for no key update`', ' order by id`']],
    test: [ledgerRaces, 'an access that ends while a worker waits'],
  },
  'a worker judges by the time at which it began to wait': {
    edits: [[holdings, 'sql`statement_timestamp()`', 'sql`now()`']],
    test: [ledgerRaces, 'an access that ends while a worker waits'],
  },
  'old rows are deleted without a lock on their connection': {
    edits: [[ledgerStore, "where c.kind = 'pull' order by c.id for no key update", "where c.kind = 'pull'"]],
    test: [ledgerRaces, 'workers on the same signals, end dates and old rows'],
  },
  'end dates are not carried out': {
    edits: [[worker, 'if (due) await this.carryOutEnds()', '']],
    test: [feedTests, 'says that it ended at the end date'],
  },
  'nothing is compared': {
    edits: [[worker, 'if (comparison) await this.compare()', '']],
    test: [feedTests, 'is found by the next comparison'],
  },
  'nothing is compared again after switching on': {
    edits: [[ledgerStore, '(c.compared_at < c.enabled_at + ', '(false and c.compared_at < c.enabled_at + ']],
    test: [feedTests, 'is found a minute after switching on'],
  },
  'a copy of the database works on for connected services': {
    edits: [
      [
        enqueueing,
        'where enabled and bound_to = ${boundTo} ${only}',
        'where enabled and ${boundTo}::text is not null ${only}',
      ],
      [ledgerStore, '(c.enabled and c.bound_to = ${boundTo})', '(c.enabled and ${boundTo}::text is not null)'],
    ],
    test: [ledgerRaces, 'a copy of the database that is started elsewhere'],
  },
  'a copy of the database has a change feed': {
    edits: [[feedStore, 'c.bound_to = ${boundTo}', '${boundTo}::text is not null']],
    test: [ledgerRaces, 'a copy of the database that is started elsewhere'],
  },
  'no loss is withheld': {
    edits: [[enqueueing, '(await unexplained()).losses', '0']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'a change about everyone writes losses that are withheld': {
    edits: [[enqueueing, "connection.withholding ? 'explained' : 'all'", "'all'"]],
    test: [ledgerRaces, 'by nothing that is known: they are withheld until an operator confirms'],
  },
  'a change about everyone explains losses that are withheld': {
    edits: [[enqueueing, ' and not ${withholding}::boolean', '']],
    test: [ledgerRaces, 'by nothing that is known: they are withheld until an operator confirms'],
  },
  'a mass of losses is written before it is explained': {
    edits: [[enqueueing, ' and not (select withheld from lost)', '']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'looking for work reads every end date': {
    edits: [[ledgerStore, "c.kind = 'pull' and not p.ends_access and", "c.kind = 'pull' and"]],
    test: [ledgerPlans, 'services that ask themselves'],
  },
  'looking for work reads everything that is tried later': {
    edits: [[ledgerStore, ' and ${isDue} and ${eitherWay} and', ' and ${isDue} and']],
    test: [ledgerPlans, 'services with webhooks'],
  },
  'losses are withheld although an operator confirmed them': {
    edits: [[enqueueing, 'confirmation !== undefined && losses <= confirmation.losses', 'false']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'more losses are applied than an operator has seen': {
    edits: [[enqueueing, ' && losses <= confirmation.losses', '']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'that a row is due explains its loss': {
    edits: [[enqueueing, 'coalesce(${endOfDesired(row)} <= ${atThisStatement}, false)', 'true']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'what is due is written without a reason': {
    edits: [[enqueueing, 'if (connection.ending) await enqueueAccounts', 'if (true) await enqueueAccounts']],
    test: [ledgerRaces, 'by nothing that is known'],
  },
  'a change between a look and its release is never told': {
    edits: [[deliveryStore, 'const same = sql`p.version = ${version}::bigint`', 'const same = sql`true`']],
    test: [hindrances, 'between two looks at its row'],
  },
  'a secret that cannot be decrypted delays all connections': {
    edits: [
      [
        'src/connections/ledger/deliveries.ts',
        '): UsedConnection => ({\n  id,',
        '): UsedConnection => ({\n  ...(sealed.map((one) => unseal(Buffer.from(one, "base64"), id, keys, "connectionSealing")) && {}),\n  id,',
      ],
    ],
    test: [hindrances, 'whose secret cannot be decrypted'],
  },
  'one account that is refused pauses its connection': {
    edits: [[deliveryStore, '${ofConnection} or p.attempts = 1 or ${manyFail} as counts', 'true as counts']],
    test: [hindrances, 'an account that a service refuses'],
  },
  'what failed waits although the address was corrected': {
    edits: [['src/connections/connection-settings/store.ts', 'sql`, ${retried(sql`changed`, only)}`', 'nothing']],
    test: [hindrances, 'tried again at once at a new address'],
  },
  'what failed waits although the service works again': {
    edits: [
      [
        'src/connections/ledger/connection-health.ts',
        'and before.failures >= ${mostFailures} and p',
        'and false and p',
      ],
    ],
    test: [hindrances, 'tried again at once at a new address'],
  },
  'a connection is deleted while a grant is on its way': {
    edits: [[ledgerStore, 'p.claim is not null or ${outstanding}', 'p.applied is not null']],
    test: [hindrances, 'until a grant that was on its way'],
  },
  'versions of a connection that is made again are old': {
    edits: [
      ['src/connections/connection-settings/store.ts', 'coalesce(max(c.epoch), 0) + 1', 'coalesce(max(0), 0) + 1'],
    ],
    test: [hindrances, 'made again is believed'],
  },
  'a copy of the database delivers again': {
    edits: [['src/connections/connection-settings/rules.ts', 'boundTo !== baseUrl', 'false']],
    test: [hindrances, 'one of a copy sends nothing'],
  },
  'a connection that is off delivers again': {
    edits: [['src/connections/connection-settings/rules.ts', '!connection.enabled', 'false']],
    test: [hindrances, 'a connection that is off'],
  },
  'an end of access is forgotten when the member goes on': {
    edits: [
      ['src/connections/delivery-status/store.ts', " or (p.applied->>'organization')::uuid = ${organizationId})", ')'],
    ],
    test: [hindrances, 'has gone on to another organization'],
  },
  'an end of access is forgotten while the connection is off': {
    edits: [
      [
        'src/connections/delivery-status/store.ts',
        'c.enabled_at is not null and c.bound_to',
        'c.enabled and c.bound_to',
      ],
    ],
    test: [hindrances, 'while the connection is off'],
  },
  'rows are locked before their connection': {
    edits: [[deliveryStore, 'order by c.id for no key update skip locked', 'order by c.id']],
    test: [ledgerRaces, 'causes no deadlock'],
  },
  'losses are withheld although events explain them': {
    edits: [[enqueueing, 'organization_id is not null), false)', 'false), false)']],
    test: [ledgerRaces, 'by an event while the connection was off'],
  },
  'losses are withheld although end dates explain them': {
    edits: [[enqueueing, 'coalesce(${endOfDesired(row)} <= ${atThisStatement}, false)', 'false']],
    test: [ledgerRaces, 'by an end date: nothing is withheld'],
  },
  'what arrived without an answer is not ended': {
    edits: [['src/connections/ledger/delivery-store.ts', 'error = ${code}, uncertain = true,', 'error = ${code},']],
    test: [webhookTests, 'because its answer was lost'],
  },
  'what a process told before it died is not ended': {
    edits: [
      [
        'src/connections/ledger/delivery-store.ts',
        'uncertain = p.uncertain or p.claim is not null, claim',
        'uncertain = p.uncertain, claim',
      ],
    ],
    test: [webhookTests, 'because the process that told it died'],
  },
  'what an operator delivered again is not ended': {
    edits: [['src/connections/webhooks/routes.ts', '    await saveUncertain(db, connectionId, accountId)\n', '']],
    test: [webhookTests, 'because an operator delivered it again'],
  },
  'rows that were claimed wait for their claim if the ledger cannot be updated': {
    edits: [[deliveries, '() => releaseRows(db, rows, claim),', 'async () => undefined,']],
    test: [hindrances, 'if the database fails once before the call'],
  },
  'rows wait for their claim if the answer to it is lost': {
    edits: [[deliveries, '() => releaseClaim(db, claim),', 'async () => undefined,']],
    test: [hindrances, 'if the database fails when it has claimed the row'],
  },
  'rows wait for their claim if they cannot be given back at once': {
    edits: [[deliveries, 'catch(() => this.kept.push(release))', 'catch(() => undefined)']],
    test: [hindrances, 'if the database fails also when the row is given back'],
  },
  'a server that stops leaves changes to the next start': {
    edits: [[worker, 'if (waits) await this.work()', '']],
    test: ['src/connections/ledger/stopping.story.test.ts', 'a server that stops'],
  },
  'a row waits for its claim if the attempt cannot be recorded': {
    edits: [[deliveries, 'await releaseUnrecorded(db', 'await Promise.resolve(db']],
    test: [hindrances, 'if the database fails once after the call'],
  },
  'services that do not answer leave no room for others': {
    edits: [[worker, 'deliveries: { inAll: 200,', 'deliveries: { inAll: 50,']],
    test: [hindrances, 'services that do not answer keep no other'],
  },
  'after a restore everything explains losses': {
    edits: [[enqueueing, 'coalesce(c.compared_at, now())', "coalesce(c.compared_at, '-infinity')"]],
    test: [ledgerRaces, 'found after a restore'],
  },
  'rows that need nothing use up the pauses of a failing connection': {
    edits: [[deliveries, 'if (told.length === 0) await endPause(db, id)', '']],
    test: [outages, 'although only rows were due that need nothing'],
  },
  'a failing connection is probed with what needs nothing': {
    edits: [
      [deliveryStore, '${isDue} and ${toBeTold})', '${isDue})'],
      [deliveries, 'if (told.length === 0) await endPause(db, id)', ''],
    ],
    test: [outages, 'although rows have changed that need nothing now'],
  },
  'a failing connection is not probed with what waits': {
    edits: [
      [deliveryStore, '(p.error is not null or ${isDue} and', '(${isDue} and'],
      [ledgerStore, 'and p.error is not null and ${isFree} and', 'and false and'],
    ],
    test: [outages, 'although all that is left waits'],
  },
  'a failing connection is probed with what was refused first': {
    edits: [[deliveryStore, 'order by p.error is not null, p.ends_access', 'order by p.ends_access']],
    test: [outages, 'before the accounts that it refuses'],
  },
  'what is in flight when an address is corrected waits for long': {
    edits: [['src/connections/ledger/connection-health.ts', 'set attempts = 0, next', 'set next']],
    test: [outages, 'corrected one'],
  },
  'what was being told is not adopted by the next connection': {
    edits: [['src/connections/webhooks/store.ts', ' or p.claim is not null)', ')']],
    test: [outages, 'a grant that was being told'],
  },
  'a webhook that moves keeps its epoch': {
    edits: [['src/connections/webhooks/store.ts', 'max(e.epoch) + 1', 'max(c.epoch)']],
    test: [outages, 'a webhook that moves'],
  },
  'a webhook that moves does not know what was left there': {
    edits: [
      [
        'src/connections/webhooks/store.ts',
        'cross join lateral (${left}) l',
        'cross join lateral (${left} and false) l',
      ],
    ],
    test: [outages, 'a webhook that moves'],
  },
  'a comparison is as old as its transaction': {
    edits: [[enqueueing, 'set compared_at = ${atThisStatement}', 'set compared_at = now()']],
    test: [comparisons, 'is deleted soon'],
  },
  'an end of access is as old as the transaction that finds it': {
    edits: [[enqueueing, 'desired_at = excluded.desired_at', 'desired_at = now()']],
    test: [comparisons, 'admins see an end of access'],
  },
  'mail is configured, and services keep people whose addresses are unconfirmed': {
    edits: [['src/connections/ledger/signals.ts', "  mail_switched_on: 'everyone',\n", '']],
    test: [feedTests, 'with unconfirmed addresses once mail is configured'],
  },
  'mail that is configured while a connection is off explains no losses': {
    edits: [['src/connections/ledger/signals.ts', "  mail_switched_on: 'everyone',\n", '']],
    test: [ledgerRaces, 'by an event while the connection was off, mail configured'],
  },
  'a secret that is replaced twice in a day ends at once': {
    edits: [['src/connections/webhooks/store.ts', ')) || ${usableFormerSecrets}', '))']],
    test: ['src/connections/webhooks/routes.test.ts', 'is signed with every secret of a day'],
  },
  'a former secret that cannot be decrypted keeps a connection from telling anything': {
    edits: [[deliveries, 'if (newest === null)', 'if (newest === null || former.includes(null))']],
    test: ['src/cli/secrets.story.test.ts', 'keeps the secrets of connections usable'],
  },
  'a deleted connection keeps its secret': {
    edits: [
      ['src/connections/ledger/store.ts', ", secret_sealed = null, former_secrets = '[]'", ''],
      ['migrations/0034_deleted_secrets.sql', 'secret_sealed is null and', 'true and'],
    ],
    test: ['src/cli/secrets.story.test.ts', 'keeps the secrets of connections usable'],
  },
  'a request has any number of signatures': {
    edits: [['src/connections/webhooks/store.ts', '`$[0 to ${mostFormerSecrets - 1}]`', "'$[*]'"]],
    test: ['src/connections/webhooks/routes.test.ts', 'is signed with twenty former secrets at most'],
  },
  'a secret that is replaced during re-encryption stays encrypted with the older secret': {
    edits: [['src/connections/ledger/re-encryption.ts', 'any(${replaced}', 'any(${[]}']],
    test: ['src/cli/secrets.story.test.ts', 'that is replaced during it'],
  },
  'a copy of the database takes the signals of the site': {
    edits: [[worker, 'changes ? await this.takeSignals()', 'signals ? await this.takeSignals()']],
    test: [ledgerRaces, 'a copy of the database that is started elsewhere'],
  },
}
