import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Auth } from '../sessions/auth'

/** Ten codes with 51 random bits each, in letters that can be typed without the shift key. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = generateRandomString(10, 'a-z', '0-9')
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })

/** Recovery codes as Better Auth keeps and reads them: encrypted, with a key that is not in the database. */
export async function sealCodes(auth: Auth, codes: string[]): Promise<string> {
  return symmetricEncrypt({ key: (await auth.$context).secretConfig, data: JSON.stringify(codes) })
}

export async function countCodes(auth: Auth, sealed: string): Promise<number> {
  const codes = await symmetricDecrypt({ key: (await auth.$context).secretConfig, data: sealed })
  return (JSON.parse(codes) as string[]).length
}
