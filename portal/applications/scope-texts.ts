import type { Application } from '../../src/connections/openid-sign-ins/schema'
import { message, translated } from '../../src/platform/messages/t'

type Scope = Application['scopes'][number]

/** What an application learns, as the person and as operators read it. */
const texts: Record<Scope, { yours: string; of: string }> = {
  profile: { yours: message('Your name'), of: message('Name') },
  email: { yours: message('Your e-mail address'), of: message('E-mail address') },
  organization: {
    yours: message('Your organization, and whether you are an admin of it'),
    of: message('Organization, and whether they are an admin of it'),
  },
  access: { yours: message('Your roles on its service'), of: message('Roles on its service') },
}

/** Everything that an application may ask for. */
export const everyScope = Object.keys(texts) as Scope[]

export const yourScopeText = (scope: Scope): string => translated(texts[scope].yours)
export const scopeText = (scope: Scope): string => translated(texts[scope].of)
