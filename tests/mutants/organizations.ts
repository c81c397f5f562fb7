// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { type Mutants, migrations } from './mutant'

const organizationStories = 'src/membership/organizations/routes.test.ts'
const detailsStories = 'src/membership/organization-details/routes.test.ts'
const decisionRaces = 'tests/races/decisions.race.test.ts'
const decisions = 'src/membership/organizations/decisions-store.ts'
const accounts = 'src/identity/accounts/store.ts'
const assignments = 'src/roles/role-assignments/store.ts'
const roleRaces = 'tests/races/roles.race.test.ts'
const acceptances = 'src/membership/invitations/acceptance-store.ts'

export const organizationsMutants: Mutants = {
  'an appointment says that every address is confirmed': {
    edits: [
      [decisions, 'account.email_verified as "addressConfirmed"', 'true as "addressConfirmed"'],
      [decisions, 'a.email_verified as "addressConfirmed"', 'true as "addressConfirmed"'],
    ],
    test: [organizationStories, 'tells operators whether the address is confirmed'],
  },
  'the command line makes an operator of any address without a word': {
    edits: [['src/cli/operators.ts', '  addressConfirmed\n    ? []', '  true\n    ? []']],
    test: ['src/cli/operators.story.test.ts', 'says so, each time'],
  },
  'a role is accepted in place of what was not seen': {
    edits: [
      ['src/roles/role-requests/rules.ts', 'mustBeAsSeen(part.held, decision.held)', ''],
      ['src/roles/role-requests/store.ts', 'and h.id is not distinct from w.held', ''],
    ],
    test: [organizationStories, 'in place of what was seen as held'],
  },
  'a role is granted in place of what was not seen': {
    edits: [
      ['src/roles/role-assignments/rules.ts', 'mustBeAsSeen(role.heldNow, seen.held)', ''],
      [assignments, 'where (select id from held) is not distinct from ${held}::uuid', ''],
    ],
    test: [organizationStories, 'in place of what was seen as held'],
  },
  'a role is accepted for an organization that was renamed since it was seen': {
    edits: [
      ['src/roles/role-requests/rules.ts', 'mustBeAsSeen(part.detailsVersion, decision.detailsVersion)', ''],
      ['src/roles/role-requests/store.ts', `and org.details_version = w."detailsVersion" `, ''],
    ],
    test: [organizationStories, 'not to one that was renamed since'],
  },
  'a role is granted to an organization that was renamed since it was seen': {
    edits: [
      ['src/roles/role-assignments/rules.ts', 'mustBeAsSeen(organization.detailsVersion, seen.detailsVersion)', ''],
      [assignments, ' and details_version = ${detailsVersion}', ''],
    ],
    test: [organizationStories, 'not to one that was renamed since'],
  },
  'accepting a role does not look at the name again on its row': {
    edits: [['src/roles/role-requests/store.ts', `and org.details_version = w."detailsVersion" `, '']],
    test: [organizationStories, 'not to one that was renamed since'],
  },
  'granting a role does not look at the name again on its row': {
    edits: [[assignments, ' and details_version = ${detailsVersion}', '']],
    test: [organizationStories, 'not to one that was renamed since'],
  },
  'what an accepted role replaces is not looked at again on its row': {
    edits: [['src/roles/role-requests/store.ts', 'and h.id is not distinct from w.held', '']],
    test: [roleRaces, 'accepting against granting where a role is held'],
  },
  'what a granted role replaces is not looked at again on its row': {
    edits: [[assignments, 'where (select id from held) is not distinct from ${held}::uuid', '']],
    test: [roleRaces, 'granting two roles of one kind where a role is held'],
  },
  'a person is approved with an address that was not seen': {
    edits: [
      ['src/membership/invitations/rules.ts', 'mustBeAsSeen(acceptance.email, seen.email)', ''],
      [acceptances, 'a.email = ${acceptance.email} and', ''],
    ],
    test: ['src/membership/invitations/routes.test.ts', 'is about the address that was seen'],
  },
  'approving does not look at what the invitation is bound to': {
    edits: [
      [
        'src/membership/invitations/rules.ts',
        'if (!isFor(acceptance, acceptance.email) || (isBound(acceptance) && !acceptance.emailConfirmed))',
        'if (false)',
      ],
      [acceptances, 'and ${isFor(sql`i`)} for share of a', 'for share of a'],
    ],
    test: ['src/membership/invitations/routes.test.ts', 'is refused where the invitation is bound to another'],
  },
  'approving looks at the address before it waits for it': {
    edits: [[acceptances, 'a.email = ${acceptance.email} and ${isFor(sql`i`)} for share of a', 'true']],
    test: ['tests/races/accepting.race.test.ts', 'an approval fails if the address is not the one the admin saw'],
  },
  'an operator confirms an address that they did not see': {
    edits: [
      ['src/identity/accounts/routes.ts', 'mustBeAsSeen(account.email, email)', ''],
      [accounts, 'account.email = ${email} and not', 'not'],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'confirms the address that was seen, and no other'],
  },
  'a decision is about whatever the organization is by then': {
    edits: [
      ['src/platform/optimistic-concurrency.ts', 'if (is !== seen) throw', 'if (false) throw'],
      [decisions, 'and state_version = ${stateVersion}', ''],
    ],
    test: [organizationStories, 'a decision does not apply to a request that was resubmitted since'],
  },
  'a limit is set for a number that was not seen': {
    edits: [
      [
        'src/membership/member-limits/rules.ts',
        'mustBeAsSeen(organization.limitWanted?.limit ?? null, seen.wanted)',
        '',
      ],
      ['src/membership/member-limits/store.ts', 'and limit_wanted is not distinct from ${seen.wanted}', ''],
    ],
    test: [organizationStories, 'a users limit is set for the number that was seen'],
  },
  'a role is accepted with numbers that were not seen': {
    edits: [
      ['src/roles/role-requests/rules.ts', 'mustBeAsSeen(part.roleVersion, decision.roleVersion)', ''],
      ['src/roles/role-requests/store.ts', 'and v.version = w."roleVersion"', ''],
    ],
    test: [organizationStories, 'with the numbers that were seen'],
  },
  'withdrawing withdraws another acceptance than the one that was seen': {
    edits: [['src/membership/invitations/routes.ts', 'if (waiting.id !== acceptanceId)', 'if (false)']],
    test: [
      'src/membership/invitations/routes.test.ts',
      'withdrawing applies to the acceptance that was seen, and to nothing else',
    ],
  },
  'a policy overwrites one that was not seen': {
    edits: [
      ['src/identity/site/routes.ts', 'mustBeAsSeen(policyVersion, version)', ''],
      ['src/identity/site/store.ts', 'where policy_version = ${version} for', 'for'],
    ],
    test: [decisionRaces, 'two operators who change the policy at once'],
  },
  'an operator who was demoted confirms an address': {
    edits: [['src/platform/access/operator.ts', 'order by id for no key update', 'order by id']],
    test: [decisionRaces, 'saves nothing after it'],
  },
  'an operator who was demoted decides': {
    edits: [['src/platform/access/operator.ts', '${whenLocked(after)} for share', '${whenLocked(after)}']],
    test: [decisionRaces, 'saves nothing after it'],
  },
  'services wanted vanish with a rejection': {
    edits: [[migrations.organizations, "if new.state = 'dissolved' then", 'if true then']],
    test: [organizationStories, 'are kept with an organization that is rejected'],
  },
  'services wanted stay as they were, whatever the corrected request says': {
    edits: [
      [
        'src/membership/organizations/routes.ts',
        'services: decideServices(organization, services, roles, uuid)',
        'services: decideServices(organization, undefined, roles, uuid)',
      ],
    ],
    test: [organizationStories, 'are changed when it is resubmitted'],
  },
  'a new name is not taken while it waits': {
    edits: [
      [
        migrations.organizations,
        'array_remove(array[new.name_key, new.wanted_name_key], null)',
        'array_remove(array[new.name_key], null)',
      ],
    ],
    test: [detailsStories, 'the old one holds until then, both are taken'],
  },
  'a new name holds before it is accepted': {
    edits: [
      [
        'src/membership/organization-details/rules.ts',
        'const waits = needsAcceptance &&',
        'const waits = false && needsAcceptance &&',
      ],
    ],
    test: [detailsStories, 'the old one holds until then'],
  },
  'details overwrite what another admin changed': {
    edits: [
      [
        'src/membership/organization-details/rules.ts',
        'mustBeAsSeen(organization.detailsVersion, detailsVersion)\n  const before',
        'const before',
      ],
      [
        'src/membership/organization-details/store.ts',
        '=> sql`and details_version = ${detailsVersion}`',
        '=> sql`and ${detailsVersion}::int > 0`',
      ],
    ],
    test: [detailsStories, 'concurrent changes by another admin are not overwritten'],
  },
  'an operator does not see which services are wanted': {
    edits: [
      [
        'portal/operator/organizations/organization-page.tsx',
        '            <ServicesWantedList organization={organization} />\n',
        '',
      ],
    ],
    test: ['e2e/decisions.spec.ts', 'the services wanted can be resubmitted'],
  },
  'the only admin is warned only after Confirm': {
    edits: [['portal/users-and-privileges/privileges-dialog.tsx', 'disabled={soleAdmin}', 'disabled={false}']],
    test: ['e2e/decisions.spec.ts', 'unticking their own privileges says why not and what to do'],
  },
  'two organizations that want each other’s name wait for one another': {
    edits: [[migrations.organizations, '    perform pg_advisory_xact_lock(key);\n', '    null;\n']],
    test: ['tests/races/decisions.race.test.ts', 'a name is waited for before the row is written'],
  },
  'a new name is saved by a setting that holds no more': {
    edits: [
      [
        'src/membership/organization-details/store.ts',
        'whileSite(sql`identity_changes = ${seen.setting}`)',
        'whileSite(sql`true`)',
      ],
    ],
    test: [detailsStories, 'is looked at once more when an edit has waited for the site'],
  },
  'a setting changes while what was decided on it waits': {
    edits: [['src/identity/site/unchanged.ts', 'where ${says} for share', 'where ${says}']],
    test: [detailsStories, 'stays as it was decided on while an edit waits'],
  },
  'a users limit is set over a default that was not seen': {
    edits: [['src/identity/site/unchanged.ts', 'where ${says} for share', 'where ${says}']],
    test: [organizationStories, 'a users limit is set for the number that was seen'],
  },
  'an address is changed without a link where mails are sent by now': {
    edits: [['src/membership/me/store.ts', 'whileSite(sql`not mail_configured`)', 'whileSite(sql`true`)']],
    test: ['src/membership/me/routes.test.ts', 'another address is taken at once'],
  },
  'registering concurrently bypasses a new policy': {
    edits: [['src/identity/accounts/store.ts', 'registration = ${facts.registration} and', 'true and']],
    test: ['src/membership/me/routes.test.ts', 'only whom the policy lets registers'],
  },
  'a person who has left dissolves the organization of the one who stays': {
    edits: [
      [
        'src/membership/organizations/decisions-store.ts',
        "state_since = now() from me\n      where o.id = me.organization_id returning o.id\n    ), ${recordingEvent({ kind: 'organization_dissolved', actor: by",
        "state_since = now() from org\n      where o.id = org.id returning o.id\n    ), ${recordingEvent({ kind: 'organization_dissolved', actor: by",
      ],
    ],
    test: ['src/platform/access/admin.story.test.ts', 'a person who left while waiting dissolves nothing'],
  },
  'an act by a token does not name it': {
    edits: [['src/messaging/events/recording.ts', '(author.token?.id ?? null)', 'null']],
    test: ['src/membership/tokens/acts.story.test.ts', 'token that decides about roles is named'],
  },
  'an act by a token does not name it if it is saved with others': {
    edits: [['src/membership/invitations/store.ts', 'tokenId: by.token?.id ?? null', 'tokenId: null']],
    test: ['src/membership/tokens/acts.story.test.ts', 'names its own token: inviting'],
  },
}
