import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { seal, unsealIfPossible } from '../../platform/sealing'

/** How long before it signs a key is published, in seconds: every server and every application knows it by then. */
const publishedBefore = 600

/** How long a key is published after a newer one signs, in seconds: longer than what it has signed is used. */
const publishedAfter = 24 * 3600

const generate = promisify(generateKeyPair)

/** The one that signs comes first. */
export interface SigningKeys {
  /** Differs if the keys or their order do. */
  version: string
  keys: JWK[]
}

/** The keys that are published now. The first use makes the first key. */
export async function loadSigningKeys(db: Database, keys: Keys): Promise<SigningKeys> {
  const read = () =>
    db.rows<{ id: string; sealed: string }>(sql`
      select k.id, encode(k.sealed, 'base64') as sealed from openid_keys k
      where not exists (
        select from openid_keys newer where newer.signs_from > k.signs_from and newer.signs_from < now() - make_interval(secs => ${publishedAfter}::int))
      order by k.signs_from <= now() desc, k.signs_from desc, k.id`)
  const published = (rows: Awaited<ReturnType<typeof read>>) =>
    rows.flatMap(({ id, sealed }) => {
      const text = unsealIfPossible(Buffer.from(sealed, 'base64'), id, keys, 'openidSealing')
      return text === null ? [] : [JSON.parse(text) as JWK]
    })
  let found = published(await read())
  if (found.length === 0) {
    await saveSigningKey(db, keys, 0)
    found = published(await read())
  }
  return { version: found.map(({ kid }) => kid).join(' '), keys: found }
}

/** Makes a key that signs after so many seconds. */
async function saveSigningKey(db: Database, keys: Keys, after: number): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 })
  const kid = randomBytes(12).toString('base64url')
  const key = { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
  await db.rows(sql`
    insert into openid_keys (id, sealed, signs_from)
    values (${kid}, ${seal(JSON.stringify(key), kid, keys.openidSealing)}::bytea, now() + make_interval(secs => ${after}::int))`)
  return kid
}

/** Makes the next key. It is published at once, and signs ten minutes later. */
export const rotateSigningKeys = (db: Database, keys: Keys): Promise<string> =>
  saveSigningKey(db, keys, publishedBefore)
