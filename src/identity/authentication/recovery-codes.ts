import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Auth } from './auth'

/** Ten codes with 51 random bits each, in characters that can be typed without the shift key. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = generateRandomString(10, 'a-z', '0-9')
    return asKept(code)
  })

const asKept = (symbols: string): string => `${symbols.slice(0, 5)}-${symbols.slice(5)}`

/**
 * Converts a typed recovery code to its stored form. Returns undefined for a code of the authenticator app, which
 * consists of digits only.
 */
export function recoveryCodeIn(typed: string): string | undefined {
  return typed.length === 10 || /[^0-9]/.test(typed) ? asKept(typed) : undefined
}

/** Recovery codes as Better Auth stores and reads them: encrypted, with a key that is not in the database. */
export async function sealCodes(auth: Auth, codes: string[]): Promise<string> {
  return symmetricEncrypt({ key: (await auth.$context).secretConfig, data: JSON.stringify(codes) })
}

export async function countCodes(auth: Auth, sealed: string): Promise<number> {
  const codes = await symmetricDecrypt({ key: (await auth.$context).secretConfig, data: sealed })
  return (JSON.parse(codes) as string[]).length
}
