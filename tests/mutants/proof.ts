// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { type Mutants, migrations } from './mutant'

export const proofMutants: Mutants = {
  'the portal does not say which organization one has left': {
    edits: [
      [
        'portal/organization/leave-dialog.tsx',
        "toast(t('You left {organization}.', { organization: organization.name }), 'neutral')",
        "toast('Done.', 'neutral')",
      ],
    ],
    test: ['e2e/leave.spec.ts', 'Leave → Confirm → toast'],
  },
  'every browser is said to be Safari': {
    edits: [['portal/account/devices/browser-name.ts', "'Firefox'],", "'Safari'],"]],
    test: ['portal/account/devices/browser-name.test.ts', 'Firefox on Linux'],
  },
  'a role that is revoked leaves no event': {
    edits: [
      [
        'src/roles/role-assignments/store.ts',
        'role, reason } }, sql`revoked`)}',
        'role, reason } }, sql`revoked where false`)}',
      ],
    ],
    test: ['tests/fuzz/walk.story.test.ts', 'requests that make sense'],
  },
  'taking the last admin’s privileges answers what is not declared': {
    edits: [
      [
        'src/membership/memberships/schema.ts',
        "['membership_not_found', 'last_admin', 'member_disabled']",
        "['membership_not_found', 'member_disabled']",
      ],
    ],
    test: ['tests/fuzz/walk.story.test.ts', 'requests that make sense'],
  },
  'an account that is disabled stays signed in': {
    edits: [
      [migrations.accounts, 'delete from sessions where account_id = new.id;', ''],
      [
        migrations.accounts,
        'delete from sessions where account_id = new.id and',
        'delete from sessions where false and',
      ],
    ],
    test: ['src/identity/accounts/routes.test.ts', 'ends its sessions, its admin privileges'],
  },
}
