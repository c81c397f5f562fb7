import { toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { decideAdminPrivileges, decideLeaving, decideRemoval } from './rules'
import { getMembership, leaveOrganization, listMemberships, removeMember, setAdminPrivileges } from './schema'
import {
  loadMembership,
  loadMembershipFacts,
  loadMemberships,
  saveAdminPrivileges,
  saveHandover,
  saveLeaving,
  saveMembershipRemoval,
} from './store'

export const membershipRoutes: Route[] = [
  query(listMemberships, {
    load: ({ db, credential, input }) => loadMemberships(db, credential, input),
    answer: ({ exists, memberships }, { limit }) => toPageWithin(exists, memberships, limit),
  }),

  query(getMembership, {
    load: ({ db, credential, input }) => loadMembership(db, credential, input.organizationId, input.membershipId),
    answer: ({ membership, actor }) => {
      if (!membership) throw new Problem('membership_not_found')
      // Only admins may read what other members made.
      if (!actor.admin && !membership.me) return { ...membership, pendingInvitations: 0, tokens: 0 }
      return membership
    },
  }),

  command(setAdminPrivileges, {
    load: ({ db, credential, input }) => loadMembershipFacts(db, credential, input.organizationId, input.membershipId),
    decide: ({ actor, ...facts }, { admin }) => {
      const target = decideAdminPrivileges(facts, admin)
      return target ? { actor, target, admin } : new Unchanged(done())
    },
    save: (db, { actor, target, admin }) => saveAdminPrivileges(db, actor, target, admin),
    answer: done,
  }),

  command(removeMember, {
    load: ({ db, credential, input }) => loadMembershipFacts(db, credential, input.organizationId, input.membershipId),
    decide: ({ actor, ...facts }) => ({ actor, target: decideRemoval(facts) }),
    save: (db, { actor, target }) => saveMembershipRemoval(db, actor, target),
    answer: done,
  }),

  command(leaveOrganization, {
    load: ({ db, credential, input }) => loadMembershipFacts(db, credential, input.organizationId, input.successorId),
    decide: ({ actor, ...facts }, { successorId }) => ({ actor, ...decideLeaving(facts, actor, successorId) }),
    save: (db, { actor, handover }) => (handover ? saveHandover(db, handover) : saveLeaving(db, actor)),
    answer: done,
  }),
]
