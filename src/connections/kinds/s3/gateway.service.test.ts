import { randomBytes, randomUUID } from 'node:crypto'
import { afterEach, expect, inject, test } from 'vitest'
import { ensureCeph } from '../../../../scripts/services/ceph.mjs'
import { startGateway } from '../../../../tests/support/ceph'
import { askS3, gatewayWith, isRefusal, succeeding } from '../../../../tests/support/s3'
import { until } from '../../../../tests/support/until'
import type { GatewayKeys } from './gateway'

// Against a real Ceph: npm run test:services.

const ceph = inject('ceph')
const gateway = () => gatewayWith(ceph)

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

const newKey = (): GatewayKeys => ({
  accessKey: randomBytes(10).toString('hex').toUpperCase(),
  // With what has to be escaped in a query.
  secretKey: `${randomBytes(24).toString('base64')}/+ &=`,
})

async function newUser() {
  const user = { uid: `guildhall-${randomUUID()}`, displayName: "Zoë O'Neil (first + last) *" }
  await succeeding(gateway().createUser(user))
  return user
}

async function newUserWithBucket() {
  const [user, key, bucket] = [await newUser(), newKey(), `/bucket-${randomUUID()}`]
  await succeeding(gateway().addKey(user.uid, key))
  expect(await askS3('PUT', bucket, key)).toBe(200)
  return { ...user, key, bucket }
}

/** Asks again at once, to see how long it takes, but not for ever. */
async function refusal(bucket: string, key: GatewayKeys) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const answer = await askS3('GET', bucket, key)
    if (isRefusal(answer)) return
    if (Date.now() > deadline) throw new Error(`S3 still answers ${answer}, which is no refusal`)
  }
}

const milliseconds = (times: number[]) => {
  const sorted = times.sort((a, b) => a - b)
  return `median ${sorted[sorted.length >> 1]!.toFixed(0)} ms, longest ${sorted.at(-1)!.toFixed(0)} ms of ${times.length}`
}

test('a created user has no key; with ours, S3 lets them in', async () => {
  const user = await newUser()
  const unlimited = { bytes: null, objects: null }
  expect(await succeeding(gateway().findUser(user.uid))).toEqual({
    ...user,
    suspended: false,
    keys: [],
    quota: unlimited,
  })
  const key = newKey()
  expect(await askS3('GET', '/', key)).toBe('InvalidAccessKeyId')
  await succeeding(gateway().addKey(user.uid, key))
  expect(await askS3('GET', '/', key)).toBe(200)
})

test('a user is created once; the name with another display name is not ours', async () => {
  const user = await newUser()
  expect(await succeeding(gateway().createUser(user))).toMatchObject(user)
  const other = await gateway().createUser({ ...user, displayName: 'Another' })
  expect(other).toEqual({ ok: false, failure: 'conflict', status: 409, code: 'UserAlreadyExists' })
  expect(await succeeding(gateway().findUser(user.uid))).toMatchObject(user)
})

test('a user who is not there is not found', async () => {
  const uid = randomUUID()
  const absent = { ok: false, failure: 'not_found', status: 404, code: 'NoSuchUser' }
  expect(await gateway().findUser(uid)).toEqual(absent)
  expect(await gateway().addKey(uid, newKey())).toEqual(absent)
  expect(await gateway().setSuspended(uid, true)).toEqual(absent)
  expect(await gateway().setQuota(uid, { bytes: 1, objects: 1 })).toEqual(absent)
})

test('a key added twice is one key, with the secret of the second time', async () => {
  const [user, key] = [await newUser(), newKey()]
  await succeeding(gateway().addKey(user.uid, key))
  await succeeding(gateway().addKey(user.uid, key))
  expect((await succeeding(gateway().findUser(user.uid))).keys).toEqual([key])
  const renewed = { ...key, secretKey: newKey().secretKey }
  await succeeding(gateway().addKey(user.uid, renewed))
  expect((await succeeding(gateway().findUser(user.uid))).keys).toEqual([renewed])
  await until(async () => (await askS3('GET', '/', key)) === 'SignatureDoesNotMatch')
  expect(await askS3('GET', '/', renewed)).toBe(200)
})

test('a key of another user is a conflict, and removing it there leaves it', async () => {
  const [owner, other, key] = [await newUser(), await newUser(), newKey()]
  await succeeding(gateway().addKey(owner.uid, key))
  const taken = { ok: false, failure: 'conflict', status: 409, code: 'KeyExists' }
  expect(await gateway().addKey(other.uid, key)).toEqual(taken)
  await succeeding(gateway().removeKey(other.uid, key.accessKey))
  expect(await askS3('GET', '/', key)).toBe(200)
})

test('a removed key is refused, the other one is not', async () => {
  const { uid, key, bucket } = await newUserWithBucket()
  const times: number[] = []
  for (let round = 0; round < 20; round++) {
    const removed = newKey()
    await succeeding(gateway().addKey(uid, removed))
    expect(await askS3('GET', bucket, removed)).toBe(200)
    const began = performance.now()
    await succeeding(gateway().removeKey(uid, removed.accessKey))
    await refusal(bucket, removed)
    times.push(performance.now() - began)
  }
  console.log(`Key removed, until S3 refuses it: ${milliseconds(times)}`)
  expect(await askS3('GET', bucket, key)).toBe(200)
})

test('removing a key twice, or from a user who is not there, is a success', async () => {
  const [user, key] = [await newUser(), newKey()]
  await succeeding(gateway().addKey(user.uid, key))
  await succeeding(gateway().removeKey(user.uid, key.accessKey))
  await succeeding(gateway().removeKey(user.uid, key.accessKey))
  await succeeding(gateway().removeKey(randomUUID(), key.accessKey))
  expect((await succeeding(gateway().findUser(user.uid))).keys).toEqual([])
})

test('a suspended user is refused with every key, and let in again afterwards', async () => {
  const { uid, key, bucket } = await newUserWithBucket()
  const times: number[] = []
  for (let round = 0; round < 20; round++) {
    const began = performance.now()
    await succeeding(gateway().setSuspended(uid, true))
    await refusal(bucket, key)
    times.push(performance.now() - began)
    expect((await succeeding(gateway().findUser(uid))).suspended).toBe(true)
    await succeeding(gateway().setSuspended(uid, false))
    await until(async () => (await askS3('GET', bucket, key)) === 200)
  }
  console.log(`User suspended, until S3 refuses them: ${milliseconds(times)}`)
  expect(await succeeding(gateway().findUser(uid))).toMatchObject({ suspended: false, keys: [key] })
})

test('a quota that is set is read back exactly, each limit for itself', async () => {
  const { uid } = await newUser()
  for (const quota of [
    { bytes: 5001, objects: 10 },
    { bytes: 7 * 2 ** 40, objects: null },
    { bytes: null, objects: 0 },
    { bytes: 0, objects: null },
    { bytes: null, objects: null },
  ]) {
    await succeeding(gateway().setQuota(uid, quota))
    expect((await succeeding(gateway().findUser(uid))).quota).toEqual(quota)
  }
})

test('what a user did is in the usage log', async () => {
  const { uid, bucket, key } = await newUserWithBucket()
  expect(await askS3('GET', bucket, key)).toBe(200)
  const day = 24 * 60 * 60 * 1000
  const now = Date.now()
  const used = await until(async () => {
    const usage = await succeeding(gateway().readUsage(uid, new Date(now - day), new Date(now + day)))
    return usage.find(({ category }) => category === 'list_bucket')
  })
  expect(used).toMatchObject({ bucket: bucket.slice(1), requests: 1, successful: 1 })
  expect(used.bytesSent).toBeGreaterThan(0)
  expect(Math.abs(used.hour.getTime() - now)).toBeLessThan(day)
  expect(await succeeding(gateway().readUsage(uid, new Date(now - 3 * day), new Date(now - 2 * day)))).toEqual([])
})

test('all users are listed page by page, each once', async () => {
  const ours = [await newUser(), await newUser(), await newUser()].map(({ uid }) => uid)
  const listed: string[] = []
  let marker: string | undefined
  do {
    const { uids, next } = await succeeding(gateway().listUids(marker, 2))
    expect(uids.length).toBeLessThanOrEqual(2)
    listed.push(...uids)
    marker = next
  } while (marker)
  expect(listed).toEqual(expect.arrayContaining([...ours, 'administrator']))
  expect(new Set(listed).size).toBe(listed.length)
})

test('this version cannot limit rates', async () => {
  const { uid } = await newUser()
  expect(await succeeding(gateway().canLimitRates(uid))).toBe(false)
})

test('with a wrong secret, or with keys that are not there, everything is unauthorized', async () => {
  const { uid, key } = await newUserWithBucket()
  const wrong = gatewayWith({ ...ceph, secretKey: 'wrong' })
  const unauthorized = { ok: false, failure: 'unauthorized', status: 403 }
  expect(await wrong.findUser(uid)).toEqual({ ...unauthorized, code: 'SignatureDoesNotMatch' })
  expect(await wrong.removeKey(uid, key.accessKey)).toEqual({ ...unauthorized, code: 'SignatureDoesNotMatch' })
  const unknown = gatewayWith(newKey())
  expect(await unknown.removeKey(uid, key.accessKey)).toEqual({ ...unauthorized, code: 'InvalidAccessKeyId' })
  expect(await unknown.listUids()).toEqual({ ...unauthorized, code: 'InvalidAccessKeyId' })
  // A user’s own keys administer nothing.
  expect(await gatewayWith(key).setSuspended(uid, false)).toEqual({ ...unauthorized, code: 'AccessDenied' })
  expect(await askS3('GET', '/', key)).toBe(200)
})

test('a path that is not the administration’s is an unexpected answer', async () => {
  const elsewhere = gatewayWith(ceph, `${ceph.endpoint}/elsewhere`)
  const unexpected = { ok: false, failure: 'unexpected_answer' }
  expect(await elsewhere.findUser(randomUUID())).toMatchObject(unexpected)
  expect(await elsewhere.removeKey(randomUUID(), 'key')).toMatchObject(unexpected)
})

test('a gateway that hangs, and then is stopped, is unavailable', async () => {
  const own = await startGateway(ensureCeph(), ceph.folder)
  cleanUps.push(own.stop)
  const user = await newUser()
  expect(await gatewayWith(ceph, own.endpoint).findUser(user.uid)).toMatchObject({ ok: true })
  own.pause()
  const hanging = await gatewayWith(ceph, own.endpoint, AbortSignal.timeout(500)).findUser(user.uid)
  expect(hanging).toEqual({ ok: false, failure: 'unavailable', code: 'timed_out' })
  await own.stop()
  const stopped = await gatewayWith(ceph, own.endpoint).removeKey(user.uid, 'key')
  expect(stopped).toEqual({ ok: false, failure: 'unavailable', code: 'refused' })
})
