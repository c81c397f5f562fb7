import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line } from '../../platform/http/fields'

const endpoint = endpointsOf('Signing in')

const options = z.record(z.string(), z.unknown()).describe('Options for `navigator.credentials`, as WebAuthn’s JSON.')

/** The browser's response; its contents are verified together with the passkey's signature. */
const response = z
  .looseObject({ id: z.string().min(1).max(1400), response: z.looseObject({ clientDataJSON: z.string().max(20_000) }) })
  .describe('The result of `navigator.credentials`, as WebAuthn’s JSON.')

const name = line(1, 60)

export const startPasskey = endpoint({
  id: 'startPasskey',
  method: 'POST',
  path: '/api/me/passkeys/start',
  access: 'self',
  fresh: true,
  summary: 'Start to add a passkey',
  answer: z.object({ options }),
})

export const addPasskey = endpoint({
  id: 'addPasskey',
  method: 'POST',
  path: '/api/me/passkeys',
  access: 'self',
  fresh: true,
  summary: 'Add a passkey',
  input: z.strictObject({ name, response }),
  problems: ['passkey_not_valid', 'too_many_passkeys'],
  status: 201,
})

export const renamePasskey = endpoint({
  id: 'renamePasskey',
  method: 'PUT',
  path: '/api/me/passkeys/{passkeyId}',
  access: 'self',
  summary: 'Rename a passkey',
  input: z.strictObject({ passkeyId: id, name }),
  problems: ['passkey_not_found'],
})

export const removePasskey = endpoint({
  id: 'removePasskey',
  method: 'POST',
  path: '/api/me/passkeys/{passkeyId}/remove',
  access: 'self',
  fresh: true,
  summary: 'Remove a passkey, unless it is the last sign-in method',
  input: z.strictObject({ passkeyId: id }),
  problems: ['passkey_not_found', 'last_sign_in_method'],
})

export const startPasskeySignIn = endpoint({
  id: 'startPasskeySignIn',
  method: 'POST',
  path: '/api/sessions/passkey/start',
  access: 'anyone',
  summary: 'Start to sign in, or to confirm your identity, with a passkey',
  answer: z.object({ options }),
  problems: ['too_many_tries'],
})

export const signInWithPasskey = endpoint({
  id: 'signInWithPasskey',
  method: 'POST',
  path: '/api/sessions/passkey',
  access: 'anyone',
  summary: 'Sign in with a passkey; needs no second factor, because a passkey counts as two',
  input: z.strictObject({ response }),
  problems: ['passkey_not_valid'],
})

export const authenticateAgainWithPasskey = endpoint({
  id: 'authenticateAgainWithPasskey',
  method: 'POST',
  path: '/api/sessions/authenticate-again/passkey',
  access: 'self',
  summary: 'Confirm your identity with a passkey; valid for ten minutes',
  input: z.strictObject({ response }),
  problems: ['passkey_not_valid'],
})
