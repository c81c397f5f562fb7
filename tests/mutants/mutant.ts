/** A mutant: what is changed in a copy of the tree, and the test that has to notice. */
export interface Mutant {
  /** File, what it says, and what it says wrongly. */
  edits: [file: string, from: string, to: string][]
  /** The test that has to go red: its file, and a part of its name, as a regular expression. */
  test: [file: string, name: string]
}

export type Mutants = Record<string, Mutant>

/** The files that edits of the database's own functions and tables are made to. */
export const migrations = {
  idsAndSearching: 'migrations/0001_ids_and_searching.sql',
  site: 'migrations/0002_site.sql',
  accounts: 'migrations/0003_accounts.sql',
  signIn: 'migrations/0004_sign_in.sql',
  events: 'migrations/0005_events.sql',
  organizations: 'migrations/0006_organizations.sql',
  memberships: 'migrations/0007_memberships.sql',
  invitations: 'migrations/0008_invitations.sql',
  services: 'migrations/0009_services.sql',
  roleRequests: 'migrations/0010_role_requests.sql',
  roleAssignments: 'migrations/0011_role_assignments.sql',
  limits: 'migrations/0012_limits.sql',
  mails: 'migrations/0013_mails.sql',
  notifications: 'migrations/0014_notifications.sql',
  tokens: 'migrations/0016_tokens.sql',
  serviceKeys: 'migrations/0017_service_keys.sql',
  signals: 'migrations/0033_cheaper_signals.sql',
  notificationMails: 'migrations/0021_removals_and_reminders.sql',
  removals: 'migrations/0025_removals_planned_once.sql',
} as const
