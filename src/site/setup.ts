import type { Database } from '../db/database'
import { type Keys, keyedHash } from '../keys'
import { ensureSite } from './store'

/** The token of the first operator's link. It follows from the secret, so every process knows it and none stores it. */
export function setupToken(nonce: string, keys: Keys): string {
  return keyedHash(keys.setup, nonce).toString('base64url')
}

/** This process was started with another secret than the database was used with before. */
export class OtherSecret extends Error {
  constructor() {
    super(
      'This database was set up with another secret. Start with the same GUILDHALL_SECRET (or the same DATA_DIR/secret): ' +
        'with another one, sessions and invitation codes could not be read.',
    )
  }
}

/** Checks that the secret is the database's, and gives the first operator's link while there is no operator. */
export async function prepareSite(
  db: Database,
  keys: Keys,
  baseUrl: string,
): Promise<{ setupLink: string | undefined }> {
  const site = await ensureSite(db, keys.fingerprint)
  if (site.secretFingerprint !== keys.fingerprint) throw new OtherSecret()
  return { setupLink: site.hasOperator ? undefined : `${baseUrl}/setup#${setupToken(site.setupNonce, keys)}` }
}
