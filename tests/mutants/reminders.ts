// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const stories = 'src/messaging/reminders/reminders.story.test.ts'
const store = 'src/messaging/reminders/store.ts'

export const remindersMutants: Mutants = {
  'a reminder is sent again and again': {
    edits: [[store, '${row}.ended_at is null and ${row}.expiry_told_at is null', '${row}.ended_at is null']],
    test: [stories, 'the holder of a personal token is reminded once'],
  },
  'several processes send the same reminder': {
    edits: [[store, 'limit ${mostAtOnce}::int for no key update skip locked', 'limit ${mostAtOnce}::int']],
    test: ['tests/races/tokens.race.test.ts', 'one reminder for each token'],
  },
  'a reminder is sent of a token that was ended': {
    edits: [[store, '${row}.ended_at is null and ${row}.expiry_told_at', '${row}.expiry_told_at']],
    test: [stories, 'what was ended'],
  },
  'a reminder is sent of a token that was made for a week': {
    edits: [[store, 'and ${row}.created_at < ${row}.expires_at - ${ahead}', '']],
    test: [stories, 'was made for a week'],
  },
  'operators are reminded of keys of a retired service': {
    edits: [[store, 'and s.retired_at is null', '']],
    test: [stories, 'operators are reminded of a service key'],
  },
  'no one is reminded again of an S3 key whose end was moved': {
    edits: [
      [
        'src/connections/s3-keys/store.ts',
        ", expiry_told_at = case when ${expiresAt}::timestamptz <= now() + interval '7 days' then now() end",
        '',
      ],
    ],
    test: [stories, 'of an S3 key once more'],
  },
  'operators hear nothing of a connection that fails': {
    edits: [
      [
        'src/messaging/notifications/rules.ts',
        "  connection_failing: { notifies: ['operators'], mailGroup: 'programs' },\n",
        '',
      ],
    ],
    test: ['src/connections/webhooks/routes.test.ts', 'that keeps failing pauses'],
  },
  'a notification does not name the token with which it was done': {
    edits: [['src/messaging/notifications/event-columns.ts', 'where t.id = e.token_id', 'where false']],
    test: [stories, 'names the token with which it was done'],
  },
  'tokens of other members are counted for everyone': {
    edits: [['src/membership/memberships/routes.ts', 'pendingInvitations: 0, tokens: 0 }', 'pendingInvitations: 0 }']],
    test: ['src/membership/memberships/routes.test.ts', 'the tokens that end are counted before'],
  },
  'the tokens that an admin made before joining are not counted': {
    edits: [['src/membership/memberships/store.ts', '(m.admin or t.membership_id = m.id)', 't.membership_id = m.id']],
    test: ['src/membership/memberships/routes.test.ts', 'the tokens that end are counted before'],
  },
}
