import { Refused } from '../connector'
import type { ScimApi, ScimGroup, ScimUser } from './api'
import { alike } from './people'

/** Groups that are being created by this process, by connection and name: all who need one wait for the same. */
const creating = new Map<string, Promise<ScimGroup>>()

/** The one group of this name, with its members: lists may have groups without them. */
export async function findScimGroup(scim: ScimApi, name: string): Promise<ScimGroup | null> {
  const [id, ...more] = await idsOf(scim, name)
  if (more.length > 0) throw new Refused({ code: 'group_ambiguous' })
  return id === undefined ? null : scim.findGroup(id)
}

const idsOf = async (scim: ScimApi, name: string): Promise<string[]> =>
  (await scim.groupsNamed(name)).filter(({ displayName }) => alike(displayName, name)).map(({ id }) => id)

export async function ensureScimGroup(scim: ScimApi, name: string, connectionId: string): Promise<ScimGroup> {
  const found = await findScimGroup(scim, name)
  if (found) return found
  const key = `${connectionId} ${name}`
  const begun = creating.get(key)
  if (begun) return begun
  const creation = createGroup(scim, name).finally(() => creating.delete(key))
  creating.set(key, creation)
  return creation
}

/**
 * There are servers that keep two groups of one name. Where another process made one at the same time, ours goes: of all who
 * made one, at most one sees no other.
 */
async function createGroup(scim: ScimApi, name: string): Promise<ScimGroup> {
  const before = await findScimGroup(scim, name)
  if (before) return before
  const made = await scim.createGroup(name)
  const ids = await idsOf(scim, name)
  if (made && ids.every((id) => id === made.id)) return made
  if (made) await scim.deleteGroup(made.id)
  const other = await findScimGroup(scim, name)
  if (!other) throw new Refused({ code: 'group_unknown', answer: name })
  return other
}

/** Servers say it in the group, or with the user, or in both. */
export const isScimMember = (group: ScimGroup | null, user: ScimUser | null, userId: string): boolean =>
  group !== null &&
  (group.members?.some(({ value }) => value === userId) === true ||
    user?.groups?.some(({ value }) => value === group.id) === true)

/** Looked for before: there are servers that add a member twice. */
export async function joinScimGroup(scim: ScimApi, group: ScimGroup, user: ScimUser): Promise<void> {
  if (isScimMember(group, user, user.id)) return
  await scim.changeGroup(group.id, [{ op: 'add', path: 'members', value: [{ value: user.id }] }])
}

/**
 * Without looking, because not every server says who is in. Only with a filter: without one, the operation would remove
 * everybody. Some servers refuse it if there is no such member.
 */
export async function leaveScimGroup(scim: ScimApi, group: ScimGroup, userId: string): Promise<void> {
  const path = `members[value eq ${JSON.stringify(userId)}]`
  await scim.changeGroup(group.id, [{ op: 'remove', path }], [400, 404])
}
