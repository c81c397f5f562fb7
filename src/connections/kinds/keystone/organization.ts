import type { Database } from '../../../platform/db/database'
import { sql } from '../../../platform/db/sql'
import { type Desired, Refused, type UsedConnection } from '../connector'
import type { KeystoneGroup, KeystoneProject } from './api'
import { limitsFor } from './limits'
import type { Keystone } from './signing-in'

/** What an organization has there: a project, and a group with a role on it. Both have the mark of the organization. */
interface OrganizationPlace {
  project: KeystoneProject
  group: KeystoneGroup
}

const tagOf = (organization: string) => `guildhall-${organization}`

/** Found by its tag, also after it was renamed, or by its name; ours only if it has the mark. */
async function findProject({ api, domain }: Keystone, organization: string): Promise<KeystoneProject | null> {
  const tagged = await api.projects({ tags: tagOf(organization), domain_id: domain })
  const ours = tagged.filter((one) => one.guildhall === organization)
  if (ours.length > 1) throw new Refused({ code: 'project_ambiguous' })
  if (ours[0]) return ours[0]
  const [named] = await api.projects({ name: organization, domain_id: domain })
  if (named && named.guildhall !== organization) throw new Refused({ code: 'project_not_ours' })
  return named ?? null
}

async function findGroup({ api, domain }: Keystone, organization: string): Promise<KeystoneGroup | null> {
  const [named] = await api.groupsIn(domain, { name: organization })
  if (named && named.guildhall !== organization) throw new Refused({ code: 'group_not_ours' })
  // It may have been renamed. Groups have no tags to search for.
  return named ?? (await api.groupsIn(domain)).find((one) => one.guildhall === organization) ?? null
}

/** Brings a project and its group about, with the one role that the group has there, and the limits. */
export async function ensurePlace(
  { db, keystone, target }: { db: Database; keystone: Keystone; target: UsedConnection },
  organization: string,
  desired: Desired,
): Promise<OrganizationPlace> {
  const { api } = keystone
  const role = await keystone.roleNamed(roleOf(target, desired))
  let [project, group] = await Promise.all([findProject(keystone, organization), findGroup(keystone, organization)])
  const made = { name: organization, domain_id: keystone.domain, guildhall: organization }
  const description = project && group ? '' : await nameOf(db, organization)
  // Null if another attempt made it meanwhile.
  project ??=
    (await api.createProject({ ...made, description, tags: [tagOf(organization)] })) ??
    (await findProject(keystone, organization))
  group ??= (await api.createGroup({ ...made, description })) ?? (await findGroup(keystone, organization))
  if (!project || !group) throw new Refused({ code: 'project_missing' })
  const roles = await api.rolesOn(project.id, group.id)
  if (!roles.includes(role)) await api.grant(project.id, group.id, role)
  await Promise.all(roles.filter((id) => id !== role).map((id) => api.revoke(project.id, group.id, id)))
  const limits = await limitsFor(keystone, target, project.id, desired)
  await limits.apply()
  if (!project.enabled) await api.switchProject(project.id, true)
  return { project, group }
}

/** How what an organization has differs from what it should have, as codes. */
export async function lookAtPlace(keystone: Keystone, target: UsedConnection, organization: string, desired: Desired) {
  const [project, group, role] = await Promise.all([
    findProject(keystone, organization),
    findGroup(keystone, organization),
    keystone.roleNamed(roleOf(target, desired)),
  ])
  if (!project || !group) return { group, codes: ['project_missing'] }
  const roles = await keystone.api.rolesOn(project.id, group.id)
  const limits = await limitsFor(keystone, target, project.id, desired)
  return {
    group,
    codes: [
      ...(project.enabled ? [] : ['project_disabled']),
      ...(roles.length === 1 && roles[0] === role ? [] : ['role_differs']),
      ...(limits.differ ? ['quota_differs'] : []),
    ],
  }
}

/** The project of an organization that is not accepted any more is switched off. It is never deleted. */
export async function switchOffUnlessAccepted(db: Database, keystone: Keystone, organization: string): Promise<void> {
  const state = await db.first<{ state: string }>(sql`select state from organizations where id = ${organization}`)
  if (state?.state === 'accepted') return
  const project = await findProject(keystone, organization)
  if (project?.enabled) await keystone.api.switchProject(project.id, false)
}

const roleOf = ({ settings }: UsedConnection, { access }: Desired) => settings.memberRole ?? access.key

async function nameOf(db: Database, organization: string): Promise<string> {
  const found = await db.first<{ name: string }>(sql`select name from organizations where id = ${organization}`)
  return found?.name ?? ''
}
