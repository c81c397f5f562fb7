import fc from 'fast-check'
import * as invitations from '../../src/membership/invitations/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../src/membership/memberships/schema'
import * as organizations from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { asSeen } from '../support/seen'
import { accountCommands } from './account-commands'
import * as invited from './invitations'
import type { Model } from './model'
import * as model from './model'
import { roleCommands } from './role-commands'
import { actor, index, insiders, pick, type Real, reason, step } from './step'

const asOperator = {
  accept: organizations.acceptOrganization,
  requestChanges: organizations.requestChanges,
  reject: organizations.rejectOrganization,
  suspend: organizations.suspendOrganization,
  reinstate: organizations.reinstateOrganization,
  dissolve: organizations.dissolveOrganization,
} as const

type RealNow = Real & { memberships: (string | null)[] }
const form = (real: Real, number: number) => ({
  name: `Model ${real.history} ${number}`,
  country: 'PH',
  description: 'A model.',
})
const ofInvitation = (v: number) => (state: Readonly<Model>) => pick(state.invitations, v).organization
const ofAcceptance = (x: number) => (state: Readonly<Model>) =>
  state.invitations[pick(state.acceptances, x).invitation]!.organization
/** The address of one of the people, or none, with equal probability. */
const binding = (state: Readonly<Model>, b: number) => (b % 2 === 0 ? null : pick(state.people, b >> 1).address || null)
const ofInsider = (i: number) => (state: Readonly<Model>) => state.people[pick(insiders(state), i)]!.organization!

/** Every operation, on people, organizations and invitations picked from the existing ones. */
export function commands(people: number): fc.Arbitrary<fc.AsyncCommand<Model, Real>>[] {
  const person = fc.nat(people - 1)
  const hasOrganization = (state: Model) => state.organizations.length > 0
  return [
    step<[number]>([person], (p) => ({
      name: `create by ${p}`,
      caller: () => p,
      possible: () => true,
      predict: (state) => model.create(state, p),
      async act(state, real) {
        const answer = await real.people[p]!.try(
          organizations.createOrganization,
          form(real, state.organizations.length),
        )
        if (!answer.code) real.organizationIds.push(answer.body.id)
        return answer
      },
    })),
    ...Array.from({ length: 2 }, () =>
      step<[keyof typeof asOperator, number]>(
        [
          fc.constantFrom(
            'accept',
            'accept',
            'accept',
            'accept',
            'requestChanges',
            'reject',
            'suspend',
            'reinstate',
            'reinstate',
            'dissolve',
          ),
          index,
        ],
        (what, o) => ({
          name: `${what} by operator, organization ${o}`,
          possible: hasOrganization,
          predict: (state) => model.operatorDoes(state, o % state.organizations.length, what),
          act: (_, real) =>
            asSeen(real.operator).try(asOperator[what], {
              organizationId: pick(real.organizationIds, o),
              reason: what === 'accept' ? undefined : reason,
            } as never),
        }),
      ),
    ),
    step<[number, number]>([person, index], (p, o) => ({
      name: `resubmit by ${p}, organization ${o}`,
      caller: () => p,
      possible: hasOrganization,
      predict: (state) => model.resubmit(state, p, o % state.organizations.length),
      act: (_, real) =>
        asSeen(real.people[p]!).try(organizations.resubmitOrganization, {
          organizationId: pick(real.organizationIds, o),
          ...form(real, o % real.organizationIds.length),
        }),
    })),
    step<[number, number]>([person, index], (p, o) => ({
      name: `dissolve by ${p}, organization ${o}`,
      caller: () => p,
      possible: hasOrganization,
      predict: (state) => model.dissolve(state, p, o % state.organizations.length),
      act: (_, real) =>
        asSeen(real.people[p]!).try(organizations.dissolveOrganization, {
          organizationId: pick(real.organizationIds, o),
        }),
    })),
    step<[number, number]>([person, index], (p, o) => ({
      name: `appoint ${p}, organization ${o}`,
      possible: hasOrganization,
      predict: (state) => model.appoint(state, o % state.organizations.length, p),
      act: (state, real) =>
        real.operator.try(organizations.appointAdmin, {
          organizationId: pick(real.organizationIds, o),
          email: state.people[p]!.address || real.people[p]!.email,
          reason,
        }),
    })),
    ...Array.from({ length: 2 }, () =>
      step<[number, number, boolean, boolean, number]>(
        [index, fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean(), index],
        (i, uses, grantsAdmin, needsApproval, b) => ({
          name: `invite by insider ${i}, ${uses} uses, admin ${grantsAdmin}, approval ${needsApproval}, bound ${b}`,
          caller: (state) => pick(insiders(state), i),
          possible: (state) => insiders(state).length > 0,
          predict(state) {
            const p = pick(insiders(state), i)
            return invited.invite(state, p, state.people[p]!.organization!, {
              usesLeft: uses,
              grantsAdmin,
              needsApproval,
              boundTo: binding(state, b),
            })
          },
          async act(state, real) {
            const p = pick(insiders(state), i)
            const organizationId = real.organizationIds[state.people[p]!.organization!]!
            const address = binding(state, b)
            const answer = await real.people[p]!.try(invitations.createInvitation, {
              organizationId,
              uses,
              grantsAdmin,
              needsApproval,
              boundTo: address === null ? null : { email: address },
            })
            if (!answer.code) real.invitations.push({ id: answer.body.id, code: answer.body.code })
            return answer
          },
        }),
      ),
    ),
    step<[number, number]>([index, index], (p, v, by = actor(p, ofInvitation(v))) => ({
      name: `revoke by ${p}, invitation ${v}`,
      caller: by,
      possible: (state) => state.invitations.length > 0,
      predict: (state) => invited.revoke(state, by(state), v % state.invitations.length),
      act: (state, real) =>
        real.people[by(state)]!.try(invitations.revokeInvitation, {
          organizationId: real.organizationIds[pick(state.invitations, v).organization]!,
          invitationId: pick(real.invitations, v).id,
        }),
    })),
    ...Array.from({ length: 4 }, () =>
      step<[number, number]>([person, index], (p, v) => ({
        name: `acceptInvitation by ${p}, invitation ${v}`,
        caller: () => p,
        possible: (state) => state.invitations.length > 0,
        predict: (state) => invited.acceptInvitation(state, p, v % state.invitations.length),
        act: (_, real) => real.people[p]!.try(invitations.acceptInvitation, { code: pick(real.invitations, v).code }),
      })),
    ),
    step<[number]>([person], (p) => ({
      name: `withdraw by ${p}`,
      caller: () => p,
      possible: (state) => state.acceptances.length > 0,
      predict: (state) => invited.withdraw(state, p),
      act: (_, real) => asSeen(real.people[p]!).try(invitations.withdrawAcceptance, {}),
    })),
    ...Array.from({ length: 2 }, () =>
      step<[number, number, boolean]>(
        [index, index, fc.boolean()],
        (p, x, approve, by = actor(p, ofAcceptance(x))) => ({
          name: `${approve ? 'approve' : 'decline'} by ${p}, acceptance ${x}`,
          caller: by,
          possible: (state) => state.acceptances.length > 0,
          predict: (state) => invited.decideWaiting(state, by(state), x % state.acceptances.length, approve),
          async act(state, real) {
            const { invitation, person: whose } = pick(state.acceptances, x)
            const [row] = await real.site.db.rows<{ id: string }>(sql`
            select id from acceptances where invitation_id = ${real.invitations[invitation]!.id} and account_id = ${real.people[whose]!.id}`)
            const organizationId = real.organizationIds[state.invitations[invitation]!.organization]!
            const which = { organizationId, acceptanceId: row!.id }
            const admin = real.people[by(state)]!
            return approve
              ? asSeen(admin).try(invitations.approveAcceptance, which)
              : admin.try(invitations.declineAcceptance, which)
          },
        }),
      ),
    ),
    ...Array.from({ length: 2 }, () =>
      step<[number, number, boolean]>([index, index, fc.boolean()], (p, i, admin, by = actor(p, ofInsider(i))) => ({
        name: `setAdmin by ${p}, insider ${i}, ${admin}`,
        caller: by,
        possible: (state) => insiders(state).length > 0,
        predict: (state) => model.setAdmin(state, by(state), pick(insiders(state), i), admin),
        act: (state, real) =>
          real.people[by(state)]!.try(setAdminPrivileges, { ...target(state, real as RealNow, i), admin }),
      })),
    ),
    step<[number, number]>([index, index], (p, i, by = actor(p, ofInsider(i))) => ({
      name: `remove by ${p}, insider ${i}`,
      caller: by,
      possible: (state) => insiders(state).length > 0,
      predict: (state) => model.remove(state, by(state), pick(insiders(state), i)),
      act: (state, real) => real.people[by(state)]!.try(removeMember, target(state, real as RealNow, i)),
    })),
    step<[number]>([index], (i) => ({
      name: `leave by insider ${i}`,
      caller: (state) => pick(insiders(state), i),
      possible: (state) => insiders(state).length > 0,
      predict: (state) => model.leave(state, pick(insiders(state), i)),
      act: (state, real) =>
        real.people[pick(insiders(state), i)]!.try(leaveOrganization, {
          organizationId: target(state, real as RealNow, i).organizationId,
        }),
    })),
    step<[number, number]>([index, index], (i, j, successor = actor(j, ofInsider(i))) => ({
      name: `handOver by insider ${i} to ${j}`,
      caller: (state) => pick(insiders(state), i),
      possible: (state) => insiders(state).length > 0 && state.people[successor(state)]!.organization !== null,
      predict: (state) => model.handOver(state, pick(insiders(state), i), successor(state)),
      act: (state, real) =>
        real.people[pick(insiders(state), i)]!.try(leaveOrganization, {
          organizationId: target(state, real as RealNow, i).organizationId,
          successorId: (real as RealNow).memberships[successor(state)]!,
        }),
    })),
    ...roleCommands,
    ...accountCommands,
  ]
}

function target(state: Readonly<Model>, { organizationIds, memberships }: RealNow, i: number) {
  const whose = pick(insiders(state), i)
  return { organizationId: organizationIds[state.people[whose]!.organization!]!, membershipId: memberships[whose]! }
}
