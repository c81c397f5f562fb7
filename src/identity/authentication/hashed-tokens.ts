import type { DBAdapter, Where } from '@better-auth/core/db/adapter'
import { hashToken } from '../../platform/access/token'

/**
 * Better Auth writes session tokens in plain text. This adapter stands between it and the database, so that only their
 * digests are stored: Better Auth works with tokens, and the database never receives them.
 */
export function withHashedTokens<Adapter extends Omit<DBAdapter, 'transaction'>>(inner: Adapter): Adapter {
  const hashed = <Query extends { model: string; where?: Where[] | undefined }>(query: Query): Query =>
    query.model === 'session' && query.where ? { ...query, where: query.where.map(hashedCondition) } : query
  const full = inner as unknown as DBAdapter
  return {
    ...inner,
    async create(query: Parameters<DBAdapter['create']>[0]) {
      if (query.model !== 'session') return full.create(query)
      const { token } = query.data as { token: string }
      const row = await full.create({ ...query, data: { ...query.data, token: hashToken(token) } })
      return { ...row, token }
    },
    async findOne(query: Parameters<DBAdapter['findOne']>[0]) {
      const row = await full.findOne(hashed(query))
      const token = query.model === 'session' && query.where.find(({ field }) => field === 'token')?.value
      return row && token ? { ...row, token } : row
    },
    findMany: (query: Parameters<DBAdapter['findMany']>[0]) => full.findMany(hashed(query)),
    update: (query: Parameters<DBAdapter['update']>[0]) => full.update(hashed(query)),
    updateMany: (query: Parameters<DBAdapter['updateMany']>[0]) => full.updateMany(hashed(query)),
    delete: (query: Parameters<DBAdapter['delete']>[0]) => full.delete(hashed(query)),
    deleteMany: (query: Parameters<DBAdapter['deleteMany']>[0]) => full.deleteMany(hashed(query)),
    ...('transaction' in inner
      ? {
          transaction: <Result>(work: (adapter: Omit<DBAdapter, 'transaction'>) => Promise<Result>) =>
            full.transaction((transaction) => work(withHashedTokens(transaction))),
        }
      : {}),
  }
}

function hashedCondition(condition: Where): Where {
  if (condition.field !== 'token') return condition
  const { value } = condition
  return {
    ...condition,
    value: Array.isArray(value) ? value.map((one) => hashToken(String(one))) : hashToken(String(value)),
  }
}
