import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { everyKey, type Keys } from './keys'

const version = 1

/**
 * Encrypts and authenticates a short text (AES-256-GCM). It decrypts only with the same `place`, to which it is bound.
 */
export function seal(text: string, place: string, key: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed])
}

/** Decrypts what was sealed with the key of any of the secrets. */
export function unseal(
  sealed: Uint8Array,
  place: string,
  keys: Keys,
  purpose: 'codeSealing' | 'mailSealing' | 'connectionSealing' | 'openidSealing',
): string {
  let failure: unknown
  for (const { [purpose]: key } of everyKey(keys)) {
    try {
      return unsealWith(key, sealed, place)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/** Null if none of the secrets' keys decrypts it. */
export function unsealIfPossible(...sealed: Parameters<typeof unseal>): string | null {
  try {
    return unseal(...sealed)
  } catch {
    return null
  }
}

function unsealWith(key: Buffer, sealed: Uint8Array, place: string): string {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== version) throw new Error('something is sealed in a way that this version does not know')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(13, 29))
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString()
}
