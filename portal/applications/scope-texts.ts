import type { Application } from '../../src/connections/openid-sign-ins/schema'
import { message, translated } from '../../src/platform/messages/t'

const texts: Record<Application['scopes'][number], string> = {
  profile: message('Your name'),
  email: message('Your e-mail address'),
  organization: message('Your organization, and whether you are an admin of it'),
  access: message('Your roles on its service'),
}

/** Everything that an application may ask for. */
export const everyScope = Object.keys(texts) as Application['scopes']

/** What an application learns with a scope. */
export const scopeText = (scope: Application['scopes'][number]): string => translated(texts[scope])
