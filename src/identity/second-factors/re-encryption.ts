import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Database } from '../../platform/db/database'
import type { Keys } from '../../platform/keys'
import { keyOf } from '../authentication/second-factor-key'
import { loadStale, saveReEncrypted } from './re-encryption-store'

/**
 * Encrypts with the newest secret what Better Auth encrypted with older ones: the secrets shared with authenticator
 * apps, and the recovery codes. It works in batches; you can stop and repeat it, and servers may keep running.
 */
export async function reEncryptSecondFactors(db: Database, keys: Keys, batch = 100): Promise<number> {
  const key = keyOf(keys)
  const anew = async (data: string) => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) })
  // Better Auth prefixes its ciphertext with the version of the secret.
  const newest = `$ba$${keys.version}$`
  let reEncrypted = 0
  for (;;) {
    const stale = await loadStale(db, newest, batch)
    if (stale.length === 0) return reEncrypted
    const rows = await Promise.all(
      stale.map(async (row) => ({ ...row, newSecret: await anew(row.secret), newCodes: await anew(row.codes) })),
    )
    reEncrypted += (await saveReEncrypted(db, rows)).length
  }
}
