import type { DBAdapter, Where } from '@better-auth/core/db/adapter'
import { z } from 'zod'

/**
 * Better Auth accepts fewer addresses than are valid: it rejects `a&b@example.org`. Such an address passes through it
 * in an encoding that it accepts, and is decoded before the database is queried. Typed input cannot collide with the
 * encoding: an address at its domain is encoded too.
 */
const encodedEnding = '@disguised.invalid'
const isAccepted = (address: string) => z.email().safeParse(address).success && !address.endsWith(encodedEnding)

export const encodeAddress = (address: string): string =>
  isAccepted(address) ? address : Buffer.from(address).toString('hex') + encodedEnding

const decodeAddress = (email: string): string => Buffer.from(email.slice(0, -encodedEnding.length), 'hex').toString()

const isEncoded = ({ field, value }: Where): boolean =>
  field === 'email' && typeof value === 'string' && value.endsWith(encodedEnding)

export function withAddressEncoding<Adapter extends Omit<DBAdapter, 'transaction'>>(inner: Adapter): Adapter {
  const full = inner as unknown as DBAdapter
  return {
    ...inner,
    async findOne(query: Parameters<DBAdapter['findOne']>[0]) {
      const asked = query.where.find(isEncoded)?.value as string | undefined
      if (query.model !== 'user' || !asked) return full.findOne(query)
      const where = query.where.map((one) => (isEncoded(one) ? { ...one, value: decodeAddress(asked) } : one))
      const row = await full.findOne<object>({ ...query, where })
      // It checks whether the row matches what it queried.
      return row && { ...row, email: asked }
    },
  }
}
