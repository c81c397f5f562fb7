import type { DocumentationTag, Endpoint } from '../http/endpoint'

/** The parts of the API that tokens can reach, by the name that their scopes have. */
const scoped = {
  accounts: 'Accounts',
  organizations: 'Organizations',
  memberships: 'Memberships',
  invitations: 'Invitations',
  services: 'Services',
  'role-requests': 'Role requests',
  'role-assignments': 'Role assignments',
  entitlements: 'Entitlements',
  's3-keys': 'S3 keys',
  events: 'Events',
  notifications: 'Notifications',
} as const satisfies Record<string, DocumentationTag>

type Scoped = keyof typeof scoped
export type Scope = `read:${Scoped}` | `write:${Scoped}`

const names = Object.keys(scoped) as Scoped[]
const scopeNames = new Map<DocumentationTag, Scoped>(names.map((name) => [scoped[name], name]))

/** What tokens of an organization have no use for: they act for the organization, not for a person. */
const personal: Scoped[] = ['accounts', 'notifications']

export const scopes: Scope[] = names.flatMap((name): Scope[] => [`read:${name}`, `write:${name}`])
export const organizationScopes: Scope[] = names
  .filter((name) => !personal.includes(name))
  .flatMap((name): Scope[] => [`read:${name}`, `write:${name}`])

/**
 * The scope that a token needs for an endpoint; undefined if tokens cannot use it: it concerns the person's own
 * sign-in, needs a fresh session, shows a secret, or is declared `sessionOnly`.
 */
export function scopeOf({ method, tag, access, fresh, sessionOnly }: Endpoint): Scope | undefined {
  const name = scopeNames.get(tag)
  if (!name || access === 'anyone' || access === 'service' || access === 'self' || fresh || sessionOnly)
    return undefined
  return method === 'GET' ? `read:${name}` : `write:${name}`
}

/**
 * Whether an organization's token can use an endpoint that is open to tokens: one about the organization in its path, or
 * the catalogue.
 */
export const openToOrganizations = ({ path, tag, access, personal }: Endpoint): boolean =>
  (path.includes('{organizationId}') || tag === 'Services') && access !== 'operator' && !personal
