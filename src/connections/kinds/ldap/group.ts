import { Refused } from '../connector'
import { type Directory, results } from './directory'
import type { LdapSettings } from './settings'

const description = 'Made by Guildhall: keeps its group from being empty'

const rightToWrite = ({ groupDn }: LdapSettings): string => `write member of ${groupDn}`

export const isLdapMember = (directory: Directory, { groupDn }: LdapSettings, dn: string): Promise<boolean> =>
  directory.has(groupDn, 'member', dn)

export async function joinLdapGroup(directory: Directory, settings: LdapSettings, dn: string): Promise<void> {
  const { groupDn } = settings
  const added = await directory.modify(groupDn, [['add', 'member', [dn]]], rightToWrite(settings), [
    ...[results.valueExists, results.noSuchObject],
  ])
  if (added === results.noSuchObject) throw new Refused({ code: 'group_unknown', answer: groupDn })
}

/** A `groupOfNames` may not be empty. An entry that is no person keeps it from that. */
export async function leaveLdapGroup(directory: Directory, settings: LdapSettings, dn: string): Promise<void> {
  const without = () =>
    directory.modify(settings.groupDn, [['delete', 'member', [dn]]], rightToWrite(settings), [
      ...[results.noSuchAttribute, results.noSuchObject, results.objectClassViolation],
    ])
  if ((await without()) !== results.objectClassViolation) return
  await ensureHolder(directory, settings)
  if ((await without()) === results.objectClassViolation) throw new Refused({ code: 'still_in_group' })
}

export async function ensureHolder(directory: Directory, settings: LdapSettings): Promise<void> {
  if (settings.holderDn === settings.ownDn) await ensureOwnEntry(directory, settings)
  await joinLdapGroup(directory, settings, settings.holderDn)
}

/** An entry of this name that has another description is somebody else's. */
async function ensureOwnEntry(directory: Directory, { ownDn, peopleDn }: LdapSettings): Promise<void> {
  const own = { objectClass: ['applicationProcess'], cn: ['guildhall'], description: [description] }
  if (await directory.add(ownDn, own, `add entries in ${peopleDn}`)) return
  if (!(await directory.has(ownDn, 'description', description)))
    throw new Refused({ code: 'user_not_ours', answer: ownDn })
}

/** Tries each right on what is there already, or on our own entry, so that nothing changes for anybody. */
export async function checkLdapRights(directory: Directory, settings: LdapSettings): Promise<void> {
  const { peopleDn, groupDn, ownDn } = settings
  if (!(await directory.read(peopleDn, ['objectClass']))) throw new Refused({ code: 'people_dn_unknown' })
  if (!(await directory.read(groupDn, ['objectClass']))) throw new Refused({ code: 'group_unknown', answer: groupDn })
  await ensureOwnEntry(directory, settings)
  await directory.modify(ownDn, [['replace', 'description', [description]]], `write entries in ${peopleDn}`)
  await directory.modify(ownDn, [['replace', 'userPassword', []]], `write userPassword in ${peopleDn}`)
  await ensureHolder(directory, settings)
}
