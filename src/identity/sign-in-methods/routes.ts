import { query, type Route } from '../../platform/http/flow'
import { countCodes } from '../authentication/recovery-codes'
import { getSignInMethods } from './schema'
import { loadSignInMethods } from './store'

export const signInMethodRoutes: Route[] = [
  query(getSignInMethods, {
    load: async ({ context: { auth, provider, providerId }, db, credential }) => {
      const { secondFactor, ...facts } = await loadSignInMethods(db, credential)
      const recoveryCodesLeft = secondFactor && (await countCodes(auth, secondFactor.sealedCodes))
      const linked = providerId !== null && facts.methods.providers.includes(providerId)
      return { ...facts, recoveryCodesLeft, provider: provider === null ? null : { name: provider, linked } }
    },
    answer: ({ methods, recoveryCodesLeft, secondFactorOff, passkeys, provider }) => ({
      password: methods.password,
      secondFactor: recoveryCodesLeft !== null,
      secondFactorOff,
      recoveryCodesLeft,
      passkeys,
      provider,
    }),
  }),
]
