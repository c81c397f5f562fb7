import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { ApiError } from '../api'

type Options = Record<string, unknown>

export const browserHasPasskeys = () => typeof window.PublicKeyCredential === 'function'

/** Loaded by those who use it. */
const webAuthn = () => import('@simplewebauthn/browser')

/** A new passkey, by whatever the browser offers for it. */
export const makePasskey = (options: Options) =>
  withPlainWords(
    ({ startRegistration }) =>
      startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
    'No passkey was made. Try again when you are ready.',
  ).then((given) => ({ ...given, response: { ...given.response } }))

/** One of the passkeys that the browser has for this site. */
export const askForPasskey = (options: Options) =>
  withPlainWords(
    ({ startAuthentication }) =>
      startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
    'The browser gave no passkey. Try again, or sign in another way.',
  ).then((given) => ({ ...given, response: { ...given.response } }))

async function withPlainWords<Answer>(
  ask: (given: Awaited<ReturnType<typeof webAuthn>>) => Promise<Answer>,
  otherwise: string,
): Promise<Answer> {
  const given = await webAuthn()
  try {
    return await ask(given)
  } catch (error) {
    const there = error instanceof given.WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
    throw new ApiError(
      'passkey_not_valid',
      there ? 'This device has a passkey for your account already.' : otherwise,
      0,
    )
  }
}
