import { randomUUID } from 'node:crypto'
import type { Database } from '../../../platform/db/database'
import type { Outbound } from '../../outbound/outbound'
import { applied, type Connector, Refused, type UsedConnection } from '../connector'
import { type DesiredPerson, desiredPersonOf, isOfAnotherMembership } from '../person-of-change'
import { findObject, rememberObject, saveObjectId, saveObjectState } from '../remote-objects'
import { restApi } from '../rest'
import { type ScimApi, type ScimGroup, type ScimUser, scimApi } from './api'
import { ensureScimGroup, findScimGroup, isScimMember, joinScimGroup, leaveScimGroup } from './groups'
import { changesToPerson, createOurs, deactivate, findOurs, updateOurs } from './people'

/**
 * A service that speaks SCIM 2.0. Each person is a user whose `externalId` is the account, and a group has those who may use the
 * service. When access ends, the user becomes inactive and leaves the group, and stays: services keep what is theirs. Who
 * loses access is known from the ledger only, never from a listing, which may be empty for other reasons.
 */
export const scim = (outbound: Outbound, { db }: { db: Database }): Connector => ({
  async apply(target, change, signal) {
    const api = apiOf(outbound, target, signal)
    const { accountId } = change
    const name = target.settings.group!
    const place = { connectionId: target.id, kind: 'user', accountId }
    const known = await findObject(db, place)
    // Nothing was ever made there for this person.
    if (!change.desired && !known) return { code: applied }
    // Until the service has given it an id, it is remembered by what it will be found by.
    const { externalId: remembered } = known ?? (await rememberObject(db, place, accountId))
    const person = desiredPersonOf(change)
    const found = await findOurs(api, accountId, remembered)
    if (found) await saveObjectId(db, place, found.id)
    const id = found?.id ?? remembered
    if (!person || isOfAnotherMembership(change)) await endUse(api, name, found, id)
    if (person) {
      const user = found ?? (await createOurs(api, accountId, person))
      await saveObjectId(db, place, user.id)
      // It may be inactive since a moment ago, or be made by an attempt whose answer was lost.
      const now = (await api.findUser(user.id)) ?? user
      await updateOurs(api, now, person)
      await joinScimGroup(api, await ensureScimGroup(api, name, target.id), now)
    }
    const [left] = differences(await look(api, name, accountId, (await findObject(db, place))!.externalId), person)
    if (left) throw new Refused({ code: left })
    await saveObjectState(db, place, !person)
    return { code: applied }
  },

  async check(target, signal) {
    await checkRights(apiOf(outbound, target, signal), target.settings.group!)
    return { code: applied }
  },

  async observe(target, change, signal) {
    const { accountId } = change
    const known = await findObject(db, { connectionId: target.id, kind: 'user', accountId })
    if (!known) return { differences: change.desired ? ['user_missing'] : [], strangers: [] }
    const found = await look(apiOf(outbound, target, signal), target.settings.group!, accountId, known.externalId)
    return { differences: differences(found, desiredPersonOf(change)), strangers: [] }
  },

  /** Only of the group: other users of the service are not Guildhall's business. */
  async *list(target, signal) {
    const group = await findScimGroup(apiOf(outbound, target, signal), target.settings.group!)
    yield (group?.members ?? []).flatMap(({ value }) => value ?? [])
  },
})

interface Found {
  user: ScimUser | null
  inGroup: boolean
}

async function look(api: ScimApi, name: string, accountId: string, remembered: string): Promise<Found> {
  const user = await findOurs(api, accountId, remembered)
  return { user, inGroup: isScimMember(await findScimGroup(api, name), user, user?.id ?? remembered) }
}

/** How what was found differs from what should be there, as codes. Without a person, access has ended. */
function differences({ user, inGroup }: Found, person: DesiredPerson | null): string[] {
  if (!person)
    return [...(user && user.active !== false ? ['not_suspended'] : []), ...(inGroup ? ['still_in_group'] : [])]
  if (!user) return ['user_missing']
  return [
    ...(user.active === false ? ['suspended'] : []),
    ...(inGroup ? [] : ['group_missing']),
    ...(changesToPerson(user, person).length > 0 ? ['person_differs'] : []),
  ]
}

/** Inactive first: it refuses the person whatever the group is for. */
async function endUse(api: ScimApi, name: string, user: ScimUser | null, id: string): Promise<void> {
  if (user) await deactivate(api, user)
  const group: ScimGroup | null = await findScimGroup(api, name)
  if (group) await leaveScimGroup(api, group, id)
}

/** Tries each right on users and groups that there are not. */
async function checkRights(api: ScimApi, name: string): Promise<void> {
  const nobody = randomUUID()
  if (await api.refusesPatch()) throw new Refused({ code: 'patch_unsupported' })
  await api.usersWith('externalId', nobody)
  await findScimGroup(api, name)
  await api.changeUser(nobody, [{ op: 'replace', path: 'active', value: false }], [400, 404])
  await api.changeGroup(nobody, [{ op: 'remove', path: `members[value eq "${nobody}"]` }], [400, 404])
}

function apiOf(outbound: Outbound, { settings, secrets }: UsedConnection, signal: AbortSignal): ScimApi {
  const headers = { authorization: `Bearer ${secrets()[0]}` }
  return scimApi(restApi(outbound, { base: settings.url!, headers, signal, mediaType: 'application/scim+json' }))
}
