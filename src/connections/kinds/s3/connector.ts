import { randomUUID } from 'node:crypto'
import type { Database } from '../../../platform/db/database'
import type { Keys } from '../../../platform/keys'
import { unseal } from '../../../platform/sealing'
import type { Outbound } from '../../outbound/outbound'
import { OutboundTrouble } from '../../outbound/outbound-trouble'
import {
  applied,
  type Change,
  type Connector,
  type Observation,
  type Outcome,
  Refused,
  type UsedConnection,
} from '../connector'
import type { GatewayFailure, GatewayResult } from './answers'
import { type GatewayKeys, type GatewayQuota, type GatewayRequest, type GatewayUser, s3Gateway } from './gateway'
import { quotaOf } from './quota'
import { findOurUsers, type OurUser, saveGatewayAnswers } from './store'

/** Marks the users that Guildhall made. One that has another name is somebody else's, and is not touched. */
const displayName = 'Guildhall'

/** The longest answer that is read, in bytes: a page of users, a person's keys. */
const longestAnswer = 1_000_000

interface Means {
  db: Database
  keys: Keys
}

/** A user as the gateway should have it. */
interface Expected {
  uid: string
  inUse: boolean
  quota: GatewayQuota
  keys: GatewayKeys[]
  ended: string[]
}

type Gateway = ReturnType<typeof s3Gateway>

/**
 * S3 keys on a RADOS gateway. Each membership of a person has a user of its own there, so that nothing moves with them to
 * another organization. When it ends, its keys are removed and the user is suspended; the buckets stay.
 */
export const s3 = (outbound: Outbound, means: Means): Connector => ({
  async apply(target, change, signal) {
    const gateway = gatewayOf(outbound, target, signal)
    const { users, expected } = await expectedUsers(means, target, change)
    for (const user of expected) await bring(gateway, user)
    await saveGatewayAnswers(means.db, target.id, change.accountId, users)
    return { code: applied }
  },

  async check(target, signal) {
    await checkRights(gatewayOf(outbound, target, signal))
    return { code: applied }
  },

  async observe(target, change, signal) {
    const gateway = gatewayOf(outbound, target, signal)
    const seen: Observation = { differences: [], strangers: [] }
    for (const user of (await expectedUsers(means, target, change)).expected) {
      const found = await find(gateway, user.uid)
      seen.differences.push(...differences(user, found))
      const ours = [...user.keys.map(({ accessKey }) => accessKey), ...user.ended]
      const others = found?.keys.filter(({ accessKey }) => user.inUse && !ours.includes(accessKey)) ?? []
      seen.strangers.push(...others.map(() => 'unknown_key'))
    }
    return seen
  },

  async *list(target, signal) {
    const gateway = gatewayOf(outbound, target, signal)
    for (let marker: string | undefined, more = true; more; more = marker !== undefined) {
      const { uids, next } = must(await gateway.listUids(marker))
      yield uids
      marker = next
    }
  },
})

async function expectedUsers({ db, keys }: Means, target: UsedConnection, { accountId, desired }: Change) {
  const wanted = desired?.keys?.map(({ id }) => id) ?? []
  const users = await findOurUsers(db, target.id, accountId, wanted)
  const quota = quotaOf(desired)
  const secretOf = (id: string, sealed: string) => unseal(Buffer.from(sealed, 'base64'), id, keys, 'connectionSealing')
  const expectedOf = ({ uid, inUse, keys: ours }: OurUser): Expected => ({
    uid,
    inUse,
    quota,
    keys: ours.flatMap(({ id, accessKey, sealed }) => (sealed ? { accessKey, secretKey: secretOf(id, sealed) } : [])),
    ended: ours.flatMap(({ accessKey, sealed }) => (sealed ? [] : accessKey)),
  })
  return { users, expected: users.map(expectedOf) }
}

/** How a user differs from what is expected, as codes. */
function differences({ inUse, quota, keys, ended }: Expected, found: GatewayUser | null): string[] {
  if (!found) return inUse ? ['user_missing'] : []
  if (found.displayName !== displayName) return ['user_not_ours']
  const has = (accessKey: string) => found.keys.find((key) => key.accessKey === accessKey)
  const codes = ended.some(has) ? ['ended_key_present'] : []
  if (!inUse) return found.suspended ? codes : [...codes, 'not_suspended']
  if (found.suspended) codes.push('suspended')
  if (keys.some(({ accessKey }) => !has(accessKey))) codes.push('key_missing')
  if (keys.some(({ accessKey, secretKey }) => (has(accessKey)?.secretKey ?? secretKey) !== secretKey))
    codes.push('secret_differs')
  if (!isSame(found.quota, quota)) codes.push('quota_differs')
  return codes
}

const isSame = (one: GatewayQuota, other: GatewayQuota) => one.bytes === other.bytes && one.objects === other.objects

/** Makes a user as it is expected, and looks whether it is: an answer that says so is no proof. */
async function bring(gateway: Gateway, expected: Expected): Promise<void> {
  const found = await find(gateway, expected.uid)
  if (found && found.displayName !== displayName) throw new Refused({ code: 'user_not_ours' })
  if (expected.inUse) await switchOn(gateway, expected, found)
  else if (found) await switchOff(gateway, expected, found)
  else return
  const [left] = differences(expected, await find(gateway, expected.uid))
  if (left) throw new Refused({ code: left })
}

/** Suspending refuses everything at once, so it comes before the keys. */
async function switchOff(gateway: Gateway, { uid, ended }: Expected, found: GatewayUser): Promise<void> {
  if (!found.suspended) must(await gateway.setSuspended(uid, true))
  await removeKeys(gateway, uid, ended, found)
}

async function switchOn(gateway: Gateway, expected: Expected, existing: GatewayUser | null): Promise<void> {
  const { uid, quota, keys, ended } = expected
  const found = existing ?? must(await gateway.createUser({ uid, displayName }))
  await removeKeys(gateway, uid, ended, found)
  if (!isSame(found.quota, quota)) must(await gateway.setQuota(uid, quota))
  for (const key of keys)
    if (!found.keys.some((one) => one.accessKey === key.accessKey && one.secretKey === key.secretKey))
      must(await gateway.addKey(uid, key))
  if (found.suspended) must(await gateway.setSuspended(uid, false))
}

async function removeKeys(gateway: Gateway, uid: string, ended: string[], { keys }: GatewayUser): Promise<void> {
  for (const { accessKey } of keys) if (ended.includes(accessKey)) must(await gateway.removeKey(uid, accessKey))
}

async function find(gateway: Gateway, uid: string): Promise<GatewayUser | null> {
  const found = await gateway.findUser(uid)
  return !found.ok && found.failure === 'not_found' ? null : must(found)
}

/** Tries each right on a user that there is not, and names the first that is missing. */
async function checkRights(gateway: Gateway): Promise<void> {
  const uid = `guildhall-check-${randomUUID()}`
  const rights: [string, () => Promise<GatewayResult<unknown>>][] = [
    ['users=read', () => gateway.findUser(uid)],
    ['users=write', () => gateway.setSuspended(uid, true)],
    ['metadata=read', () => gateway.listUids(undefined, 1)],
    ['usage=read', () => gateway.readUsage(uid, new Date(), new Date())],
  ]
  for (const [right, call] of rights) {
    const result = await call()
    if (result.ok || result.failure === 'not_found') continue
    const missing = result.failure === 'unauthorized' && result.code === 'AccessDenied'
    throw new Refused({ ...outcomeOf(result), ...(missing && { code: 'right_missing', answer: right }) })
  }
}

function must<Value>(result: GatewayResult<Value>): Value {
  if (!result.ok) throw new Refused(outcomeOf(result))
  return result.value
}

function gatewayOf(outbound: Outbound, { settings, secrets }: UsedConnection, signal: AbortSignal): Gateway {
  const keys = { accessKey: settings.accessKey ?? '', secretKey: secrets()[0] ?? '' }
  return s3Gateway({ endpoint: settings.endpoint ?? '', keys, request: guarded(outbound, signal) })
}

/** One signal for a whole chain of requests. */
export const guarded =
  (outbound: Outbound, signal: AbortSignal): GatewayRequest =>
  async (request) => {
    const received = await outbound({ ...request, signal, longestAnswer })
    if ('code' in received) throw new OutboundTrouble(received.code)
    return received
  }

/** Codes of ours alone: the gateway's own words could contain a secret. */
function outcomeOf({ failure, status, code }: GatewayFailure): Outcome {
  const known = status === undefined ? {} : { status }
  if (failure === 'unavailable') return { code: (status === undefined && code) || 'status_not_2xx', ...known }
  if (failure === 'conflict') return { code: 'user_not_ours', ...known }
  // Deleted there a moment ago: the next attempt makes it again.
  if (failure === 'not_found') return { code: 'user_missing', ...known }
  if (failure === 'unexpected_answer') return { code: 'unexpected_answer', ...known }
  return { code: code === 'RequestTimeTooSkewed' ? 'clock_differs' : 'refused_by_service', broken: true, ...known }
}
