import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'

type Options = Record<string, unknown>

export const browserHasPasskeys = () => typeof window.PublicKeyCredential === 'function'

/** Loaded only when it is used. */
const webAuthn = () => import('@simplewebauthn/browser')

/** Creates a passkey with what the browser offers for it. */
export const makePasskey = (options: Options) =>
  withPlainWords(
    ({ startRegistration }) =>
      startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
    t('No passkey was created. Try again when you are ready.'),
  ).then((given) => ({ ...given, response: { ...given.response } }))

/** Asks the browser for one of its passkeys for this site. */
export const askForPasskey = (options: Options) =>
  withPlainWords(
    ({ startAuthentication }) =>
      startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
    t('No passkey was used. Try again, or sign in another way.'),
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
      there ? t('This device already has a passkey for your account.') : otherwise,
      0,
    )
  }
}
