import type { Mutants } from './mutant'

const connector = 'src/connections/kinds/keycloak/connector.ts'
const people = 'src/connections/kinds/keycloak/people.ts'
const api = 'src/connections/kinds/keycloak/api.ts'
const realm = 'src/connections/kinds/keycloak/realm.service.test.ts'
const drift = 'src/connections/kinds/keycloak/drift.service.test.ts'

export const keycloakMutants: Mutants = {
  'keycloak: offline sessions outlive access': {
    edits: [[connector, '  await Promise.all(clients.map((client) => api.endOffline(user.id, client)))\n', '']],
    test: [realm, 'are out within seconds'],
  },
  'keycloak: access ends without logging out': {
    edits: [[connector, '  await api.logOut(user.id)\n', '']],
    test: [realm, 'are out within seconds'],
  },
  'keycloak: an adopted user is disabled': {
    edits: [[connector, "if (ended && known.kind === 'user' && user.enabled)", 'if (ended && user.enabled)']],
    test: [drift, 'is adopted, and not disabled'],
  },
  'keycloak: sessions of a former membership go on': {
    edits: [[connector, '(!change.desired || isOfAnotherMembership(change))', '!change.desired']],
    test: [realm, 'have to sign in again'],
  },
  'keycloak: an empty answer to a search is believed': {
    edits: [[api, '    if (found.length === 0) await api.findItself()\n', '']],
    test: [drift, 'a right that is taken away'],
  },
  'keycloak: a user is taken over because of its name': {
    edits: [[people, "if (await keycloak.findByName(accountId)) throw new Refused({ code: 'user_not_ours' })", '']],
    test: [realm, 'is not taken over'],
  },
  'keycloak: one of several users of a person is chosen': {
    edits: [[people, 'if (more.length > 0 || (other && user)) throw', 'if (more.length > 9) throw']],
    test: [drift, 'waits for an operator if another user does so too'],
  },
  'keycloak: a check tries no right to write': {
    edits: [
      [connector, 'if (!access.manage || !access.manageGroupMembership)', 'if (Object.keys(access).length > 99)'],
    ],
    test: [drift, 'a right that is taken away'],
  },
  'keycloak: groups of other roles are kept': {
    edits: [[connector, 'groups.filter(({ id }) => id !== group.id)', 'groups.filter(({ id }) => id === null)']],
    test: [realm, 'another role is another group'],
  },
  'keycloak: a user that this site made stays enabled': {
    edits: [
      [connector, "if (ended && known.kind === 'user' && user.enabled)", 'if (ended && false)'],
      [
        'src/connections/kinds/keycloak/looking.ts',
        "user_enabled: kind === 'user' && user.enabled",
        'user_enabled: false',
      ],
    ],
    test: [realm, 'are out within seconds'],
  },
  'keycloak: another group may be entered later': {
    edits: [['src/connections/connected-systems/rules.ts', "{ keycloak: ['group']", '{ keycloak: []']],
    test: ['src/connections/connected-systems/routes.test.ts', 'which keeps its group'],
  },
}
