// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const migration = 'migrations/0022_s3_keys.sql'
const store = 'src/connections/s3-keys/store.ts'
const wanted = 'src/connections/ledger/wanted.ts'
const connector = 'src/connections/kinds/s3/connector.ts'
const remote = 'src/connections/kinds/s3/store.ts'
const observed = 'src/connections/ledger/observation-store.ts'
const deliveries = 'src/connections/ledger/delivery-store.ts'
const routes = 'src/connections/s3-keys/routes.test.ts'
const atGateway = 'src/connections/s3-keys/s3-keys.service.test.ts'
const drift = 'src/connections/s3-keys/drift.service.test.ts'
const restsOn = 'src/connections/s3-keys/what-keys-rest-on.story.test.ts'
const races = 'tests/races/s3-keys.race.test.ts'

export const s3Mutants: Mutants = {
  'keys of a membership work on while its organization is suspended, if everyone may use the service': {
    edits: [[wanted, 'case when o.id is not null then m.id end as membership_id', 'm.id as membership_id']],
    test: [routes, 'though everyone may use the service'],
  },
  'a key made while the organization is suspended is of the membership': {
    edits: [[store, '(select id from me where counts)', '(select id from me)']],
    test: [routes, 'though everyone may use the service'],
  },
  'S3 keys outlive the membership': {
    edits: [[migration, 'k.membership_id = after.id and after.ended_at is not null', 'false']],
    test: [routes, 'its membership, even where'],
  },
  'S3 keys outlive the account': {
    edits: [[migration, 'where account_id = new.id and ended_at is null', 'where false']],
    test: [routes, 'the disabling of the account'],
  },
  'S3 keys are counted before the others are seen': {
    edits: [
      [
        migration,
        'create trigger s3_keys_are_limited after insert',
        '-- create trigger s3_keys_are_limited after insert',
      ],
    ],
    test: [races, 'adding the last key at once'],
  },
  'an S3 key is made under a membership that is ending': {
    edits: [
      [
        store,
        'm.account_id = account.id and m.ended_at is null for share of m',
        'm.account_id = account.id and m.ended_at is null',
      ],
    ],
    test: [races, 'being removed is dead afterwards'],
  },
  'everyone can have the secret of an S3 key shown': {
    edits: [
      [store, 'where k.id = ${keyId} and ${own} and ${usableKey}`),', 'where k.id = ${keyId} and ${usableKey}`),'],
    ],
    test: [routes, 'for everyone else it does not exist'],
  },
  'a lost role leaves S3 keys, which wake when it returns': {
    edits: [[wanted, 'and (\n    coalesce(k.expires_at', 'and false and (\n    coalesce(k.expires_at']],
    test: [routes, 'the role; a person who gets it again'],
  },
  'a suspended organization loses its S3 keys': {
    edits: [[wanted, "m.ended_at is null and o.state <> 'accepted'", 'm.ended_at is null and false']],
    test: [routes, 'it is off, and wakes'],
  },
  'a user of a gateway is switched on and not off': {
    edits: [[connector, '  if (!found.suspended) must(await gateway.setSuspended(uid, true))\n', '']],
    test: [atGateway, 'its owner leaves'],
  },
  'an answer of a gateway counts as proof': {
    edits: [[connector, '  if (left) throw new Refused({ code: left })\n', '']],
    test: [atGateway, 'whose answers do nothing proves nothing'],
  },
  'a new secret is not written to the gateway': {
    edits: [[connector, ' && one.secretKey === key.secretKey)', ')']],
    test: [atGateway, 'its secret is reset'],
  },
  'a moved person keeps the user of the former membership': {
    edits: [[remote, 'coalesce(${membershipId}, ${accountId})`', '${accountId}`']],
    test: [atGateway, 'each membership has a user of its own'],
  },
  'a removed key that is there again stays': {
    edits: [
      [
        'src/connections/kinds/s3/store.ts',
        'or not ${usableKey})\n',
        'or not ${usableKey} and k.removed_at is null)\n',
      ],
    ],
    test: [atGateway, 'that is there again'],
  },
  'drift is seen and left': {
    edits: [[observed, '${drifted ? sql`now()` : sql`p.next_attempt_at`}', 'p.next_attempt_at']],
    test: [drift, 'is switched off again'],
  },
  'users whom others made are put right': {
    edits: [
      [
        connector,
        "  if (found && found.displayName !== displayName) throw new Refused({ code: 'user_not_ours' })\n",
        '',
      ],
    ],
    test: [atGateway, 'a user with our name that another made is left alone'],
  },
  'after a failure an end date waits': {
    edits: [[deliveries, "'1 second', ${endAhead}) else", "'1 second') else"]],
    test: [routes, 'its end date, which can be moved until then'],
  },
  'limits that change while others are being set are forgotten': {
    edits: [
      [
        'src/connections/s3-gateways/store.ts',
        'insert into change_signals (account_id)\n        select p.account_id from propagations p, changed where p.connection_id = changed.id and p.desired is not null',
        'update propagations p set next_observation_at = now() from changed where p.connection_id = changed.id and p.desired is not null',
      ],
    ],
    test: [atGateway, 'other numbers are limited from now on'],
  },
  'a comparison ends the keys of those of whom something is required': {
    edits: [['src/connections/ledger/enqueueing.ts', "if (losing === 'all') return endLostKeys", 'return endLostKeys']],
    test: [restsOn, 'a loss that nothing explains ends no keys'],
  },
  'a key is made although the organization was suspended since the decision': {
    edits: [[store, 'and coalesce((select counts from me), false) = ${accepted}', '']],
    test: [restsOn, 'a key that was decided before the organization was suspended'],
  },
  'one account that is refused ends all looks': {
    edits: [[observed, 'c.failures < ${mostFailures} and c.id', 'c.failures = 0 and c.id']],
    test: [atGateway, 'is no reason not to look at others'],
  },
  'a gateway goes on to another service with users of the former one': {
    edits: [['src/connections/s3-gateways/store.ts', 'l.off_at is null and l.service_id <> ${serviceId}', 'false']],
    test: [atGateway, 'a gateway goes on to another service'],
  },
}
