// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const connection = 'src/connections/outbound/ldap-connection.ts'
const connecting = 'src/connections/outbound/ldap-connection.test.ts'
const connector = 'src/connections/kinds/ldap/connector.ts'
const people = 'src/connections/kinds/ldap/people.ts'
const group = 'src/connections/kinds/ldap/group.ts'
const directory = 'src/connections/kinds/ldap/directory.ts'
const numbers = 'src/connections/kinds/ldap/uid-numbers.ts'
const atDirectory = 'src/connections/kinds/ldap/directory.service.test.ts'
const scimConnector = 'src/connections/kinds/scim/connector.ts'
const scimPeople = 'src/connections/kinds/scim/people.ts'
const scimGroups = 'src/connections/kinds/scim/groups.ts'
const atServers = 'src/connections/kinds/scim/users.service.test.ts'

export const directoriesMutants: Mutants = {
  'ldap: addresses are not judged': {
    edits: [[connection, 'await judgedAddresses(target, placeOf, lookup)', 'await lookup(target.host)']],
    test: [connecting, 'an internal address that is not listed'],
  },
  'ldap: a public address is reached without encryption': {
    edits: [[connection, 'judgedAddresses(target,', 'judgedAddresses({ ...target, secure: true },']],
    test: [connecting, 'a public address is not reached'],
  },
  'ldap: a connection outlives its signal': {
    edits: [[connection, "outer.addEventListener('abort', () => socket.destroy(), { once: true })", '']],
    test: [connecting, 'ends with its signal'],
  },
  'ldap: a lost connection is opened again without a bind': {
    edits: [
      [directory, "url: 'ldap://opened'", 'url: settings.url!'],
      [directory, 'createConnection: () => {', "...{ ignored: '' },\n    ['other']: () => {"],
    ],
    test: [atDirectory, 'is not opened again without a bind'],
  },
  'ldap: access ends and the person stays in the group': {
    edits: [[connector, '  await leaveLdapGroup(directory, settings, dn)\n', '']],
    test: [atDirectory, 'who loses it is out of the group'],
  },
  'ldap: a password outlives access': {
    edits: [[people, "  ['replace', 'userPassword', []],\n", '']],
    test: [atDirectory, 'who loses it is out of the group'],
  },
  'ldap: entries of others are changed': {
    edits: [[connector, "  if (!people.isOurs(entry)) throw new Refused({ code: 'user_not_ours' })\n", '']],
    test: [atDirectory, 'is not ours stays as it is'],
  },
  'ldap: numbers outside of the range are given': {
    edits: [[numbers, 'number < Math.max(from, 1)', 'number < 1']],
    test: [atDirectory, 'outside of its range'],
  },
  'ldap: a number is given twice': {
    edits: [[numbers, "        ['delete', 'uidNumber', [String(number)]],\n        ['add',", "        ['replace',"]],
    test: [atDirectory, '50 people who are removed'],
  },
  'ldap: the last person never leaves': {
    edits: [[group, '  await ensureHolder(directory, settings)\n  if', '  if']],
    test: [atDirectory, 'the last person leaves'],
  },
  'ldap: a right that is missing is not noticed': {
    edits: [
      [
        group,
        "  await directory.modify(ownDn, [['replace', 'userPassword', []]], `write userPassword in ${peopleDn}`)\n",
        '',
      ],
    ],
    test: [atDirectory, 'names the right that is missing'],
  },
  'ldap: strangers in the group are not reported': {
    edits: [[connector, 'return [uid ?? dn]', 'return uid ? [] : [dn]']],
    test: [atDirectory, 'a stranger in it is reported'],
  },
  'ldap: who is taken out of the group by hand stays out': {
    edits: [[people, "...(inGroup ? [] : ['group_missing']),", '']],
    test: [atDirectory, 'comes back, and a stranger'],
  },
  'scim: whatever a search brings is ours': {
    edits: [[scimPeople, '({ externalId }) => externalId === accountId,', '() => true,']],
    test: [atServers, 'scimmy that ignores .*of 20 people'],
  },
  'scim: a user who has the address is taken': {
    edits: [
      [
        scimPeople,
        "alike(userName, person.email))) throw new Refused({ code: 'user_not_ours' })",
        'alike(userName, person.email))) return named[0]!',
      ],
    ],
    test: [atServers, '^scimmy a user who has the address'],
  },
  'scim: of two users with one id the first is taken': {
    edits: [[scimPeople, "  if (more.length > 0) throw new Refused({ code: 'ambiguous' })\n", '']],
    test: [atServers, '^scimmy two users with the id'],
  },
  'scim: users stay active': {
    edits: [[scimConnector, '  if (user) await deactivate(api, user)\n', '']],
    test: [atServers, '^scimmy of 20 people'],
  },
  'scim: one leaves the group and all do': {
    edits: [
      [scimGroups, 'const path = `members[value eq ${JSON.stringify(userId)}]`', "const path = userId && 'members'"],
    ],
    test: [atServers, '^scimmy of 20 people'],
  },
  'scim: a creation whose answer is lost is not found again': {
    edits: [[scimPeople, "(await scim.usersWith('externalId', accountId)).filter(", '([] as ScimUser[]).filter(']],
    test: [atServers, '^scimmy a creation whose answer is lost'],
  },
  'scim: an answer counts as proof': {
    edits: [[scimConnector, '    if (left) throw new Refused({ code: left })\n', '']],
    test: [atServers, '^scimmy a service whose answers do nothing'],
  },
}
