import type { Database } from '../../../platform/db/database'
import type { Outbound } from '../../outbound/outbound'
import { applied, type Connector, type Desired, Refused, type UsedConnection } from '../connector'
import { isOfAnotherMembership } from '../person-of-change'
import { allObjects, findObject, forgetObject, type RemoteObject, saveObjectState } from '../remote-objects'
import type { KeystoneGroup } from './api'
import { ensurePlace, lookAtPlace, switchOffUnlessAccepted } from './organization'
import { ensureKeystoneUser, findKnownUser } from './people'
import { type Keystone, signInToKeystone } from './signing-in'

/**
 * Keystone, the identity service of OpenStack. An organization has a project and a group with a role on it; a person is a user in
 * that group. When access ends, or the membership that it came with, the group is left, which ends every token, and then all
 * credentials are deleted: they would work again when the person comes back. Where that is not allowed, the user is deleted.
 */
export const keystone = (outbound: Outbound, { db }: { db: Database }): Connector => ({
  async apply(target, change, signal) {
    const place = { connectionId: target.id, kind: 'user', accountId: change.accountId }
    const desired = inOrganization(change.desired)
    const known = await findObject(db, place)
    // Nothing was ever made there for this person.
    if (!desired && !known) return { code: applied }
    const there = await signInToKeystone(outbound, target, signal)
    if (known && (!desired || isOfAnotherMembership(change))) await endUse(db, there, place, known, desired === null)
    if (change.known?.organization && change.known.organization !== desired?.organization)
      await switchOffUnlessAccepted(db, there, change.known.organization)
    if (desired) await beginUse({ db, target, there }, place, desired)
    const now = await findObject(db, place)
    const [left] = now ? await differences(there, target, now, desired) : []
    if (left) throw new Refused({ code: left })
    await saveObjectState(db, place, !desired)
    return { code: applied }
  },

  async check(target, signal) {
    const there = await signInToKeystone(outbound, target, signal)
    await there.api.tryRights()
    if (target.settings.memberRole) await there.roleNamed(target.settings.memberRole)
    if (there.purges) await there.api.credentialsOf('0'.repeat(32))
    return { code: applied, answer: there.purges ? 'system' : 'domain' }
  },

  async observe(target, { accountId, desired }, signal) {
    const known = await findObject(db, { connectionId: target.id, kind: 'user', accountId })
    const wanted = inOrganization(desired)
    if (!known) return { differences: wanted ? ['user_missing'] : [], strangers: [] }
    const there = await signInToKeystone(outbound, target, signal)
    return { differences: await differences(there, target, known, wanted), strangers: [] }
  },

  /** Those in groups of ours: a domain may have many other users. */
  async *list(target, signal) {
    const known = await allObjects(db, target.id)
    const { api, domain } = await signInToKeystone(outbound, target, signal)
    for (const { id } of (await api.groupsIn(domain)).filter(isOurs))
      yield (await api.membersOf(id)).map((one) => (known.has(one.id) ? one.id : one.name))
  },
})

/** Projects belong to organizations: people without one have nothing there. */
const inOrganization = (desired: Desired | null): (Desired & { organization: string }) | null =>
  desired?.organization ? { ...desired, organization: desired.organization } : null

const isOurs = ({ guildhall }: KeystoneGroup): boolean => Boolean(guildhall)

interface Whose {
  connectionId: string
  kind: string
  accountId: string
}

/** Leaving the groups comes first, because it ends every token: then no new credential can be made. */
async function endUse(db: Database, there: Keystone, place: Whose, known: RemoteObject, ended: boolean): Promise<void> {
  const { api, domain, purges } = there
  const user = await findKnownUser(there, known, place.accountId)
  if (!user) return
  const groups = (await api.groupsOf(user.id)).filter((group) => isOurs(group) && group.domain_id === domain)
  await Promise.all(groups.map(({ id }) => api.leave(id, user.id)))
  if (!purges) {
    await api.deleteUser(user.id)
    await forgetObject(db, place, known.externalId)
    return
  }
  const credentials = await api.credentialsOf(user.id)
  await Promise.all(credentials.map((path) => api.deleteCredential(path)))
  if (ended && user.enabled) await api.changeUser(user.id, { enabled: false })
  // After an end, everything is looked at once more in any case.
  if (!ended && (await api.credentialsOf(user.id)).length > 0) throw new Refused({ code: 'credential_present' })
}

interface Use {
  db: Database
  target: UsedConnection
  there: Keystone
}

async function beginUse({ db, target, there }: Use, place: Whose, desired: Desired & { organization: string }) {
  const { api, domain } = there
  const { group } = await ensurePlace({ db, keystone: there, target }, desired.organization, desired)
  const user = await ensureKeystoneUser(db, there, place, desired)
  const groups = (await api.groupsOf(user.id)).filter((one) => isOurs(one) && one.domain_id === domain)
  await Promise.all(groups.filter(({ id }) => id !== group.id).map(({ id }) => api.leave(id, user.id)))
  if (!groups.some(({ id }) => id === group.id)) await api.join(group.id, user.id)
}

/** How what is there differs from what should be, as codes. */
async function differences(there: Keystone, target: UsedConnection, known: RemoteObject, desired: Desired | null) {
  const { api, domain, purges } = there
  const user = await api.findUser(known.externalId)
  if (!user) return desired ? ['user_missing'] : []
  const groups = (await api.groupsOf(user.id)).filter((one) => isOurs(one) && one.domain_id === domain)
  if (!desired)
    return [
      ...(groups.length > 0 ? ['still_in_group'] : []),
      ...(user.enabled ? ['user_enabled'] : []),
      ...(purges && (await api.credentialsOf(user.id)).length > 0 ? ['credential_present'] : []),
    ]
  const { group, codes } = await lookAtPlace(there, target, desired.organization!, desired)
  const isMember = groups.some(({ id }) => id === group?.id)
  return [
    ...codes,
    ...(user.enabled ? [] : ['user_disabled']),
    ...(isMember ? [] : ['group_missing']),
    ...(groups.length > (isMember ? 1 : 0) ? ['wrong_group'] : []),
    ...(user.email === desired.person?.email ? [] : ['person_differs']),
  ]
}
