import type { DesiredPerson } from '../person-of-change'
import type { Attributes, Modification } from './directory'
import type { Posix } from './settings'

/** A value of `employeeType` of every entry that Guildhall makes; only those are changed. */
export const ourMark = 'guildhall'
/** Another value, while access has ended. */
export const offMark = 'guildhall-off'

/** What a person whose access has ended has as the login shell. */
const noShell = '/usr/sbin/nologin'

/** As OpenLDAP writes a lock without an end. */
const lockedForGood = '000001010000Z'

const written = ['cn', 'sn', 'givenName', 'displayName', 'mail'] as const

/** What is read of a person's entry. Of the password, only whether there is one. */
export const readOfPeople = [
  ...['objectClass', ...written, 'employeeType', 'uidNumber', 'loginShell', 'userPassword', 'pwdAccountLockedTime'],
]

/** An entry must have `cn` and `sn`, and a person may have one name only. */
function namesAndAddress({ firstName, lastName, email }: DesiredPerson): Attributes {
  const name = `${firstName} ${lastName}`.trim() || email
  return {
    ...{ cn: [name], sn: [lastName || firstName || email], displayName: [name], mail: [email] },
    givenName: firstName ? [firstName] : [],
  }
}

export const newEntry = (accountId: string, person: DesiredPerson): Attributes => ({
  ...{ objectClass: ['inetOrgPerson'], uid: [accountId], employeeType: [ourMark] },
  ...namesAndAddress(person),
})

export const isOurs = ({ employeeType }: Attributes): boolean => employeeType!.includes(ourMark)

const isOff = ({ employeeType }: Attributes): boolean => employeeType!.includes(offMark)
const hasPassword = ({ userPassword }: Attributes): boolean => userPassword!.length > 0
const isPosix = ({ uidNumber }: Attributes): boolean => uidNumber!.length > 0
const hasShell = ({ loginShell }: Attributes): boolean => loginShell!.some((shell) => shell !== noShell)
const lacksShell = (entry: Attributes): boolean => isPosix(entry) && !hasShell(entry)

const same = (one: string[], other: string[]): boolean =>
  one.length === other.length && one.every((v, i) => v === other[i])

/** What has to change for a person who has access. The login shell is theirs to choose. */
export function changesToUse(entry: Attributes, person: DesiredPerson, posix: Posix | null): Modification[] {
  const wanted = namesAndAddress(person)
  return [
    ...written
      .filter((name) => !same(entry[name]!, wanted[name]!))
      .map((name): Modification => ['replace', name, wanted[name]!]),
    ...(isOff(entry) ? [['delete', 'employeeType', [offMark]] satisfies Modification] : []),
    ...(posix && lacksShell(entry) ? [['replace', 'loginShell', [posix.shell]] satisfies Modification] : []),
    // Only a lock of ours: it was set with the mark.
    ...(isOff(entry) && same(entry.pwdAccountLockedTime!, [lockedForGood])
      ? [['replace', 'pwdAccountLockedTime', []] satisfies Modification]
      : []),
  ]
}

export const needsNumber = (entry: Attributes, posix: Posix | null): posix is Posix => posix !== null && !isPosix(entry)

/** Makes a POSIX account of a person's entry. */
export const changesToPosix = (accountId: string, number: number, posix: Posix): Modification[] => [
  ['add', 'objectClass', ['posixAccount']],
  ['replace', 'uidNumber', [String(number)]],
  ['replace', 'gidNumber', [posix.gidNumber]],
  ['replace', 'homeDirectory', [`${posix.homePrefix}/${accountId}`]],
  ['replace', 'loginShell', [posix.shell]],
]

/** With no password nobody binds, and the shell stops what signs in in other ways. */
export const changesToEnd = (entry: Attributes): Modification[] => [
  ['replace', 'userPassword', []],
  ...(hasShell(entry) ? [['replace', 'loginShell', [noShell]] satisfies Modification] : []),
  ...(isOff(entry) ? [] : [['add', 'employeeType', [offMark]] satisfies Modification]),
]

export const isLocked = ({ pwdAccountLockedTime }: Attributes): boolean => pwdAccountLockedTime!.length > 0
export const lock: Modification[] = [['replace', 'pwdAccountLockedTime', [lockedForGood]]]

export interface Found {
  entry: Attributes | null
  inGroup: boolean
}

/** How what was found differs from what should be there, as codes. Without a person, access has ended. */
export function ldapDifferences(
  { entry, inGroup }: Found,
  person: DesiredPerson | null,
  posix: Posix | null,
): string[] {
  if (!person) {
    const ours = entry && isOurs(entry) ? entry : null
    return [
      ...(inGroup ? ['still_in_group'] : []),
      ...(ours && hasPassword(ours) ? ['password_present'] : []),
      ...(ours && (hasShell(ours) || !isOff(ours)) ? ['not_suspended'] : []),
    ]
  }
  if (!entry) return ['user_missing']
  if (!isOurs(entry)) return ['user_not_ours']
  const wanted = namesAndAddress(person)
  return [
    ...(written.every((name) => same(entry[name]!, wanted[name]!)) ? [] : ['person_differs']),
    ...(isOff(entry) || (posix && lacksShell(entry)) ? ['suspended'] : []),
    ...(needsNumber(entry, posix) ? ['posix_missing'] : []),
    ...(inGroup ? [] : ['group_missing']),
  ]
}
