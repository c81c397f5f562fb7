import type { DBAdapter, Where } from '@better-auth/core/db/adapter'
import { APIError } from 'better-auth/api'
import { mustBeSeen, onlyStamp, remember, type Stamped, stamped } from '../../platform/access/stamps'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { beginningLink } from './provider-sign-in'

type Row = Record<string, unknown>
type Transaction = Omit<DBAdapter, 'transaction'>

/** What else the account's row has to match when it is claimed, and the changes to it. */
interface Claim {
  where?: Where[]
  update?: Row
}

/** The models that sign a person in, or are a sign-in method. */
const begun = ['session', 'passkey', 'account']

/** Separates what Better Auth stores in a challenge from the account and the stamp that we store with it. */
const mark = '\n#stamp '

/**
 * An adapter between Better Auth and the database: what it creates for an account after slow work is guarded by the
 * security stamp that the request read before, in one transaction with a lock on the account's row. A challenge, as for
 * a second factor or a passkey, stores the stamp until it is answered. Expiry of challenges and lockouts is compared by
 * the database's clock, which all servers share; Better Auth compares it by the server's.
 */
export function withSecurityStamps<Adapter extends Transaction>(
  inner: Adapter,
  db: Database,
  measured?: number,
): Adapter {
  const full = inner as unknown as DBAdapter

  /** Runs `work` in one transaction with a lock on the account, if it still has the stamp and satisfies `more`. */
  function claiming<Result>(account: Stamped, work: (adapter: Transaction) => Promise<Result>, more: Claim = {}) {
    const claim = async (adapter: Transaction) => {
      const where = [
        { field: 'id', value: account.id },
        { field: 'securityStamp', value: account.securityStamp },
        { field: 'disabledAt', value: null },
        ...(more.where ?? []),
      ]
      const update = { securityStamp: account.securityStamp, ...more.update }
      if ((await adapter.updateMany({ model: 'user', where, update })) !== 1)
        throw new APIError('UNAUTHORIZED', { code: accountChanged })
      return work(adapter)
    }
    return 'transaction' in inner ? full.transaction(claim) : claim(full)
  }

  return {
    ...inner,
    async create(query: Parameters<DBAdapter['create']>[0]) {
      const { model, data } = query as { model: string; data: Row }
      if (begun.includes(model)) {
        const id = String(data.userId)
        const more = model === 'account' ? await beginningLink(data.providerId) : {}
        const begin = async (adapter: Transaction) => {
          if (model === 'passkey') await mustHaveRoom(adapter, id)
          return adapter.create(query)
        }
        return claiming(stamped(id), begin, more)
      }
      if (model === 'verification') {
        const about = onlyStamp()
        const value = about ? `${data.value}${mark}${about.id} ${about.securityStamp}` : data.value
        return read(await full.create({ ...query, data: { ...data, value } }))
      }
      const row = await full.create<Row, Row>(query)
      if (model === 'user') remember(row as unknown as Stamped)
      return row
    },
    async update(query: Parameters<DBAdapter['update']>[0]) {
      if (query.model === 'twoFactor') return claiming(mustBeSeen(onlyStamp()), (adapter) => adapter.update(query))
      return full.update(query)
    },
    async findOne(query: Parameters<DBAdapter['findOne']>[0]) {
      const clock = await clockOf(query.model)
      return read(await full.findOne<Row>(query), clock)
    },
    async findMany(query: Parameters<DBAdapter['findMany']>[0]) {
      const clock = await clockOf(query.model)
      return (await full.findMany<Row>(query)).map((row) => read(row, clock))
    },
    async consumeOne(query: Parameters<DBAdapter['consumeOne']>[0]) {
      const clock = await clockOf(query.model)
      return read(await full.consumeOne<Row>(query), clock)
    },
    ...('transaction' in inner
      ? {
          transaction: <Result>(work: (adapter: Transaction) => Promise<Result>) =>
            clockOf('verification').then((clock) =>
              full.transaction((transaction) => work(withSecurityStamps(transaction, db, clock))),
            ),
        }
      : {}),
  }

  /**
   * How far the database's clock is ahead of this server's, in ms, for models with times to compare. Within a
   * transaction it was measured before: there is no other connection to query.
   */
  async function clockOf(model: string): Promise<number> {
    if (measured !== undefined) return measured
    if (model !== 'verification' && model !== 'twoFactor') return 0
    return (await db.only<{ now: Date }>(sql`select now() as now`)).now.getTime() - Date.now()
  }
}

/** The account has changed since the request read it: its sessions have ended, and the new one does not begin. */
export const accountChanged = 'ACCOUNT_CHANGED'

/** How many passkeys an account may have. */
const mostPasskeys = 20
export const tooManyPasskeys = 'TOO_MANY_PASSKEYS'

/** The account is locked, so no concurrent request adds one. */
async function mustHaveRoom(adapter: Transaction, userId: string): Promise<void> {
  const count = await adapter.count({ model: 'passkey', where: [{ field: 'userId', value: userId }] })
  if (count >= mostPasskeys) throw new APIError('CONFLICT', { code: tooManyPasskeys })
}

/** Better Auth's error code; empty if the response has none. */
export async function codeOf(response: Response): Promise<string> {
  const { code = '' } = (await response.clone().json()) as { code?: string }
  return code
}

/**
 * A row as Better Auth expects it: a challenge without our mark, whose stamp is remembered, and times by this server's
 * clock.
 */
function read<Given extends Row | null>(row: Given, clock = 0): Given {
  if (!row) return row
  const shown: Row = { ...row }
  const [value, kept] = typeof row.value === 'string' ? row.value.split(mark) : []
  if (kept !== undefined) {
    const [id, securityStamp] = kept.split(' ') as [string, string]
    remember({ id, securityStamp })
    shown.value = value
  }
  for (const name of ['expiresAt', 'lockedUntil'])
    if (row[name] instanceof Date) shown[name] = new Date((row[name] as Date).getTime() - clock)
  return shown as Given
}
