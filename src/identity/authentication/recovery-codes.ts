import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Auth } from './auth'

/** Ten codes with 51 random bits each, in characters that can be typed without the shift key. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => asKept(generateRandomString(10, 'a-z', '0-9')))

const asKept = (symbols: string): string => `${symbols.slice(0, 5)}-${symbols.slice(5)}`

/**
 * Converts a typed recovery code to its stored form. Returns undefined for a code of the authenticator app, which
 * consists of digits only.
 */
export function recoveryCodeIn(typed: string): string | undefined {
  return typed.length === 10 || /[^0-9]/.test(typed) ? asKept(typed) : undefined
}

type Key = Parameters<typeof symmetricEncrypt>[0]['key']

/** Recovery codes as Better Auth stores and reads them: encrypted, with a key that is not in the database. */
export const encryptCodes = (key: Key, codes: string[]): Promise<string> =>
  symmetricEncrypt({ key, data: JSON.stringify(codes) })

export const decryptCodes = async (key: Key, sealed: string): Promise<string[]> =>
  JSON.parse(await symmetricDecrypt({ key, data: sealed })) as string[]

export const sealCodes = async (auth: Auth, codes: string[]): Promise<string> =>
  encryptCodes((await auth.$context).secretConfig, codes)

export async function countCodes(auth: Auth, sealed: string): Promise<number> {
  return (await decryptCodes((await auth.$context).secretConfig, sealed)).length
}
