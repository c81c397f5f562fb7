import { Refused } from '../connector'
import type { KeycloakApi, KeycloakGroup } from './api'

/** The group of an access role. Its name is the key of the role, and it lies in the group of those who may use the service. */
export const ensureRoleGroup = (keycloak: KeycloakApi, path: string, role: string): Promise<KeycloakGroup> =>
  ensurePath(keycloak, [...namesOf(path), role])

/** Null if there is none. */
export async function findTopGroup(keycloak: KeycloakApi, path: string): Promise<KeycloakGroup | null> {
  let found: KeycloakGroup | null = null
  for (const name of namesOf(path)) {
    found = await keycloak.findGroup(found?.id ?? null, name)
    if (!found) return null
  }
  return found
}

async function ensurePath(keycloak: KeycloakApi, names: string[]): Promise<KeycloakGroup> {
  let found: KeycloakGroup | null = null
  for (const name of names) found = await ensureGroup(keycloak, found?.id ?? null, name)
  return found!
}

async function ensureGroup(keycloak: KeycloakApi, parent: string | null, name: string): Promise<KeycloakGroup> {
  const found = await keycloak.findGroup(parent, name)
  if (found) return found
  await keycloak.createGroup(parent, name)
  const made = await keycloak.findGroup(parent, name)
  if (!made) throw new Refused({ code: 'group_unknown', answer: name })
  return made
}

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '')

/** Whether it is the group of an access role, among those that are ours. */
export const isOfRole = ({ path }: KeycloakGroup, top: string, role: string): boolean =>
  path === `/${[...namesOf(top), role].join('/')}`

/**
 * Those of a person's groups that are the top group or lie in it, at any depth: a group gives what the groups above it give. A
 * group at the top whose name contains slashes has the path of a child group, but no parent.
 */
export function ours(groups: KeycloakGroup[], path: string): KeycloakGroup[] {
  const names = namesOf(path)
  const top = `/${names.join('/')}`
  return groups.filter(
    (group) =>
      (group.path === top && (names.length === 1) === !group.parentId) ||
      (group.path.startsWith(`${top}/`) && Boolean(group.parentId)),
  )
}
