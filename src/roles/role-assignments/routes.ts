import { v7 as uuid } from 'uuid'
import { toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { decideGrant } from './rules'
import { grantRole, listRoleAssignments, revokeRole } from './schema'
import { loadAssignment, loadAssignments, loadGrant, saveAssignmentRevocation, saveGrant } from './store'

export const roleAssignmentRoutes: Route[] = [
  query(listRoleAssignments, {
    load: ({ db, credential, input }) => loadAssignments(db, credential, input),
    answer: ({ exists, assignments }, { limit }) => toPageWithin(exists, assignments, limit),
  }),

  command(grantRole, {
    load: ({ db, credential, input }) => loadGrant(db, credential, input.organizationId, input.roleId),
    decide: ({ actor, ...facts }, input) => ({
      id: uuid(),
      operator: actor,
      role: decideGrant(facts, input),
      ...input,
    }),
    save: saveGrant,
    answer: ({ id }) => ({ id }),
  }),

  command(revokeRole, {
    load: ({ db, credential, input }) => loadAssignment(db, credential, input.organizationId, input.assignmentId),
    decide: ({ actor, organizationExists, active }, { organizationId, reason }) => {
      if (!organizationExists) throw new Problem('organization_not_found')
      if (!active) throw new Problem('role_assignment_not_found')
      return { operator: actor, organizationId, active, reason }
    },
    save: saveAssignmentRevocation,
    answer: done,
  }),
]
