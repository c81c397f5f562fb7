import type { Mutants } from './mutant'

const connector = 'src/connections/kinds/keystone/connector.ts'
const organization = 'src/connections/kinds/keystone/organization.ts'
const api = 'src/connections/kinds/keystone/api.ts'
const answers = 'src/connections/kinds/keystone/api.test.ts'
const people = 'src/connections/kinds/keystone/people.ts'
const cloud = 'src/connections/kinds/keystone/cloud.service.test.ts'

export const keystoneMutants: Mutants = {
  'keystone: credentials of a former membership go on': {
    edits: [[connector, '(!desired || isOfAnotherMembership(change))', '!desired']],
    test: [cloud, 'leave their credentials behind'],
  },
  'keystone: credentials outlive access': {
    edits: [
      [connector, 'await Promise.all(credentials.map((path) => api.deleteCredential(path)))', ''],
      [
        connector,
        "(await api.credentialsOf(user.id)).length > 0 ? ['credential_present'] : []",
        '[].length > 0 ? [] : []',
      ],
    ],
    test: [cloud, 'are out within seconds'],
  },
  'keystone: the project of a suspended organization stays on': {
    edits: [[organization, "if (state?.state === 'accepted') return", 'if (state) return']],
    test: [cloud, 'find its project switched off'],
  },
  'keystone: a user is taken over because of its name': {
    edits: [[people, 'if (named && named.guildhall !== accountId) throw', 'if (named?.id === accountId) throw']],
    test: [cloud, 'is not taken over'],
  },
  'keystone: other roles of the group are kept': {
    edits: [
      [organization, 'roles.filter((id) => id !== role)', 'roles.filter((id) => id === null)'],
      [organization, 'roles.length === 1 && roles[0] === role', 'roles.includes(role)'],
    ],
    test: [cloud, 'what was changed by hand'],
  },
  'keystone: a check tries no right to write': {
    edits: [[connector, '    await there.api.tryRights()\n', '']],
    test: [cloud, 'checking names what is missing'],
  },
  'keystone: an administrator of a domain leaves the user': {
    edits: [[connector, '    await api.deleteUser(user.id)\n', '']],
    test: [cloud, 'who cannot delete credentials'],
  },
  'keystone: a closed connection is not tried again': {
    edits: [
      [api, "request.method !== 'POST' && error instanceof Refused", 'error === null && error instanceof Refused'],
    ],
    test: [answers, 'after the connection was closed'],
  },
  'keystone: what may have been made is made again': {
    edits: [[api, "request.method !== 'POST' && error", 'error']],
    test: [answers, 'after the connection was closed'],
  },
  'keystone: a refused token looks like something that is gone': {
    edits: [[api, "startsWith('Unable to validate token')", "startsWith('Nothing of the kind')"]],
    test: [answers, 'does not look like something that is gone'],
  },
  'keystone: a part of a listing is believed': {
    edits: [[api, '.truncated === true)', '.truncated === undefined)']],
    test: [answers, 'cut short is none'],
  },
  'keystone: a number without a registered limit is left out': {
    edits: [
      [
        'src/connections/kinds/keystone/limits.ts',
        "if (!names.includes(key)) throw new Refused({ code: 'limit_unregistered', answer: key })",
        'if (!names.includes(key)) return []',
      ],
    ],
    test: [answers, 'is named'],
  },
}
