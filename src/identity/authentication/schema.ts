import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import { doneAnswer, email, id, moment } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'

/** As somebody writes it, to be compared. */
const writtenPassword = z.string().min(1, says('Cannot be empty.')).max(128, says('At most 128 characters.'))

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/sessions',
  access: 'anyone',
  tag: 'Signing in',
  summary: 'Sign in; the session comes back as a cookie',
  input: z.strictObject({ email, password: writtenPassword }),
  answer: z.object({
    secondFactor: z.boolean().describe('Whether a code is wanted before there is a session; see `giveSecondFactor`.'),
  }),
  problems: ['wrong_credentials', 'passwords_off', 'too_many_tries', 'too_busy'],
})

export const signOut = endpoint({
  id: 'signOut',
  method: 'POST',
  path: '/api/sessions/end',
  access: 'anyone',
  tag: 'Signing in',
  summary: 'Sign out on this device; nothing happens where nobody is signed in',
  input: z.strictObject({}),
  answer: doneAnswer,
  problems: [],
})

export const authenticateAgain = endpoint({
  id: 'authenticateAgain',
  method: 'POST',
  path: '/api/sessions/authenticate-again',
  access: 'self',
  tag: 'Signing in',
  summary: 'Prove with the password that it is still you; good for ten minutes',
  input: z.strictObject({ password: writtenPassword }),
  answer: doneAnswer,
  problems: ['wrong_credentials', 'passwords_off', 'too_many_tries', 'too_busy'],
})

export const session = z.object({
  id,
  current: z.boolean().describe('Whether it is the one that asks.'),
  method: z.enum(['password', 'second_factor', 'passkey', 'provider']).describe('How it was signed in.'),
  browser: z.string().describe('What the browser says of itself.'),
  address: z.string().describe('The network address that it was signed in from.'),
  signedInAt: moment,
  lastUsedAt: moment.describe('To the minute.'),
})
export type Session = z.infer<typeof session>

export const listSessions = endpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/api/me/sessions',
  access: 'self',
  tag: 'Signing in',
  summary: 'Where the account is signed in, at most 100, the last used first',
  input: z.strictObject({}),
  answer: z.object({ sessions: z.array(session) }),
  problems: [],
})

export const endSession = endpoint({
  id: 'endSession',
  method: 'POST',
  path: '/api/me/sessions/{sessionId}/end',
  access: 'self',
  tag: 'Signing in',
  summary: 'Sign out on one device',
  input: z.strictObject({ sessionId: id }),
  answer: doneAnswer,
  problems: ['session_not_found'],
})

export const endOtherSessions = endpoint({
  id: 'endOtherSessions',
  method: 'POST',
  path: '/api/me/sessions/end-others',
  access: 'self',
  tag: 'Signing in',
  summary: 'Sign out everywhere but here',
  input: z.strictObject({}),
  answer: z.object({ ended: z.int().describe('How many sessions ended.') }),
  problems: [],
})
