import { createOTP } from '@better-auth/utils/otp'
import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Auth } from '../sessions/auth'

/** What an authenticator app is given, and the same secret as Better Auth keeps and reads it: encrypted. */
export async function newSecret(auth: Auth, email: string): Promise<{ uri: string; secret: string; sealed: string }> {
  const random = generateRandomString(32)
  const uri = createOTP(random).url('Guildhall', email)
  const sealed = await symmetricEncrypt({ key: (await auth.$context).secretConfig, data: random })
  return { uri, secret: new URL(uri).searchParams.get('secret')!, sealed }
}

/** Whether the app with this secret shows the code now, or did half a minute ago, or will in half a minute. */
export async function isCodeOf(auth: Auth, sealed: string, code: string): Promise<boolean> {
  return createOTP(await symmetricDecrypt({ key: (await auth.$context).secretConfig, data: sealed })).verify(code)
}
