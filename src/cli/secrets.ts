import { lastSessionEnds } from '../identity/authentication/store'
import { reEncryptSecondFactors } from '../identity/second-factors/re-encryption'
import { saveFingerprint } from '../identity/site/store'
import { reEncryptCodes } from '../membership/invitations/re-encryption'
import type { Database } from '../platform/db/database'
import type { Keys } from '../platform/keys'
import { addSecret } from '../platform/secrets'
import { CommandError } from './refusal'

const giveAnother = `GUILDHALL_SECRET is given by whatever starts Guildhall, so it is changed there:
  1. Make a new one:  openssl rand -base64 48
  2. Add it after the present one, with a comma between, and restart every server.
  3. Put it before the present one, and restart every server.
  4. Run:  guildhall secrets re-encrypt
With a single server, begin with step 3.`

/** Puts a new secret first, or says how to where it is not ours to write. */
export function rotateSecret(given: string | undefined, dataDir: string): string {
  if (given) return giveAnother
  if (!addSecret(dataDir)) return `A secret was made, in ${dataDir}. Keep a copy of it in a safe place.`
  return `A new secret is the first in ${dataDir} now; the older ones are accepted still.
Restart the server. Whenever it suits you, stop it and run:  guildhall secrets re-encrypt`
}

/** Seals with the newest secret what is sealed with older ones, and says when those are no longer needed. */
export async function reEncrypt(db: Database, keys: Keys): Promise<string> {
  const { codes, reEncrypted, unreadable } = await reEncryptCodes(db, keys)
  if (unreadable.length > 0)
    throw new CommandError(
      `The codes of these pending invitations open with none of the secrets: ${unreadable.join(', ')}.
Add the secret that is missing, or revoke them. ${reEncrypted} of ${codes} codes were sealed anew.`,
    )
  const factors = await reEncryptSecondFactors(db, keys)
  await saveFingerprint(db, keys.fingerprint)
  const done = `${reEncrypted} of ${codes} codes and ${factors} second factors were sealed anew; all are sealed with the newest secret now.`
  if (keys.older.length === 0) return done
  const { ends } = await lastSessionEnds(db)
  if (!ends) return `${done}\nThe older secrets can be removed.`
  return `${done}\nThe older secrets can be removed after ${ends.toISOString()}: then all sessions of today have ended.
Removed earlier, whoever signed in with them has to sign in again; nothing else is lost.`
}
