import { v7 as uuid } from 'uuid'
import { toPage } from '../db/page'
import { Problem } from '../errors'
import type { EventKind } from '../events/schema'
import { done, type Route, read, Unchanged, write } from '../http/flow'
import { type AskableRole, mustDiffer, partsOf } from '../role-requests/rules'
import { askableRoles } from '../role-requests/store'
import { loadFacts } from '../sessions/actor'
import {
  decideAppointment,
  decideDissolution,
  decideLimitRequest,
  decideResubmission,
  decideTransition,
  isLive,
  mustBeFree,
  nameKey,
  toOrganization,
  transitions,
} from './rules'
import {
  acceptOrganization,
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  listOrganizations,
  type OrganizationState,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  requestHigherLimit,
  resubmitOrganization,
  setMemberLimit,
  suspendOrganization,
} from './schema'
import {
  insertOrganization,
  loadAppointment,
  loadOrganization,
  loadOrganizationShown,
  loadOrganizations,
  type StateChange,
  saveAppointment,
  saveDissolution,
  saveLimit,
  saveLimitRequest,
  saveResubmission,
  saveStateChange,
} from './store'

/** An operator's decision about an organization's state. */
const decision = (
  endpoint: typeof requestChanges | typeof acceptOrganization,
  kind: EventKind,
  from: readonly OrganizationState[],
  to: OrganizationState,
) =>
  write(endpoint, {
    load: ({ db, session, input }) => loadOrganization(db, session, input.organizationId),
    decide: ({ organization, actor }, input): StateChange => {
      decideTransition(organization, from)
      const reason = 'reason' in input ? (input.reason as string) : null
      return { organizationId: input.organizationId, from: [...from], to, kind, operator: actor, reason }
    },
    save: saveStateChange,
    answer: done,
  })

export const organizationRoutes: Route[] = [
  write(createOrganization, {
    load: ({ db, session, input }) =>
      loadFacts<{ roles: AskableRole[] }>(db, session, {
        roles: askableRoles(
          input.services.flatMap(({ accessRoleId, quotaRoleId }) =>
            [accessRoleId, quotaRoleId].filter((id) => id !== null),
          ),
        ),
      }),
    decide: ({ actor, roles }, { services, ...input }) => {
      mustBeFree(actor)
      mustDiffer(services)
      const requests = services.map((wanted, index) => ({
        id: uuid(),
        serviceId: wanted.serviceId,
        parts: partsOf(wanted, roles, `services.${index}.`),
      }))
      return {
        id: uuid(),
        membershipId: uuid(),
        authorId: actor.id,
        requests,
        details: { ...input, nameKey: nameKey(input.name) },
      }
    },
    save: insertOrganization,
    answer: ({ id }) => ({ id }),
  }),

  read(getOrganization, {
    load: ({ db, session, input }) => loadOrganizationShown(db, session, input.organizationId),
    answer: ({ organization, lookAlikes, actor }) => {
      if (!organization) throw new Problem('organization_not_found')
      return { ...toOrganization(organization, actor), lookAlikes }
    },
  }),

  read(listOrganizations, {
    load: ({ db, session, input }) => loadOrganizations(db, session, input),
    answer: ({ organizations }, { limit }) => toPage(organizations, limit),
  }),

  write(resubmitOrganization, {
    load: ({ db, session, input }) => loadOrganization(db, session, input.organizationId),
    decide: ({ organization, actor }, { organizationId, ...details }) => ({
      organizationId,
      from: decideResubmission(organization, actor),
      actorId: actor.id,
      membershipId: uuid(),
      details: { ...details, nameKey: nameKey(details.name) },
    }),
    save: saveResubmission,
    answer: done,
  }),

  write(dissolveOrganization, {
    load: ({ db, session, input }) => loadOrganization(db, session, input.organizationId),
    decide: ({ organization, actor }, { organizationId, reason }) => ({
      organizationId,
      actor,
      reason: reason ?? null,
      way: decideDissolution(organization, actor, reason),
    }),
    save: (db, { organizationId, actor, reason, way }) =>
      way === 'by_sole_member'
        ? saveDissolution(db, { id: actor.id, organizationId, membershipId: actor.membershipId! })
        : saveStateChange(db, {
            organizationId,
            from: [...transitions.dissolved],
            to: 'dissolved',
            kind: 'organization_dissolved',
            operator: actor,
            reason,
          }),
    answer: done,
  }),

  decision(acceptOrganization, 'organization_accepted', transitions.accepted, 'accepted'),
  decision(requestChanges, 'changes_requested', transitions.changes_requested, 'changes_requested'),
  decision(rejectOrganization, 'organization_rejected', transitions.rejected, 'rejected'),
  decision(suspendOrganization, 'organization_suspended', transitions.suspended, 'suspended'),
  decision(reinstateOrganization, 'organization_reinstated', transitions.reinstated, 'accepted'),

  write(appointAdmin, {
    load: ({ db, session, input }) => loadAppointment(db, session, input.organizationId, input.email),
    decide: ({ organization, account, actor }, { organizationId, reason }) => {
      const appointment = decideAppointment(organization, account)
      if (!appointment) return new Unchanged(done())
      return {
        operator: actor,
        organizationId,
        accountId: account!.id,
        newMembershipId: uuid(),
        reason,
        ...appointment,
      }
    },
    save: saveAppointment,
    answer: done,
  }),

  write(requestHigherLimit, {
    load: ({ db, session, input }) => loadOrganization(db, session, input.organizationId),
    decide: ({ organization, actor }, { limit, reason }) => {
      decideLimitRequest(organization, limit)
      return { actor, limit, reason }
    },
    save: (db, { actor, limit, reason }) => saveLimitRequest(db, actor, limit, reason),
    answer: done,
  }),

  write(setMemberLimit, {
    load: ({ db, session, input }) => loadOrganization(db, session, input.organizationId),
    decide: ({ organization, actor }, { organizationId, limit, reason }) => {
      if (!organization) throw new Problem('organization_not_found')
      if (!isLive(organization.state)) throw new Problem('organization_ended')
      return { operatorId: actor.id, organizationId, limit, reason }
    },
    save: (db, { operatorId, organizationId, limit, reason }) =>
      saveLimit(db, operatorId, organizationId, limit, reason),
    answer: done,
  }),
]
