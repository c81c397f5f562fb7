import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { email, id, moment } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'

const endpoint = endpointsOf('Signing in')

/** A password as typed, for comparison. */
export const writtenPassword = z.string().min(1, says('Cannot be empty.')).max(128, says('At most 128 characters.'))

/** Where the identity provider redirects the browser. */
export const callbackPath = '/api/oauth2/callback'

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/sessions',
  access: 'anyone',
  summary: 'Sign in; the session is returned as a cookie',
  input: z.strictObject({ email, password: writtenPassword }),
  answer: z.object({
    secondFactor: z.boolean().describe('Whether a code is required before the session begins; see `giveSecondFactor`.'),
  }),
  problems: ['wrong_credentials', 'passwords_off', 'too_many_tries', 'too_busy'],
})

export const signOut = endpoint({
  id: 'signOut',
  method: 'POST',
  path: '/api/sessions/end',
  access: 'anyone',
  summary: 'Sign out on this device; has no effect without a session',
})

export const authenticateAgain = endpoint({
  id: 'authenticateAgain',
  method: 'POST',
  path: '/api/sessions/authenticate-again',
  access: 'self',
  summary: 'Confirm your identity with the password; valid for ten minutes',
  input: z.strictObject({ password: writtenPassword }),
  problems: ['wrong_credentials', 'passwords_off', 'too_many_tries', 'too_busy'],
})

export const session = z.object({
  id,
  current: z.boolean().describe('Whether it is the session of this request.'),
  method: z.enum(['password', 'second_factor', 'passkey', 'provider']).describe('The sign-in method.'),
  browser: z.string().describe('The browser’s description of itself (`User-Agent`).'),
  address: z.string().describe('The network address at sign-in.'),
  signedInAt: moment,
  lastUsedAt: moment.describe('To the minute.'),
})
export type Session = z.infer<typeof session>

export const listSessions = endpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/api/me/sessions',
  access: 'self',
  summary: 'The account’s sessions, at most 100, the most recently used first',
  answer: z.object({ sessions: z.array(session) }),
})

export const endSession = endpoint({
  id: 'endSession',
  method: 'POST',
  path: '/api/me/sessions/{sessionId}/end',
  access: 'self',
  summary: 'Sign out on one device',
  input: z.strictObject({ sessionId: id }),
  problems: ['session_not_found'],
})

export const endOtherSessions = endpoint({
  id: 'endOtherSessions',
  method: 'POST',
  path: '/api/me/sessions/end-others',
  access: 'self',
  summary: 'Sign out on all other devices',
  answer: z.object({ ended: z.int().describe('How many sessions ended.') }),
})
