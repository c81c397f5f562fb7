import { isIP } from 'node:net'
import { open, type Route, read } from '../http/flow'
import { countCodes } from '../second-factors/recovery-codes'
import { getSignInChoices, getSignInMethods } from './schema'
import { loadSignInMethods } from './store'

export const signInMethodRoutes: Route[] = [
  open(getSignInChoices, async ({ context: { passwords, provider, baseUrl } }) => ({
    answer: { password: passwords, passkey: takesPasskeys(baseUrl), provider },
  })),

  read(getSignInMethods, {
    load: async ({ context: { auth, provider, providerId }, db, session }) => {
      const { secondFactor, ...facts } = await loadSignInMethods(db, session)
      const recoveryCodesLeft = secondFactor && (await countCodes(auth, secondFactor.sealedCodes))
      const linked = providerId !== null && facts.ways.providers.includes(providerId)
      return { ...facts, recoveryCodesLeft, provider: provider === null ? null : { name: provider, linked } }
    },
    answer: ({ ways, recoveryCodesLeft, secondFactorOff, passkeys, provider }) => ({
      password: ways.password,
      secondFactor: recoveryCodesLeft !== null,
      secondFactorOff,
      recoveryCodesLeft,
      passkeys,
      provider,
    }),
  }),
]

/** Browsers tie passkeys to a host name, over https or on this machine; to an IP address never. */
function takesPasskeys(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}
