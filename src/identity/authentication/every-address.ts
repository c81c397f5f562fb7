import type { DBAdapter, Where } from '@better-auth/core/db/adapter'
import { z } from 'zod'

/**
 * Better Auth signs in fewer addresses than there are: `a&b@example.org` it calls invalid. Such an address goes through
 * it in letters that it takes, and is itself again where the database is asked. Nobody can type the disguise: an address
 * at its domain is disguised too.
 */
const disguise = '@disguised.invalid'
const isTaken = (address: string) => z.email().safeParse(address).success && !address.endsWith(disguise)

export const disguised = (address: string): string =>
  isTaken(address) ? address : Buffer.from(address).toString('hex') + disguise

const undisguised = (email: string): string => Buffer.from(email.slice(0, -disguise.length), 'hex').toString()

const isDisguised = ({ field, value }: Where): boolean =>
  field === 'email' && typeof value === 'string' && value.endsWith(disguise)

export function withEveryAddress<Adapter extends Omit<DBAdapter, 'transaction'>>(inner: Adapter): Adapter {
  const full = inner as unknown as DBAdapter
  return {
    ...inner,
    async findOne(query: Parameters<DBAdapter['findOne']>[0]) {
      const asked = query.where.find(isDisguised)?.value as string | undefined
      if (query.model !== 'user' || !asked) return full.findOne(query)
      const where = query.where.map((one) => (isDisguised(one) ? { ...one, value: undisguised(asked) } : one))
      const row = await full.findOne<object>({ ...query, where })
      // It looks whether what it found is what it asked for.
      return row && { ...row, email: asked }
    },
  }
}
