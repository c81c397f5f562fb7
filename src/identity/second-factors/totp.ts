import { createOTP } from '@better-auth/utils/otp'
import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { sameBytes } from '../../platform/keys'
import type { Auth } from '../authentication/auth'

/** The secret for an authenticator app, and the same secret as Better Auth stores and reads it: encrypted. */
export async function newSecret(auth: Auth, email: string): Promise<{ uri: string; secret: string; sealed: string }> {
  const random = generateRandomString(32)
  const uri = createOTP(random).url('Guildhall', email)
  const sealed = await symmetricEncrypt({ key: (await auth.$context).secretConfig, data: random })
  return { uri, secret: new URL(uri).searchParams.get('secret')!, sealed }
}

/**
 * The time step (half minutes since 1970) of a code for this secret, at most `around` steps from now: the last one, if
 * two steps share the code. Undefined if no step matches.
 */
export async function stepOf(auth: Auth, sealed: string, code: string, around = 1): Promise<number | undefined> {
  const otp = createOTP(await symmetricDecrypt({ key: (await auth.$context).secretConfig, data: sealed }))
  const now = Math.floor(Date.now() / 30_000)
  let found: number | undefined
  for (let step = now - around; step <= now + around; step++)
    if (sameBytes(Buffer.from(await otp.hotp(step)), Buffer.from(code))) found = step
  return found
}
