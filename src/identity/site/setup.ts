import type { Database } from '../../platform/db/database'
import { everyKey, type Keys, type KeysOfOne, keyedHash, sameBytes } from '../../platform/keys'
import { t } from '../../platform/messages/t'
import { ensureSite } from './store'

/**
 * The token of the first operator's link. It is derived from the secret, so every process can compute it and none
 * stores it.
 */
function setupToken(nonce: string, { setup }: KeysOfOne): string {
  return keyedHash(setup, nonce).toString('base64url')
}

/** Links that were printed before the secret was rotated still work. */
export function isSetupToken(token: string, nonce: string, keys: Keys): boolean {
  return everyKey(keys).some((one) => sameBytes(Buffer.from(token), Buffer.from(setupToken(nonce, one))))
}

/** This process was started with another secret than the database was used with before. */
export class OtherSecret extends Error {
  constructor() {
    super(
      t(
        'This database was set up with another secret. Start the server with the same GUILDHALL_SECRET (or DATA_DIR/secret); otherwise, sessions and invitation codes cannot be read. To change the secret, add a new one and keep the old one: guildhall secrets rotate',
      ),
    )
  }
}

/**
 * Checks that one of the secrets is the database's, and returns the first operator's link while there is no operator.
 */
export async function prepareSite(
  db: Database,
  keys: Keys,
  baseUrl: string,
): Promise<{ setupLink: string | undefined }> {
  const site = await ensureSite(db, keys.fingerprint)
  if (!everyKey(keys).some(({ fingerprint }) => fingerprint === site.secretFingerprint)) throw new OtherSecret()
  return { setupLink: site.hasOperator ? undefined : `${baseUrl}/setup#${setupToken(site.setupNonce, keys)}` }
}
