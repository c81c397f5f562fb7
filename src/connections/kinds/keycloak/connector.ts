import type { Database } from '../../../platform/db/database'
import type { Outbound } from '../../outbound/outbound'
import { applied, type Connector, type Desired, Refused, type UsedConnection } from '../connector'
import { isOfAnotherMembership } from '../person-of-change'
import { allObjects, saveObjectState } from '../remote-objects'
import type { KeycloakApi, KeycloakUser } from './api'
import { ensureRoleGroup, ours } from './groups'
import { memberPages } from './listing'
import { differences, look } from './looking'
import { changeOf, ensureUser, findKnown, identityOf, type Known, recall, type Whose } from './people'
import { signInAt } from './signing-in'

/**
 * Keycloak below this site. Whoever may use the service is in the child group of their access role. When access ends, or the
 * membership that it came with, sessions and offline sessions end too: leaving a group ends none. A user that this site made is
 * then disabled; one that was there before may be used for other things.
 */
export const keycloak = (outbound: Outbound, { db }: { db: Database }): Connector => ({
  async apply(target, change, signal) {
    const whose = { connectionId: target.id, accountId: change.accountId }
    const known = await recall(db, whose)
    // Nothing was ever made there for this person.
    if (!change.desired && !known) return { code: applied }
    const api = await signInAt(outbound, target, signal)
    if (known && (!change.desired || isOfAnotherMembership(change))) await endUse(api, target, known, !change.desired)
    if (change.desired) await beginUse({ db, api, target }, whose, change.desired)
    const now = (await recall(db, whose))!
    const [left] = differences(await look(api, target, now, whose.accountId), target, now, change.desired)
    if (left) throw new Refused({ code: left })
    await saveObjectState(db, { ...whose, kind: now.kind }, !change.desired)
    return { code: applied }
  },

  async check(target, signal) {
    const api = await signInAt(outbound, target, signal)
    // Searches would answer with empty lists. What it may do with a user is said with the user.
    const { access = {} } = await api.findItself()
    if (!access.manage || !access.manageGroupMembership)
      throw new Refused({ code: 'right_missing', broken: true, answer: 'manage-users' })
    return { code: applied }
  },

  async observe(target, { accountId, desired }, signal) {
    const whose = { connectionId: target.id, accountId }
    const known = await recall(db, whose)
    if (!known) return { differences: desired ? ['user_missing'] : [], strangers: [] }
    const api = await signInAt(outbound, target, signal)
    return {
      differences: differences(await look(api, target, known, accountId), target, known, desired),
      strangers: [],
    }
  },

  /** Those in the groups: a realm may have many other users. */
  async *list(target, signal) {
    const known = await allObjects(db, target.id)
    for await (const members of memberPages(() => signInAt(outbound, target, signal), target.settings.group!))
      yield members.map(({ id, username }) => (known.has(id) ? id : username))
  },
})

interface Use {
  db: Database
  api: KeycloakApi
  target: UsedConnection
}

/** Access that is there already and stays is kept while names are refused: they come last. */
async function beginUse({ db, api, target }: Use, whose: Whose, desired: Desired): Promise<void> {
  const { group: path, provider } = target.settings
  const user = await ensureUser({ db, keycloak: api, provider }, whose, desired)
  const known = (await recall(db, whose))!
  if (known.kind === 'user' && !user.enabled) await api.setEnabled(user.id, true)
  if (provider) await ensureLink(api, user, provider, whose.accountId)
  const group = await ensureRoleGroup(api, path!, desired.access.key)
  const groups = ours(await api.groupsOf(user.id), path!)
  await Promise.all(groups.filter(({ id }) => id !== group.id).map(({ id }) => api.leave(user.id, id)))
  if (!groups.some(({ id }) => id === group.id)) await api.join(user.id, group.id)
  await describePerson(api, user.id, desired)
}

async function ensureLink(api: KeycloakApi, user: KeycloakUser, provider: string, accountId: string): Promise<void> {
  const link = (await api.links(user.id)).find((one) => one.identityProvider === provider)
  if (link?.userId === accountId) return
  if (link) await api.unlink(user.id, provider)
  await api.link(user.id, identityOf(provider, accountId))
}

/** The user is read again, because a change repeats everything of it. */
async function describePerson(api: KeycloakApi, id: string, { person }: Desired): Promise<void> {
  const user = await api.findUser(id)
  const change = user && person ? changeOf(user, person) : null
  if (!user || !change) return
  const outcome = await api.changeUser(user, change)
  if (outcome === 'taken') throw new Refused({ code: 'user_not_ours' })
  if (outcome === 'refused') throw new Refused({ code: 'person_refused' })
}

/**
 * Leaving the groups comes first: until then a new session would have them. Logging out comes before disabling, which ends
 * nothing for good. It spares offline tokens of the same second, so their sessions are ended one by one.
 */
async function endUse(api: KeycloakApi, target: UsedConnection, known: Known, ended: boolean): Promise<void> {
  const user = await findKnown(api, known)
  if (!user) return
  const groups = ours(await api.groupsOf(user.id), target.settings.group!)
  await Promise.all(groups.map(({ id }) => api.leave(user.id, id)))
  const before = await api.sessionsOf(user.id)
  await api.logOut(user.id)
  const clients = await api.offlineClientsOf(user.id)
  await Promise.all(clients.map((client) => api.endOffline(user.id, client)))
  if (ended && known.kind === 'user' && user.enabled) await api.setEnabled(user.id, false)
  const after = await api.sessionsOf(user.id)
  if (after.some((id) => before.includes(id))) throw new Refused({ code: 'session_present' })
}
