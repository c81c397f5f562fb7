import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disableAccount } from '../../src/identity/accounts/schema'
import { createInvitation, listInvitations } from '../../src/membership/invitations/schema'
import { deleteOwnAccount, getMe } from '../../src/membership/me/schema'
import {
  leaveOrganization,
  listMemberships,
  removeMember,
  setAdminPrivileges,
} from '../../src/membership/memberships/schema'
import { getOrganization, suspendOrganization } from '../../src/membership/organizations/schema'
import { listOrganizationEvents } from '../../src/messaging/events/schema'
import { getMyEntitlements } from '../../src/roles/entitlements/schema'
import { grantRole, listRoleAssignments, revokeRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../src/roles/services/schema'
import { type Cluster, type Insider, openCluster, repeat, roundsOf } from '../support/cluster'
import { asSeen } from '../support/seen'
import type { Person } from '../support/site'

// The loss of a right takes effect at the person's next request, in the process that ended it and in the other one.

let cluster: Cluster
let operator: Person
let service: Service
const rounds = roundsOf(15)
const reason = 'Race.'

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
  const roles = [{ key: 'reader', kind: 'access' as const, name: 'Reader' }]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  service = (await operator.call(listServices, {})).services[0]!
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

interface Place {
  organizationId: string
  admin: Insider
  other: Insider
}

/** An organization that holds a role, with two admins whose rights both processes have just loaded. */
async function place(): Promise<Place> {
  const { id: organizationId, admins } = await cluster.organization(2)
  await asSeen(operator).call(grantRole, { organizationId, roleId: service.roles[0]!.id, reason })
  const [admin, other] = admins as [Insider, Insider]
  for (const answers of await inBoth(other.person, organizationId))
    expect(answers).toEqual({
      me: 200,
      organization: 200,
      members: 200,
      invitations: 200,
      invite: 201,
      activity: 200,
      holds: 1,
    })
  return { organizationId, admin, other }
}

/** A person's answers from both processes, requested concurrently. */
const inBoth = (person: Person, organizationId: string) =>
  Promise.all(cluster.urls.map((url) => whatIsOpen(person.at(url), organizationId)))

async function whatIsOpen(person: Person, organizationId: string) {
  const entitlements = await person.try(getMyEntitlements, {})
  return {
    me: (await person.try(getMe, {})).status,
    organization: (await person.try(getOrganization, { organizationId })).status,
    members: (await person.try(listMemberships, { organizationId })).status,
    invitations: (await person.try(listInvitations, { organizationId })).status,
    invite: (await person.try(createInvitation, { organizationId })).status,
    activity: (await person.try(listOrganizationEvents, { organizationId })).status,
    holds: entitlements.status === 200 ? entitlements.body.entitlements.length : entitlements.status,
  }
}

const outside = { me: 200, organization: 404, members: 404, invitations: 404, invite: 404, activity: 404, holds: 0 }
const signedOut = { me: 401, organization: 401, members: 401, invitations: 401, invite: 401, activity: 401, holds: 401 }

describe(`at the next request, in both of two processes (${rounds} rounds)`, () => {
  const ways: Record<string, { end(place: Place): Promise<unknown>; left: Partial<typeof outside> }> = {
    'removing ends all that a member could do': {
      end: ({ organizationId, admin, other }) =>
        admin.person.call(removeMember, { organizationId, membershipId: other.membershipId }),
      left: outside,
    },
    'leaving ends all that a member could do': {
      end: ({ organizationId, other }) => other.person.call(leaveOrganization, { organizationId }),
      left: outside,
    },
    'unticking admin privileges ends what admins can do': {
      end: ({ organizationId, admin, other }) =>
        admin.person.call(setAdminPrivileges, { organizationId, membershipId: other.membershipId, admin: false }),
      left: { organization: 200, members: 200, invitations: 403, invite: 403, activity: 403, holds: 1 },
    },
    'suspending ends inviting and what is inherited': {
      end: ({ organizationId }) => asSeen(operator).call(suspendOrganization, { organizationId, reason }),
      left: { organization: 200, members: 200, invite: 409, holds: 0 },
    },
    'revoking a role ends what is inherited': {
      async end({ organizationId }) {
        const [assignment] = (await operator.call(listRoleAssignments, { organizationId })).items
        await operator.call(revokeRole, { organizationId, assignmentId: assignment!.id, reason })
      },
      left: { organization: 200, invite: 201, holds: 0 },
    },
    'disabling an account signs it out': {
      end: ({ other }) => operator.call(disableAccount, { accountId: other.person.id, reason }),
      left: signedOut,
    },
    'deleting an account signs it out': {
      end: ({ other }) => other.person.call(deleteOwnAccount, {}),
      left: signedOut,
    },
  }

  test.each(Object.entries(ways))('%s', async (_, { end, left }) => {
    await repeat(rounds, 4, async () => {
      const there = await place()
      await end(there)
      for (const answers of await inBoth(there.other.person, there.organizationId)) expect(answers).toMatchObject(left)
    })
  })
})
