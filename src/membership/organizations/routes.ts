import { v7 as uuid } from 'uuid'
import type { EventKind } from '../../messaging/events/schema'
import { loadFacts } from '../../platform/access/actor'
import type { OrganizationState } from '../../platform/access/organization-state'
import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { type AskableRole, roleIdsOf } from '../../roles/role-requests/rules'
import { askableRoles } from '../../roles/role-requests/store'
import { loadAppointment, type StateChange, saveAppointment, saveDissolution, saveStateChange } from './decisions-store'
import {
  decideAppointment,
  decideDissolution,
  decideResubmission,
  decideServices,
  decideTransition,
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
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  resubmitOrganization,
  suspendOrganization,
} from './schema'
import {
  insertOrganization,
  loadOrganization,
  loadOrganizationShown,
  loadOrganizations,
  loadResubmission,
  saveResubmission,
} from './store'

/** An operator's decision about an organization's state. */
const decision = (
  endpoint: typeof requestChanges | typeof acceptOrganization,
  kind: EventKind,
  from: readonly OrganizationState[],
  to: OrganizationState,
) =>
  command(endpoint, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ organization, actor }, input): StateChange => {
      const { stateVersion } = input
      decideTransition(organization, from, stateVersion)
      const reason = 'reason' in input ? (input.reason as string) : null
      return { organizationId: input.organizationId, stateVersion, from, to, kind, operator: actor, reason }
    },
    save: saveStateChange,
    answer: done,
  })

export const organizationRoutes: Route[] = [
  command(createOrganization, {
    load: ({ db, credential, input }) =>
      loadFacts<{ roles: AskableRole[] }>(db, credential, { roles: askableRoles(input.services.flatMap(roleIdsOf)) }),
    decide: ({ actor, roles }, { services, ...input }) => {
      mustBeFree(actor)
      return {
        id: uuid(),
        membershipId: uuid(),
        author: actor,
        requests: decideServices({ servicesWanted: [] }, services, roles, uuid).requests,
        details: { ...input, nameKey: nameKey(input.name) },
      }
    },
    save: insertOrganization,
    answer: ({ id }) => ({ id }),
  }),

  query(getOrganization, {
    load: ({ db, credential, input }) => loadOrganizationShown(db, credential, input.organizationId),
    answer: ({ organization, lookAlikes, tokens, actor }) => {
      if (!organization) throw new Problem('organization_not_found')
      return { ...toOrganization(organization, actor), lookAlikes, tokens }
    },
  }),

  query(listOrganizations, {
    load: ({ db, credential, input }) => loadOrganizations(db, credential, input),
    answer: ({ organizations }, { limit }) => toPage(organizations, limit),
  }),

  command(resubmitOrganization, {
    load: ({ db, credential, input }) =>
      loadResubmission(db, credential, input.organizationId, (input.services ?? []).flatMap(roleIdsOf)),
    decide: ({ actor, roles, ...facts }, { organizationId, stateVersion, services, ...details }) => {
      const { organization, by } = decideResubmission(facts.organization, actor, stateVersion)
      return {
        organizationId,
        stateVersion,
        by,
        membershipId: uuid(),
        details: { ...details, nameKey: nameKey(details.name) },
        services: decideServices(organization, services, roles, uuid),
      }
    },
    save: saveResubmission,
    answer: done,
  }),

  command(dissolveOrganization, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ organization, actor }, { organizationId, stateVersion, reason }) => ({
      organizationId,
      stateVersion,
      by: decideDissolution(organization, actor, reason, stateVersion),
    }),
    save: (db, { organizationId, stateVersion, by }) =>
      'soleMember' in by
        ? saveDissolution(db, by.soleMember, stateVersion)
        : saveStateChange(db, {
            ...by,
            organizationId,
            stateVersion,
            from: transitions.dissolved,
            to: 'dissolved',
            kind: 'organization_dissolved',
          }),
    answer: done,
  }),

  decision(acceptOrganization, 'organization_accepted', transitions.accepted, 'accepted'),
  decision(requestChanges, 'changes_requested', transitions.changes_requested, 'changes_requested'),
  decision(rejectOrganization, 'organization_rejected', transitions.rejected, 'rejected'),
  decision(suspendOrganization, 'organization_suspended', transitions.suspended, 'suspended'),
  decision(reinstateOrganization, 'organization_reinstated', transitions.reinstated, 'accepted'),

  command(appointAdmin, {
    load: ({ db, credential, input }) => loadAppointment(db, credential, input.organizationId, input.email),
    decide: ({ organization, actor, ...facts }, input) => {
      const { account, already } = decideAppointment(organization, facts.account)
      if (already) return new Unchanged({ ...done(), addressConfirmed: account.addressConfirmed })
      const { id: accountId, membershipId } = account
      return { operator: actor, ...input, accountId, membershipId, newMembershipId: uuid() }
    },
    save: saveAppointment,
    answer: ({ addressConfirmed }) => ({ ...done(), addressConfirmed }),
  }),
]
