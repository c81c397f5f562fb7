import { type Mutants, migrations } from './mutant'

const stories = 'src/membership/invitations/returning.story.test.ts'
const acceptances = 'src/membership/invitations/acceptance-store.ts'

export const returningMutants: Mutants = {
  'a person who was removed returns by any code': {
    edits: [[migrations.removals, "new.state := 'awaiting_approval';", 'null;']],
    test: [stories, 'waits for an approval after an open code'],
  },
  'a person who was removed returns by an invitation for their domain': {
    edits: [[migrations.removals, '(i.bound_email is null or', '(coalesce(i.bound_email, i.bound_domain) is null or']],
    test: [stories, 'waits for an approval after an invitation for their domain'],
  },
  'a person who was removed returns by an invitation made before': {
    edits: [[migrations.removals, ' or i.created_at <= r.at)', ')']],
    test: [stories, 'waits after an invitation for their address that was made before'],
  },
  'no invitation undoes a removal': {
    edits: [[migrations.removals, '(i.bound_email is null or i.created_at <= r.at)', 'true']],
    test: [stories, 'returns at once by an invitation for their address'],
  },
  'a removal is never forgotten': {
    edits: [
      [
        migrations.removals,
        'and m.ended_at is not null\n    order',
        "and m.ended_at is not null and m.ended_reason = 'removed'\n    order",
      ],
    ],
    test: [stories, 'after an admin had let them return'],
  },
  'removing yourself needs a decision to return': {
    edits: [
      ['src/membership/memberships/store.ts', 'const leaves = target.accountId === by.id', 'const leaves = false'],
    ],
    test: [stories, 'by removing themselves returns by any code'],
  },
  'a removal is looked for before the organization is locked': {
    edits: [
      [migrations.removals, "new.state := 'awaiting_approval';", 'null;'],
      [
        acceptances,
        "case when claimed.needs_approval then 'awaiting_approval'",
        'case when claimed.needs_approval or removal_not_undone(claimed.id, input."accountId") is not null then \'awaiting_approval\'',
      ],
    ],
    test: ['tests/races/accepting.race.test.ts', 'while it waits for the organization waits for an approval'],
  },
  'the preview does not say that a removed person waits': {
    edits: [
      ['src/membership/invitations/routes.ts', 'needsApproval: needsApproval || removedAt !== null', 'needsApproval'],
    ],
    test: [stories, 'and the preview says so'],
  },
}
