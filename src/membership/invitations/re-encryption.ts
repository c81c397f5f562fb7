import type { Database } from '../../platform/db/database'
import { hashCode, openCode, sealCode } from '../../platform/invitation-codes/secrecy'
import type { Keys } from '../../platform/keys'
import { loadSealedCodes, type SealedCode, saveSealedCodes } from './re-encryption-store'

export interface ReEncryption {
  /** How many codes there are, and how many of them were encrypted again. */
  codes: number
  reEncrypted: number
  /** Pending invitations whose code cannot be decrypted with any of the secrets. */
  unreadable: string[]
}

/**
 * Encrypts and hashes every code with the newest secret, in batches. You can stop and repeat it, and servers may keep
 * running: codes that already use the newest secret are left alone, and locked rows are retried in the next round.
 */
export async function reEncryptCodes(db: Database, keys: Keys, batch = 500): Promise<ReEncryption> {
  let reEncrypted = 0
  for (;;) {
    const round = await reEncryptOnce(db, keys, batch)
    reEncrypted += round.reEncrypted
    if (round.passedOver === 0) return { codes: round.codes, reEncrypted, unreadable: round.unreadable }
  }
}

async function reEncryptOnce(db: Database, keys: Keys, batch: number) {
  const counts = { codes: 0, reEncrypted: 0, passedOver: 0, unreadable: [] as string[] }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await loadSealedCodes(db, after, batch)
    if (rows.length === 0) return counts
    after = rows.at(-1)!.id
    const read = rows.map((row) => ({ row, code: codeOf(row, keys) }))
    const stale = read.flatMap(({ row, code }) =>
      code === undefined || isNewest(row, code, keys) ? [] : [sealedAnew(row.id, code, keys)],
    )
    const saved = stale.length > 0 ? await saveSealedCodes(db, stale) : []
    counts.codes += rows.length
    counts.reEncrypted += saved.length
    counts.passedOver += stale.length - saved.length
    counts.unreadable.push(...read.flatMap(({ row, code }) => (code === undefined && row.pending ? [row.id] : [])))
  }
}

function codeOf({ id, sealed }: SealedCode, keys: Keys): string | undefined {
  try {
    return openCode(Buffer.from(sealed, 'hex'), id, keys)
  } catch {
    return undefined
  }
}

function isNewest({ hash, id, sealed }: SealedCode, code: string, keys: Keys): boolean {
  const newest = { ...keys, older: [] }
  return hash === hashCode(code, keys).toString('hex') && codeOf({ id, hash, sealed, pending: true }, newest) === code
}

const sealedAnew = (id: string, code: string, keys: Keys) => ({
  id,
  hash: hashCode(code, keys).toString('hex'),
  sealed: sealCode(code, id, keys).toString('hex'),
})
