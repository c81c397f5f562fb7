import type { Database } from '../../../platform/db/database'
import type { OpenLdap } from '../../outbound/ldap-connection'
import { applied, type Connector, Refused } from '../connector'
import { type DesiredPerson, desiredPersonOf, isOfAnotherMembership } from '../person-of-change'
import { findObject, rememberObject, saveObjectState } from '../remote-objects'
import { type Attributes, type Directory, results, withDirectory } from './directory'
import { checkLdapRights, isLdapMember, joinLdapGroup, leaveLdapGroup } from './group'
import * as people from './people'
import { plainDn } from './plain-dn'
import { dnOf, type LdapSettings, settingsOf } from './settings'
import { nextNumber, rightToCount, takeNumber } from './uid-numbers'

/** What a directory says that has no password policy. */
const noPolicy = [
  results.undefinedType,
  results.objectClassViolation,
  results.constraintViolation,
  results.invalidSyntax,
  results.unwillingToPerform,
  results.insufficientAccess,
]

/**
 * A directory (LDAP). Each person has an entry, and a group has those who may use the service. When access ends, the person
 * leaves the group first: a connection that they opened before keeps reading whatever is done to their entry, but what
 * asks for the group refuses them at once. Entries stay, marked and without a password, and their numbers are not given again.
 */
export const ldap = (open: OpenLdap, { db }: { db: Database }): Connector => ({
  async apply(target, change, signal) {
    const settings = settingsOf(target)
    const place = { connectionId: target.id, kind: 'user', accountId: change.accountId }
    const known = await findObject(db, place)
    // Nothing was ever made there for this person.
    if (!change.desired && !known) return { code: applied }
    const { externalId: uid } = known ?? (await rememberObject(db, place, change.accountId))
    const person = desiredPersonOf(change)
    const left = await withDirectory(open, target, signal, async (directory) => {
      if (!person || isOfAnotherMembership(change)) await endUse(directory, settings, uid)
      if (person) await beginUse(directory, settings, uid, person)
      return people.ldapDifferences(await look(directory, settings, uid), person, settings.posix)
    })
    if (left[0]) throw new Refused({ code: left[0] })
    await saveObjectState(db, place, !person)
    return { code: applied }
  },

  async check(target, signal) {
    const settings = settingsOf(target)
    const { posix } = settings
    await withDirectory(open, target, signal, async (directory) => {
      await checkLdapRights(directory, settings)
      if (!posix) return
      const number = String(await nextNumber(directory, posix))
      // It has this value, which is said only to those who may write it.
      await directory.modify(posix.counterDn, [['add', 'uidNumber', [number]]], rightToCount(posix), [
        results.valueExists,
      ])
    })
    return { code: applied }
  },

  async observe(target, change, signal) {
    const settings = settingsOf(target)
    const known = await findObject(db, { connectionId: target.id, kind: 'user', accountId: change.accountId })
    if (!known) return { differences: change.desired ? ['user_missing'] : [], strangers: [] }
    const found = await withDirectory(open, target, signal, (directory) => look(directory, settings, known.externalId))
    return { differences: people.ldapDifferences(found, desiredPersonOf(change), settings.posix), strangers: [] }
  },

  /** Only of the group: other people in the tree are not Guildhall's business. */
  async *list(target, signal) {
    const settings = settingsOf(target)
    const group = await withDirectory(open, target, signal, (directory) => directory.read(settings.groupDn, ['member']))
    if (!group) throw new Refused({ code: 'group_unknown', answer: settings.groupDn })
    yield namesOf(group, settings)
  },
})

async function look(directory: Directory, settings: LdapSettings, uid: string): Promise<people.Found> {
  const dn = dnOf(settings, uid)
  return {
    entry: await directory.read(dn, people.readOfPeople),
    inGroup: await isLdapMember(directory, settings, dn),
  }
}

async function endUse(directory: Directory, settings: LdapSettings, uid: string): Promise<void> {
  const dn = dnOf(settings, uid)
  await leaveLdapGroup(directory, settings, dn)
  const entry = await directory.read(dn, people.readOfPeople)
  if (!entry || !people.isOurs(entry)) return
  await directory.modify(dn, people.changesToEnd(entry), `write entries in ${settings.peopleDn}`)
  // Against a password that is set again later. It works only where there is a policy, so it proves nothing.
  if (!people.isLocked(entry)) await directory.modify(dn, people.lock, '', noPolicy)
}

async function beginUse(directory: Directory, settings: LdapSettings, uid: string, person: DesiredPerson) {
  const dn = dnOf(settings, uid)
  const right = `write entries in ${settings.peopleDn}`
  const entry = await entryOf(directory, settings, dn, uid, person)
  const { posix } = settings
  if (people.needsNumber(entry, posix))
    await directory.modify(dn, people.changesToPosix(uid, await takeNumber(directory, settings, posix), posix), right)
  const changes = people.changesToUse(entry, person, posix)
  if (changes.length > 0) await directory.modify(dn, changes, right)
  await joinLdapGroup(directory, settings, dn)
}

async function entryOf(
  directory: Directory,
  { peopleDn }: LdapSettings,
  dn: string,
  uid: string,
  person: DesiredPerson,
): Promise<Attributes> {
  const read = () => directory.read(dn, people.readOfPeople)
  let entry = await read()
  if (!entry) {
    await directory.add(dn, people.newEntry(uid, person), `add entries in ${peopleDn}`)
    entry = await read()
  }
  if (!entry) throw new Refused({ code: 'user_missing' })
  if (!people.isOurs(entry)) throw new Refused({ code: 'user_not_ours' })
  return entry
}

/** Of our people the uid, as it is remembered; of others the DN. The permanent member is nobody. */
function namesOf({ member = [] }: Attributes, settings: LdapSettings): string[] {
  const holder = plainDn(settings.holderDn)
  const below = `,${plainDn(settings.peopleDn)}`
  return member.flatMap((dn) => {
    const text = plainDn(dn)
    if (text === holder) return []
    const uid = /^uid=([^,]+)$/.exec(text.endsWith(below) ? text.slice(0, -below.length) : '')?.[1]
    return [uid ?? dn]
  })
}
