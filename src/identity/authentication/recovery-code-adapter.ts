import type { DBAdapter } from '@better-auth/core/db/adapter'
import type { Keys } from '../../platform/keys'
import { decryptCodes, encryptCodes } from './recovery-codes'
import { keyOf } from './second-factor-key'

const field = 'backupCodes'

/**
 * An adapter between Better Auth and the database: each stored recovery code works, whatever happens to the others.
 * Better Auth spends one by replacing the list that it read with the remaining codes. If another code was used in the
 * meantime, or all were encrypted again, its guarded update matches no row, and it would refuse a code that is still
 * valid. This adapter retries on the current list: the update fails only if that very code is gone.
 */
export function withRecoveryCodeRetry<Adapter extends Omit<DBAdapter, 'transaction'>>(
  inner: Adapter,
  keys: Keys,
): Adapter {
  const full = inner as unknown as DBAdapter
  const key = keyOf(keys)
  const open = (sealed: string) => decryptCodes(key, sealed)

  async function incrementOne<Row>(query: Parameters<DBAdapter['incrementOne']>[0]): Promise<Row | null> {
    const row = await full.incrementOne<Row>(query)
    const [seen, left] = [query.where.find((one) => one.field === field)?.value, query.set?.[field]]
    if (row || typeof seen !== 'string' || typeof left !== 'string') return row
    const others = query.where.filter((one) => one.field !== field)
    const now = await full.findOne<{ backupCodes: string }>({ model: query.model, where: others })
    if (!now) return null
    const [codes, after] = [await open(now.backupCodes), await open(left)]
    const spent = (await open(seen)).find((code) => !after.includes(code))
    if (!spent || !codes.includes(spent)) return null
    const where = [...others, { field, value: now.backupCodes }]
    const kept = codes.filter((code) => code !== spent)
    return incrementOne({ ...query, where, set: { [field]: await encryptCodes(key, kept) } })
  }

  return { ...inner, incrementOne }
}
