import type { Desired, UsedConnection } from '../connector'
import type { KeycloakApi, KeycloakGroup, KeycloakUser } from './api'
import { isOfRole, ours } from './groups'
import { changeOf, findKnown, type Known } from './people'

/** What a realm has of a person. */
interface Found {
  user: KeycloakUser | null
  groups: KeycloakGroup[]
  sessions: number
  /** Whether they sign in with their account, and no other user does. */
  linked: boolean
  ambiguous: boolean
}

export async function look(
  api: KeycloakApi,
  { settings: { provider, group } }: UsedConnection,
  known: Known,
  accountId: string,
): Promise<Found> {
  const user = await findKnown(api, known)
  const linked = provider ? await api.findLinked(provider, accountId) : []
  const links = {
    linked: linked.some(({ id }) => id === user?.id),
    ambiguous: linked.some(({ id }) => id !== user?.id),
  }
  if (!user) return { user, groups: [], sessions: 0, ...links }
  const [groups, sessions, clients] = await Promise.all([
    api.groupsOf(user.id),
    api.sessionsOf(user.id),
    api.offlineClientsOf(user.id),
  ])
  return { user, groups: ours(groups, group!), sessions: sessions.length + clients.length, ...links }
}

/** How what was found differs from what should be there, as codes. */
export function differences(found: Found, target: UsedConnection, known: Known, desired: Desired | null): string[] {
  const codes = desired ? missing(found, target, known, desired) : left(found, known)
  return Object.entries(codes).flatMap(([code, differs]) => (differs ? code : []))
}

function missing(
  { user, groups, linked, ambiguous }: Found,
  { settings: { provider, group } }: UsedConnection,
  { kind }: Known,
  { access, person }: Desired,
): Record<string, boolean> {
  if (!user) return { user_missing: true, ambiguous }
  const isInRole = groups.some((one) => isOfRole(one, group!, access.key))
  return {
    ambiguous,
    user_disabled: kind === 'user' && !user.enabled,
    link_missing: provider !== undefined && !linked,
    group_missing: !isInRole,
    wrong_group: groups.length > (isInRole ? 1 : 0),
    person_differs: person !== undefined && changeOf(user, person) !== null,
  }
}

/** A user that was there before may go on with other things, in new sessions. */
function left({ user, groups, sessions }: Found, { kind }: Known): Record<string, boolean> {
  if (!user) return {}
  return {
    still_in_group: groups.length > 0,
    user_enabled: kind === 'user' && user.enabled,
    session_present: kind === 'user' && sessions > 0,
  }
}
