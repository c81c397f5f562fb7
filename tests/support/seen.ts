import { enableAccount, listAccounts } from '../../src/identity/accounts/schema'
import { getSiteSettings, setDefaultMemberLimit, setSitePolicy } from '../../src/identity/site/schema'
import { approveAcceptance, listAcceptances, withdrawAcceptance } from '../../src/membership/invitations/schema'
import { getMe } from '../../src/membership/me/schema'
import { setMemberLimit } from '../../src/membership/member-limits/schema'
import { getOrganization } from '../../src/membership/organizations/schema'
import type { Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { grantRole, listRoleAssignments } from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, listPendingRequests, type PendingRequest } from '../../src/roles/role-requests/schema'
import { listServices, type RoleKind } from '../../src/roles/services/schema'
import type { Person } from './site'

type Distribute<Input, Names extends PropertyKey> = Input extends unknown ? Omit<Input, Names> : never
/** The input of a decision, without the versions that the person has seen. */
type Unseen<E extends Endpoint> =
  InputOf<E> extends { decisions: (infer One)[] }
    ? { decisions: (Distribute<One, 'detailsVersion' | 'roleVersion' | 'held'> & { roleVersion?: number })[] }
    : E extends typeof setSitePolicy
      ? Omit<InputOf<E>, 'version'>
      : E extends typeof approveAcceptance
        ? Omit<InputOf<E>, 'email'>
        : E extends typeof withdrawAcceptance
          ? object
          : Omit<InputOf<E>, 'stateVersion' | 'seen' | 'detailsVersion' | 'roleVersion' | 'held' | 'disabledAt'> & {
              roleVersion?: number
            }

/** A person who reads the current versions before each decision. For roles, it is always the first version. */
export const asSeen = (person: Person) => ({
  call: async <E extends Endpoint>(endpoint: E, input: Unseen<E>) =>
    person.call(endpoint, { ...input, ...(await seenBy(person, endpoint, input)) } as InputOf<E>),
  try: async <E extends Endpoint>(endpoint: E, input: Unseen<E>) =>
    person.try(endpoint, { ...input, ...(await seenBy(person, endpoint, input)) } as InputOf<E>),
})

async function seenBy(person: Person, endpoint: Endpoint, input: object) {
  const {
    organizationId,
    decisions,
    roleVersion = 1,
  } = input as {
    organizationId: string
    decisions?: { requestId: string; kind: RoleKind }[]
    roleVersion?: number
  }
  if (endpoint.id === decideRoleRequests.id)
    return { decisions: await decisionsSeenBy(person, decisions!, roleVersion) }
  if (endpoint.id === grantRole.id) {
    const { roleId } = input as { roleId: string }
    const detailsVersion = (await organizationSeenBy(person, organizationId))?.detailsVersion ?? 0
    return { detailsVersion, roleVersion, held: await heldSeenBy(person, organizationId, roleId) }
  }
  if (endpoint.id === setSitePolicy.id) return { version: (await person.call(getSiteSettings, {})).policyVersion }
  if (endpoint.id === setDefaultMemberLimit.id) return { seen: (await person.call(getSiteSettings, {})).memberLimit }
  if (endpoint.id === enableAccount.id) {
    const { items } = await person.call(listAccounts, { limit: 100 })
    const { accountId } = input as { accountId: string }
    return { disabledAt: items.find(({ id }) => id === accountId)?.disabledAt ?? new Date(0).toISOString() }
  }
  if (endpoint.id === approveAcceptance.id) {
    const { acceptanceId } = input as { acceptanceId: string }
    const { body } = await person.try(listAcceptances, { organizationId, state: 'awaiting_approval', limit: 100 })
    return { email: body.items?.find(({ id }) => id === acceptanceId)?.account.email ?? 'nobody@example.org' }
  }
  if (endpoint.id === withdrawAcceptance.id) {
    const { body } = await person.try(getMe, {})
    return { acceptanceId: body.waiting?.acceptanceId ?? '01890000-0000-7000-8000-000000000000' }
  }
  const organization = await organizationSeenBy(person, organizationId)
  if (endpoint.id === setMemberLimit.id)
    return { seen: { limit: organization?.memberLimit ?? null, wanted: organization?.limitWanted?.limit ?? null } }
  return { stateVersion: organization?.stateVersion ?? 0 }
}

/** Their own organization, a rejected one of theirs, or the operator's view. */
async function organizationSeenBy(person: Person, organizationId: string) {
  const { status, body } = await person.try(getMe, {})
  if (status !== 200) return undefined
  const own = [body.organization, ...body.rejected].find((one) => one?.id === organizationId)
  if (own) return own
  const looked = await person.try(getOrganization, { organizationId })
  return looked.status === 200 ? looked.body : undefined
}

async function decisionsSeenBy(
  person: Person,
  decisions: { requestId: string; kind: RoleKind }[],
  roleVersion: number,
) {
  const pending: PendingRequest[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { status, body } = await person.try(listPendingRequests, { limit: 100, cursor })
    if (status !== 200) break
    pending.push(...body.items)
    cursor = body.next
  }
  return decisions.map((decision) => {
    const seen = pending.find(({ id }) => id === decision.requestId)
    const held = seen?.held.find(({ kind }) => kind === decision.kind)?.assignmentId ?? null
    return { detailsVersion: seen?.organization.detailsVersion ?? 0, roleVersion, held, ...decision }
  })
}

/** The role that the organization holds, of this role's kind and service. */
async function heldSeenBy(person: Person, organizationId: string, roleId: string): Promise<string | null> {
  const { body: catalogue } = await person.try(listServices, {})
  const service = catalogue.services?.find(({ roles }) => roles.some(({ id }) => id === roleId))
  const kind = service?.roles.find(({ id }) => id === roleId)?.kind
  if (!service) return null
  const { body } = await person.try(listRoleAssignments, { organizationId, serviceId: service.id, state: 'active' })
  return body.items?.find((one) => one.kind === kind)?.id ?? null
}
