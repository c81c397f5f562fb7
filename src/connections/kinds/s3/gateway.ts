import { AwsV4Signer } from 'aws4fetch'
import { z } from 'zod'
import { OutboundTrouble } from '../../outbound/outbound-trouble'
import { type GatewayAnswer, type GatewayResult, gatewayUnavailable, readGatewayAnswer, succeeded } from './answers'

/**
 * One request to the gateway. It follows no redirect, which could lead past the guard. Throws an `OutboundTrouble` if there
 * is no answer.
 */
export type GatewayRequest = (request: {
  url: string
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  headers: Record<string, string>
}) => Promise<GatewayAnswer>

export interface GatewayKeys {
  accessKey: string
  secretKey: string
}

export interface GatewayQuota {
  bytes: number | null
  objects: number | null
}

export interface GatewayUser {
  uid: string
  displayName: string
  suspended: boolean
  /** Those of its subusers too. With their secrets, to compare. */
  keys: GatewayKeys[]
  quota: GatewayQuota
}

/** What a user did in an hour with a bucket; requests without a bucket have an empty name for it. */
export interface GatewayUsage {
  bucket: string
  hour: Date
  /** The kind of request, such as `get_obj`. */
  category: string
  bytesSent: number
  bytesReceived: number
  requests: number
  successful: number
}

export interface GatewaySettings {
  /** The address of the gateway, where its S3 API answers too. */
  endpoint: string
  /** Of its administrator, with the capabilities `users=*;usage=read;metadata=read`. */
  keys: GatewayKeys
  request: GatewayRequest
}

const nothing = z.literal('')

const quotaAnswer = z
  .object({ enabled: z.boolean(), max_size: z.number(), max_objects: z.number() })
  .transform(({ enabled, max_size, max_objects }): GatewayQuota => {
    const limit = (value: number) => (enabled && value >= 0 ? value : null)
    return { bytes: limit(max_size), objects: limit(max_objects) }
  })

const keysAnswer = z
  .array(z.object({ access_key: z.string(), secret_key: z.string() }))
  .transform((keys) => keys.map((key): GatewayKeys => ({ accessKey: key.access_key, secretKey: key.secret_key })))

const anyUserAnswer = z
  .object({
    tenant: z.string().optional(),
    user_id: z.string(),
    display_name: z.string(),
    // A number.
    suspended: z.number(),
    keys: keysAnswer,
    user_quota: quotaAnswer,
  })
  .transform(
    (user): GatewayUser => ({
      uid: user.tenant ? `${user.tenant}$${user.user_id}` : user.user_id,
      displayName: user.display_name,
      suspended: user.suspended !== 0,
      keys: user.keys,
      quota: user.user_quota,
    }),
  )

/** About another user than asked, it would be taken for this one. */
const userAnswer = (uid: string) => anyUserAnswer.refine((user) => user.uid === uid)

const count = z.number().nonnegative()
const usageAnswer = (uid: string) =>
  z
    .object({
      entries: z.array(
        z.object({
          user: z.literal(uid),
          buckets: z.array(
            z.object({
              bucket: z.string(),
              epoch: count,
              categories: z.array(
                z.object({
                  category: z.string(),
                  bytes_sent: count,
                  bytes_received: count,
                  ops: count,
                  successful_ops: count,
                }),
              ),
            }),
          ),
        }),
      ),
    })
    .transform(({ entries }) =>
      entries
        .flatMap(({ buckets }) => buckets)
        .flatMap(({ bucket, epoch, categories }) =>
          categories.map(
            (one): GatewayUsage => ({
              bucket,
              hour: new Date(epoch * 1000),
              category: one.category,
              bytesSent: one.bytes_sent,
              bytesReceived: one.bytes_received,
              requests: one.ops,
              successful: one.successful_ops,
            }),
          ),
        ),
    )

// 16.2 writes `truncated` as a text, and leaves the marker out on the last page.
const usersAnswer = z
  .object({
    keys: z.array(z.string()),
    truncated: z.union([z.boolean(), z.enum(['true', 'false'])]),
    marker: z.string().optional(),
  })
  .refine(({ truncated, marker }) => String(truncated) === 'false' || marker)
  .transform(({ keys, truncated, marker }) => ({
    uids: keys,
    next: String(truncated) === 'true' ? marker : undefined,
  }))

/** `YYYY-MM-DD HH:MM:SS`, of UTC. */
const asUsageTime = (time: Date) => time.toISOString().slice(0, 19).replace('T', ' ')

/**
 * The administration of a RADOS gateway (Ceph), as far as people get S3 keys through it. Tried on Ceph 16.2. It is a
 * closure and not an object with fields, so that a log of it shows no secret.
 */
export function s3Gateway({ endpoint, keys, request }: GatewaySettings) {
  const administration = `${new URL(endpoint).href.replace(/\/$/, '')}/admin`

  async function ask<Value>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    query: Record<string, string>,
    answer: z.ZodType<Value>,
  ): Promise<GatewayResult<Value>> {
    // The gateway signs over the query as sent, so a space has to be %20 and not a plus sign. It takes what is to be
    // done from there only, the secret of a new key included, and writes it into its own log of requests.
    const parameters = Object.entries({ ...query, format: 'json' })
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&')
    const signer = new AwsV4Signer({
      method,
      url: `${administration}/${path}?${parameters}`,
      accessKeyId: keys.accessKey,
      secretAccessKey: keys.secretKey,
      service: 's3',
      // The gateway takes any.
      region: 'us-east-1',
    })
    const { url, headers } = await signer.sign()
    try {
      return readGatewayAnswer(await request({ url: url.href, method, headers: Object.fromEntries(headers) }), answer)
    } catch (error) {
      if (error instanceof OutboundTrouble) return gatewayUnavailable(error)
      throw error
    }
  }

  const findUser = (uid: string) => ask('GET', 'user', { uid }, userAnswer(uid))

  return {
    findUser,

    /** The same once more is a success: the answer to the first may have been lost. The display name tells ours. */
    async createUser(user: { uid: string; displayName: string }): Promise<GatewayResult<GatewayUser>> {
      // Without generate-key=false it would draw keys of its own.
      const query = { uid: user.uid, 'display-name': user.displayName, 'generate-key': 'false' }
      const created = await ask('PUT', 'user', query, userAnswer(user.uid))
      if (created.ok || created.failure !== 'conflict') return created
      const existing = await findUser(user.uid)
      return existing.ok && existing.value.displayName !== user.displayName ? created : existing
    },

    /** A key that exists for this user gets this secret; one of another user is a conflict. */
    async addKey(uid: string, { accessKey, secretKey }: GatewayKeys): Promise<GatewayResult<void>> {
      const query = { key: '', uid, 'key-type': 's3', 'access-key': accessKey, 'secret-key': secretKey }
      const added = keysAnswer.refine((all) =>
        all.some((key) => key.accessKey === accessKey && key.secretKey === secretKey),
      )
      const result = await ask('PUT', 'user', { ...query, 'generate-key': 'false' }, added)
      return result.ok ? succeeded(undefined) : result
    },

    async removeKey(uid: string, accessKey: string): Promise<GatewayResult<void>> {
      const query = { key: '', uid, 'key-type': 's3', 'access-key': accessKey }
      const result = await ask('DELETE', 'user', query, nothing)
      if (result.ok || result.failure === 'not_found') return succeeded(undefined)
      if (result.code !== 'InvalidAccessKeyId') return result
      // 16.2 answers 403 InvalidAccessKeyId both when the user has no such key and when it does not know our own.
      const user = await findUser(uid)
      if (!user.ok) return user.failure === 'not_found' ? succeeded(undefined) : user
      return user.value.keys.some((key) => key.accessKey === accessKey) ? result : succeeded(undefined)
    },

    /** Keeps keys and data, and refuses every request. */
    async setSuspended(uid: string, suspended: boolean): Promise<GatewayResult<void>> {
      const changed = userAnswer(uid).refine((user) => user.suspended === suspended)
      const result = await ask('POST', 'user', { uid, suspended: String(suspended) }, changed)
      return result.ok ? succeeded(undefined) : result
    },

    /** `null` is unlimited. It is enforced with a delay, and only for what is written then. */
    async setQuota(uid: string, { bytes, objects }: GatewayQuota): Promise<GatewayResult<void>> {
      // In bytes: max-size-kb would round, and turn -1, unlimited, into -1024.
      const limits = { 'max-size': String(bytes ?? -1), 'max-objects': String(objects ?? -1) }
      const enabled = String(bytes !== null || objects !== null)
      const result = await ask('PUT', 'user', { quota: '', uid, 'quota-type': 'user', ...limits, enabled }, nothing)
      return result.ok ? succeeded(undefined) : result
    },

    /** Counted by the hour if the gateway has `rgw_enable_usage_log`, and about half a minute late; else it is empty. */
    readUsage: (uid: string, from: Date, until: Date): Promise<GatewayResult<GatewayUsage[]>> =>
      ask('GET', 'usage', { uid, start: asUsageTime(from), end: asUsageTime(until) }, usageAnswer(uid)),

    /** A page of all users, ours or not, in no order; `next` is the marker of the next page. */
    listUids: (marker?: string, most = 1000): Promise<GatewayResult<{ uids: string[]; next?: string }>> =>
      ask('GET', 'metadata/user', { 'max-entries': String(most), ...(marker && { marker }) }, usersAnswer),

    /** Whether it can limit rates, which came in a later version: 16.2 answers 405. */
    async canLimitRates(uid: string): Promise<GatewayResult<boolean>> {
      const result = await ask('GET', 'ratelimit', { uid, 'ratelimit-scope': 'user' }, z.object({}))
      if (result.ok) return succeeded(true)
      return result.status === 405 ? succeeded(false) : result
    },
  }
}
