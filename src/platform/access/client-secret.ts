import { hash, randomBytes } from 'node:crypto'

/** As the database knows the secret of an OpenID client. */
export const hashOfSecret = (secret: string): string => hash('sha256', secret, 'base64url')

/** A secret of an OpenID client. It is shown once, and stored nowhere. */
export function newClientSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashOfSecret(secret) }
}
