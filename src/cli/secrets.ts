import { reEncryptConnections, reEncryptS3Keys } from '../connections/ledger/re-encryption'
import { lastSessionEnds } from '../identity/authentication/store'
import { reEncryptSecondFactors } from '../identity/second-factors/re-encryption'
import { saveFingerprint } from '../identity/site/store'
import { reEncryptCodes } from '../membership/invitations/re-encryption'
import type { Database } from '../platform/db/database'
import type { Keys } from '../platform/keys'
import { formatMessage } from '../platform/messages/format-message'
import { t } from '../platform/messages/t'
import { addSecret } from '../platform/secrets'
import { CommandError } from './command-error'

const giveAnother = () =>
  t(`GUILDHALL_SECRET is set in the environment that starts Guildhall, so change it there:
  1. Create a new secret:  openssl rand -base64 48
  2. Append it to the current one, separated by a comma, and restart every server.
  3. Move it before the current one, and restart every server.
  4. Run:  guildhall secrets re-encrypt
With a single server, start with step 3.`)

/** Adds a new secret in first place. If the secret comes from the environment, explains how to do so. */
export function rotateSecret(given: string | undefined, dataDir: string): string {
  if (given) return giveAnother()
  const folder = { folder: dataDir }
  if (!addSecret(dataDir)) return t('A secret was created in {folder}. Keep a copy of it in a safe place.', folder)
  return t(
    `A new secret is now the first in {folder}. The older ones remain valid.
Restart the server. Then, at a convenient time, stop it and run:  guildhall secrets re-encrypt`,
    folder,
  )
}

/** Re-encrypts with the newest secret what older ones encrypted, and says when the older ones can be removed. */
export async function reEncrypt(db: Database, keys: Keys): Promise<string> {
  const { codes, reEncrypted, unreadable } = await reEncryptCodes(db, keys)
  if (unreadable.length > 0)
    throw new CommandError(
      t(
        `None of the secrets can decrypt the codes of these pending invitations: {invitations}.
Add the missing secret, or revoke the invitations. {done} of {all} codes were re-encrypted.`,
        { invitations: unreadable.join(', '), done: String(reEncrypted), all: String(codes) },
      ),
    )
  const factors = await reEncryptSecondFactors(db, keys)
  const connections = await reEncryptConnections(db, keys)
  if (connections.unreadable.length > 0)
    throw new CommandError(
      t(
        `None of the secrets can decrypt the secrets of these connections: {connections}.
Add the missing secret, or replace the secrets of the connections.`,
        { connections: connections.unreadable.join(', ') },
      ),
    )
  const s3Keys = await reEncryptS3Keys(db, keys)
  if (s3Keys.unreadable.length > 0)
    throw new CommandError(
      t(
        `None of the secrets can decrypt the secrets of these S3 keys: {keys}.
Add the missing secret, or have the people reset the secrets of these keys.`,
        { keys: s3Keys.unreadable.join(', ') },
      ),
    )
  await saveFingerprint(db, keys.fingerprint)
  const others = t(
    '{done} of {all} codes, {factors} second factors and the secrets of {connections} connections were re-encrypted. All of them now use the newest secret.',
    {
      done: String(reEncrypted),
      all: String(codes),
      factors: String(factors),
      connections: String(connections.reEncrypted),
    },
  )
  const done = s3Keys.reEncrypted === 0 ? others : `${others}\n${alsoS3Keys(s3Keys.reEncrypted)}`
  if (keys.older.length === 0) return done
  const { ends } = await lastSessionEnds(db)
  if (!ends) return `${done}\n${t('The older secrets can be removed.')}`
  return `${done}\n${t(
    `The older secrets can be removed after {moment}, when all current sessions have ended.
If you remove them earlier, people who signed in with them must sign in again; nothing else is lost.`,
    { moment: ends.toISOString() },
  )}`
}

const alsoS3Keys = (count: number) =>
  formatMessage(
    '{count, plural, one {The secret of # S3 key was re-encrypted too.} other {The secrets of # S3 keys were re-encrypted too.}}',
    { count },
  )
