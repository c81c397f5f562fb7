import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

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

/** Decrypts what was sealed with any of the keys. */
export function unsealAny(sealed: Uint8Array, place: string, keys: Buffer[]): string {
  let failure: unknown
  for (const key of keys) {
    try {
      return unseal(sealed, place, key)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

export function unseal(sealed: Uint8Array, place: string, key: Buffer): string {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== version) throw new Error('something is sealed in a way that this version does not know')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(13, 29))
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString()
}
