import fc from 'fast-check'
import { endpoints } from '../../src/contract'
import { confirmAddress, disableAccount, enableAccount, registerAccount } from '../../src/identity/accounts/schema'
import * as sessions from '../../src/identity/authentication/schema'
import * as passwords from '../../src/identity/passwords/schema'
import * as site from '../../src/identity/site/schema'
import * as invitations from '../../src/membership/invitations/schema'
import * as ownAccount from '../../src/membership/me/schema'
import { requestHigherLimit, setMemberLimit } from '../../src/membership/member-limits/schema'
import * as memberships from '../../src/membership/memberships/schema'
import { leaveOrganization } from '../../src/membership/memberships/schema'
import * as organizations from '../../src/membership/organizations/schema'
import * as notifications from '../../src/messaging/notifications/schema'
import type { OrganizationState } from '../../src/platform/access/organization-state'
import { toSchema } from '../../src/platform/http/describe'
import type { AnswerOf, Endpoint, InputOf } from '../../src/platform/http/endpoint'
import * as assignments from '../../src/roles/role-assignments/schema'
import * as requests from '../../src/roles/role-requests/schema'
import * as services from '../../src/roles/services/schema'
import { password, policy } from '../support/site'
import { nastyTexts, type Schema, value, wellFormed } from './requests'
import type { PersonFacts, Visitor, World } from './world'

/** A request, and the effect of its success on the world. */
export interface Ask {
  endpoint: Endpoint
  caller: Visitor
  input: Record<string, unknown>
  kept(body: never): void | Promise<void>
}

/** Generates a request, if the current state has a subject for it. */
type Plan = (world: World) => Ask | undefined

const ask = <E extends Endpoint>(
  endpoint: E,
  caller: Visitor | undefined,
  input: InputOf<E>,
  kept: (body: AnswerOf<E>) => void | Promise<void> = () => {},
): Ask | undefined => caller && { endpoint, caller, input, kept: kept as Ask['kept'] }

const reason = 'Because of the walk.'
const details = (world: World) => ({ name: world.name('Walk'), country: 'PH', description: 'Walking along the reef.' })

const isThere = (one: PersonFacts) => one.signedIn && !one.disabled && !one.deleted
const those = ({ facts }: World, which: (one: PersonFacts) => boolean) =>
  facts.people.filter((one) => isThere(one) && which(one))
const visitor = (world: World, person: PersonFacts | undefined) => person && world.visitors.get(person.id)
const anyone = (world: World, which: (one: PersonFacts) => boolean = () => true) =>
  visitor(world, world.dice.one(those(world, which)))
const operator = (world: World) => anyone(world, (one) => one.operator)
const isFree = (one: PersonFacts) => !one.organizationId && !one.waiting && !one.operator
const adminOf = (world: World, organizationId: string) =>
  anyone(world, (one) => one.admin && one.organizationId === organizationId)
const inState = ({ facts, dice }: World, ...states: OrganizationState[]) =>
  dice.one(facts.organizations.filter(({ state }) => states.includes(state)))
const isAccepted = ({ facts }: World, id: string) =>
  facts.organizations.some((one) => one.id === id && one.state === 'accepted')

/** A random thing of an organization, with one of its admins. */
function ofOrganization<Thing extends { organizationId: string }>(world: World, things: Thing[]) {
  const thing = world.dice.one(things)
  const admin = thing && adminOf(world, thing.organizationId)
  return admin && { thing, admin }
}

const decide =
  (
    endpoint:
      | typeof organizations.requestChanges
      | typeof organizations.rejectOrganization
      | typeof organizations.suspendOrganization
      | typeof organizations.reinstateOrganization,
    ...states: OrganizationState[]
  ): Plan =>
  (world) => {
    const target = inState(world, ...states)
    return (
      target && ask(endpoint, operator(world), { organizationId: target.id, stateVersion: target.stateVersion, reason })
    )
  }

const ofMembers =
  (plan: (world: World, admin: PersonFacts, other: PersonFacts) => Ask | undefined): Plan =>
  (world) => {
    const admin = world.dice.one(those(world, ({ admin }) => admin))
    const other =
      admin && world.dice.one(world.facts.people.filter((one) => one.organizationId === admin.organizationId))
    return other && plan(world, admin!, other)
  }

const roleRequest = (world: World) => {
  const role = world.dice.one(world.facts.roles.filter(({ retired, requestable }) => !retired && requestable))
  return (
    role && {
      serviceId: role.serviceId,
      [role.kind === 'access' ? 'accessRoleId' : 'quotaRoleId']: role.id,
    }
  )
}

/** Plans with their weights. */
const plans: [number, Plan][] = [
  [
    8,
    (world) =>
      ask(organizations.createOrganization, anyone(world, isFree), {
        ...details(world),
        services: world.dice.chance(0.2) ? [roleRequest(world)].filter((one) => one !== undefined) : [],
      }),
  ],
  [
    9,
    (world) => {
      const target = inState(world, 'pending')
      return (
        target &&
        ask(organizations.acceptOrganization, operator(world), {
          organizationId: target.id,
          stateVersion: target.stateVersion,
        })
      )
    },
  ],
  [2, decide(organizations.requestChanges, 'pending')],
  [1, decide(organizations.rejectOrganization, 'pending', 'changes_requested')],
  [1, decide(organizations.suspendOrganization, 'accepted')],
  [3, decide(organizations.reinstateOrganization, 'suspended')],
  [
    3,
    (world) => {
      const target = inState(world, 'changes_requested')
      return (
        target &&
        ask(organizations.resubmitOrganization, adminOf(world, target.id), {
          organizationId: target.id,
          stateVersion: target.stateVersion,
          ...details(world),
        })
      )
    },
  ],
  [
    1,
    (world) => {
      const target = inState(world, 'pending', 'changes_requested', 'accepted', 'suspended')
      if (!target || (target.members > 2 && world.dice.chance(0.7))) return undefined
      return target.members === 1
        ? ask(organizations.dissolveOrganization, adminOf(world, target.id), {
            organizationId: target.id,
            stateVersion: target.stateVersion,
          })
        : ask(organizations.dissolveOrganization, operator(world), {
            organizationId: target.id,
            stateVersion: target.stateVersion,
            reason,
          })
    },
  ],
  [
    2,
    (world) => {
      const target = inState(world, 'accepted', 'suspended')
      const other = world.dice.one(
        those(world, (one) => isFree(one) || (one.organizationId === target?.id && !one.admin)),
      )
      return (
        target &&
        other &&
        ask(organizations.appointAdmin, operator(world), { organizationId: target.id, email: other.email, reason })
      )
    },
  ],
  [
    1,
    (world) => {
      const target = inState(world, 'accepted')
      return (
        target &&
        ask(requestHigherLimit, adminOf(world, target.id), {
          organizationId: target.id,
          limit: 100 + world.dice.below(1000),
          reason,
        })
      )
    },
  ],
  [
    1,
    (world) => {
      const target = inState(world, 'accepted')
      return (
        target &&
        ask(setMemberLimit, operator(world), {
          organizationId: target.id,
          limit: world.dice.chance(0.5) ? null : 2 + world.dice.below(80),
          seen: { limit: target.limit, wanted: target.limitWanted },
          reason,
        })
      )
    },
  ],
  [
    10,
    (world) => {
      const target = inState(world, 'accepted')
      const { dice } = world
      return (
        target &&
        ask(
          invitations.createInvitation,
          adminOf(world, target.id),
          {
            organizationId: target.id,
            uses: 1 + dice.below(4),
            grantsAdmin: dice.chance(0.4),
            needsApproval: dice.chance(0.35),
            note: world.name('For'),
          },
          ({ id, code }) => void world.codes.set(id, code),
        )
      )
    },
  ],
  [
    14,
    (world) => {
      const invitation = world.dice.one(
        world.facts.invitations.filter(
          ({ pending, organizationId, id }) => pending && isAccepted(world, organizationId) && world.codes.has(id),
        ),
      )
      return (
        invitation &&
        ask(invitations.acceptInvitation, anyone(world, isFree), { code: world.codes.get(invitation.id)! })
      )
    },
  ],
  [
    2,
    (world) => {
      const code = world.dice.one([...world.codes.values()])
      return code ? ask(invitations.previewInvitation, anyone(world), { code }) : undefined
    },
  ],
  [
    4,
    (world) => {
      const found = ofOrganization(
        world,
        world.facts.invitations.filter(({ pending }) => pending),
      )
      return (
        found &&
        ask(invitations.showInvitationCode, found.admin, {
          organizationId: found.thing.organizationId,
          invitationId: found.thing.id,
        })
      )
    },
  ],
  [
    2,
    (world) => {
      const found = ofOrganization(
        world,
        world.facts.invitations.filter(({ pending }) => pending),
      )
      return (
        found &&
        ask(invitations.revokeInvitation, found.admin, {
          organizationId: found.thing.organizationId,
          invitationId: found.thing.id,
        })
      )
    },
  ],
  [
    6,
    (world) => {
      const found = ofOrganization(world, world.facts.waiting)
      if (!found) return undefined
      const { organizationId, id: acceptanceId, email } = found.thing
      return world.dice.chance(0.7)
        ? ask(invitations.approveAcceptance, found.admin, { organizationId, acceptanceId, email })
        : ask(invitations.declineAcceptance, found.admin, { organizationId, acceptanceId })
    },
  ],
  [
    1,
    (world) => {
      const waiting = world.dice.one(world.facts.waiting)
      const theirs = waiting && world.visitors.get(waiting.accountId)
      return waiting && ask(invitations.withdrawAcceptance, theirs, { acceptanceId: waiting.id })
    },
  ],
  [
    5,
    ofMembers((world, admin, other) =>
      ask(memberships.setAdminPrivileges, visitor(world, admin), {
        organizationId: admin.organizationId!,
        membershipId: other.membershipId!,
        admin: !other.admin,
      }),
    ),
  ],
  [
    2,
    ofMembers((world, admin, other) =>
      admin === other
        ? undefined
        : ask(memberships.removeMember, visitor(world, admin), {
            organizationId: admin.organizationId!,
            membershipId: other.membershipId!,
          }),
    ),
  ],
  [
    2,
    (world) => {
      const member = world.dice.one(those(world, ({ organizationId }) => organizationId !== null))
      return member && ask(leaveOrganization, visitor(world, member), { organizationId: member.organizationId! })
    },
  ],
  [
    1,
    ofMembers((world, admin, other) =>
      admin === other
        ? undefined
        : ask(leaveOrganization, visitor(world, admin), {
            organizationId: admin.organizationId!,
            successorId: other.membershipId!,
          }),
    ),
  ],
  [
    4,
    (world) => {
      const number = world.dice.below(4)
      const roles = [
        { key: 'reader', kind: 'access' as const, name: 'Reader', default: number === 0 },
        { key: 'writer', kind: 'access' as const, name: world.name('Writer') },
        {
          key: 'small',
          kind: 'quota' as const,
          name: 'Small',
          limits: [{ name: 'Volume', value: world.dice.below(100), unit: 'GB' }],
        },
      ]
      return ask(services.saveService, operator(world), {
        key: `walk-${world.number}-${number}`,
        name: world.name('Service'),
        roles: world.dice.chance(0.2) ? roles.slice(1) : roles,
      })
    },
  ],
  [
    0.3,
    (world) => {
      const role = world.dice.one(world.facts.roles)
      return role && ask(services.retireService, operator(world), { key: role.serviceKey })
    },
  ],
  [
    0.5,
    (world) =>
      ask(services.importCatalogue, operator(world), {
        dryRun: world.dice.chance(0.7),
        services: [0, 1].map((one) => ({
          key: `walk-${world.number}-${one}`,
          name: world.name('Imported'),
          roles: [{ key: 'reader', kind: 'access' as const, name: 'Reader' }],
        })),
      }),
  ],
  [
    7,
    (world) => {
      const target = inState(world, 'accepted')
      const roles = roleRequest(world)
      return (
        target &&
        roles &&
        ask(requests.requestRoles, adminOf(world, target.id), {
          organizationId: target.id,
          ...roles,
          description: 'Mapping.',
        })
      )
    },
  ],
  [
    1,
    (world) => {
      const found = ofOrganization(world, world.facts.parts)
      return (
        found &&
        ask(requests.withdrawRoleRequest, found.admin, {
          organizationId: found.thing.organizationId,
          requestId: found.thing.requestId,
        })
      )
    },
  ],
  [
    7,
    (world) => {
      const part = world.dice.one(world.facts.parts)
      const accept = world.dice.chance(0.7)
      return (
        part &&
        ask(requests.decideRoleRequests, operator(world), {
          decisions: [
            {
              requestId: part.requestId,
              kind: part.kind,
              detailsVersion: part.detailsVersion,
              roleVersion: part.roleVersion,
              held: part.held,
              accept,
              reason: accept ? undefined : reason,
            },
          ],
        })
      )
    },
  ],
  [
    4,
    (world) => {
      const target = inState(world, 'accepted')
      const role = world.dice.one(
        world.facts.roles.filter(
          ({ retired, id }) =>
            !retired && !world.facts.assignments.some((one) => one.organizationId === target?.id && one.roleId === id),
        ),
      )
      const held = world.facts.assignments.find(
        (one) => one.organizationId === target?.id && one.serviceId === role?.serviceId && one.kind === role.kind,
      )
      const expiresAt = world.dice.chance(0.3) ? '2099-01-01T00:00:00Z' : undefined
      return (
        target &&
        role &&
        ask(assignments.grantRole, operator(world), {
          organizationId: target.id,
          roleId: role.id,
          detailsVersion: target.detailsVersion,
          roleVersion: role.version,
          held: held?.id ?? null,
          reason,
          expiresAt,
        })
      )
    },
  ],
  [
    3,
    (world) => {
      const one = world.dice.one(world.facts.assignments)
      return (
        one &&
        ask(assignments.revokeRole, operator(world), {
          organizationId: one.organizationId,
          assignmentId: one.id,
          reason,
        })
      )
    },
  ],
  [
    1,
    (world) => {
      const email = `${world.name('nia').replaceAll(' ', '.')}@example.org`
      return ask(
        registerAccount,
        world.visitor(),
        { email, password, firstName: 'Nia', lastName: 'Reyes', country: 'PH' },
        () => void world.newcomers.push({ email, password }),
      )
    },
  ],
  [
    1,
    (world) => {
      const newcomer = world.newcomers.shift()
      const browser = world.visitor()
      return newcomer && ask(sessions.signIn, browser, newcomer, () => world.welcome(browser, newcomer.email))
    },
  ],
  [
    0.3,
    (world) => {
      const known = world.dice.one([...world.visitors.values()].filter((one) => one.password))
      return known && ask(sessions.signIn, known, { email: known.email, password: known.password! })
    },
  ],
  [
    0.3,
    (world) =>
      ask(
        sessions.signOut,
        anyone(world, ({ operator }) => !operator),
        {},
      ),
  ],
  [0.5, (world) => ask(sessions.endOtherSessions, anyone(world), {})],
  [
    0.3,
    (world) => {
      const known = anyone(world, ({ id }) => world.visitors.get(id)!.password !== undefined)
      return (
        known &&
        ask(passwords.changePassword, known, { password: `${password} once more` }, () => {
          known.password = `${password} once more`
        })
      )
    },
  ],
  [
    0.5,
    (world) => {
      const other = world.dice.one(
        world.facts.people.filter(({ disabled, deleted, operator }) => !disabled && !deleted && !operator),
      )
      return (
        other &&
        ask(
          passwords.makeResetLink,
          operator(world),
          { accountId: other.id, email: other.email, reason },
          ({ link }) => void world.resetTokens.push(link.split('#')[1]!),
        )
      )
    },
  ],
  [
    0.3,
    (world) => {
      const token = world.resetTokens.shift()
      return token ? ask(passwords.resetPassword, world.visitor(), { token, password }) : undefined
    },
  ],
  [
    4,
    (world) =>
      ask(ownAccount.updateOwnAccount, anyone(world), {
        firstName: world.name('Ana'),
        lastName: 'Cruz',
        country: world.dice.one(['PH', 'DK', 'PL'])!,
      }),
  ],
  [
    2,
    (world) =>
      ask(ownAccount.changeOwnAddress, anyone(world), {
        email: `${world.name('moved').replaceAll(' ', '.')}@example.org`,
      }),
  ],
  [
    1,
    (world) =>
      ask(
        ownAccount.deleteOwnAccount,
        anyone(world, ({ operator, admin }) => !operator && (!admin || world.dice.chance(0.2))),
        {},
      ),
  ],
  [
    2,
    (world) => {
      const other = world.dice.one(world.facts.people.filter(({ confirmed, deleted }) => !confirmed && !deleted))
      return other && ask(confirmAddress, operator(world), { accountId: other.id, email: other.email })
    },
  ],
  [
    1,
    (world) => {
      const other = world.dice.one(
        world.facts.people.filter(({ disabled, deleted, operator }) => !disabled && !deleted && !operator),
      )
      return other && ask(disableAccount, operator(world), { accountId: other.id, reason })
    },
  ],
  [
    2,
    (world) => {
      const other = world.dice.one(world.facts.people.filter(({ disabled, deleted }) => disabled && !deleted))
      return (
        other &&
        ask(enableAccount, operator(world), {
          accountId: other.id,
          disabledAt: new Date(other.disabledAt!).toISOString(),
        })
      )
    },
  ],
  [
    0.5,
    (world) =>
      ask(site.setDefaultMemberLimit, operator(world), {
        limit: world.dice.chance(0.5) ? null : 20 + world.dice.below(50),
        seen: world.facts.site.memberLimit,
      }),
  ],
  [
    0.5,
    (world) =>
      ask(site.setSitePolicy, operator(world), {
        ...policy,
        version: world.facts.site.policyVersion,
        sessionHours: 200 + world.dice.below(500),
      }),
  ],
  [
    1,
    (world) =>
      ask(notifications.setNotificationPreferences, anyone(world), {
        organization: world.dice.chance(0.5),
        members: world.dice.chance(0.5),
        roles: world.dice.chance(0.5),
      }),
  ],
]

const total = plans.reduce((sum, [weight]) => sum + weight, 0)

/** Excludes streams, because they never end and requests run one after the other. */
const thatEnd = endpoints.filter(({ answer }) => answer !== 'events')

/** A request to any endpoint of the contract, even one without a plan, by an authorized caller, with existing IDs. */
function unplanned(world: World): Ask | undefined {
  const { dice, facts } = world
  const endpoint = dice.one(thatEnd)!
  const { access, input } = endpoint
  const isAdmin = access.startsWith('admin')
  const insider = dice.one(those(world, (one) => one.organizationId !== null && (!isAdmin || one.admin)))
  const caller =
    access === 'operator'
      ? operator(world)
      : access === 'anyone'
        ? world.visitor()
        : ((access.startsWith('member') || isAdmin ? visitor(world, insider) : undefined) ?? anyone(world))
  if (!caller) return undefined
  const organizationId = insider?.organizationId ?? dice.one(facts.organizations)?.id
  const ofTheirs = <Thing extends { organizationId: string | null }>(things: Thing[]) =>
    dice.one(things.filter((one) => one.organizationId === organizationId))
  const known: Record<string, string | undefined> = {
    organizationId,
    accountId: dice.one(facts.people)?.id,
    email: dice.one(facts.people)?.email,
    membershipId: ofTheirs(facts.people)?.membershipId ?? undefined,
    invitationId: ofTheirs(facts.invitations)?.id,
    acceptanceId: ofTheirs(facts.waiting)?.id,
    requestId: ofTheirs(facts.parts)?.requestId,
    assignmentId: ofTheirs(facts.assignments)?.id,
    roleId: dice.one(facts.roles)?.id,
    serviceId: dice.one(facts.roles)?.serviceId,
    key: dice.one(facts.roles)?.serviceKey,
    code: dice.one([...world.codes.values()]),
    reason,
    password,
  }
  const { properties = {}, required = [] } = toSchema(input, 'input') as Schema
  const ids = allIds(world)
  const filled = Object.entries(properties).flatMap(([name, schema]) => {
    if (known[name] !== undefined && (required.includes(name) || dice.chance(0.3))) return [[name, known[name]]]
    if (!required.includes(name) && dice.chance(0.7)) return []
    const [sample] = fc.sample(value(schema, ids), { numRuns: 1, seed: dice.below(2 ** 31) })
    return [[name, isPathParameter(endpoint, name) ? wellFormed(String(sample)) : sample]]
  })
  return { endpoint, caller, input: Object.fromEntries(filled), kept: () => {} }
}

const allIds = ({ facts }: World) => [
  '01890000-0000-7000-8000-000000000000',
  ...Object.values(facts)
    .filter((things) => Array.isArray(things))
    .flatMap((things: { id?: string; requestId?: string }[]) => things.map(({ id, requestId }) => id ?? requestId!)),
]

/** Corrupts a request: another caller, another ID, a nasty value, or a missing or extra property. */
function wrong(world: World, right: Ask): Ask {
  const { dice } = world
  const names = Object.keys(right.input)
  const name = dice.one(names)
  const kind = dice.below(4)
  if (kind === 0 || !name) {
    const caller = dice.chance(0.3) ? world.visitor() : (anyone(world) ?? world.visitor())
    return { ...right, caller }
  }
  const isId = (text: unknown) => typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text)
  const id = names.find((one) => isId(right.input[one]))
  if (kind === 1 && id) return { ...right, input: { ...right.input, [id]: dice.one(allIds(world)) } }
  if (kind === 2)
    return { ...right, input: { ...right.input, [name]: dice.one(nastyTexts.filter((text) => !/\p{Cs}/u.test(text))) } }
  const { [name]: _, ...rest } = right.input
  return { ...right, input: isPathParameter(right.endpoint, name) ? { ...right.input, surprise: 1 } : rest }
}

const isPathParameter = ({ path }: Endpoint, name: string) => path.includes(`{${name}}`)

/** The next request. */
export function nextAsk(world: World): Ask {
  const { dice } = world
  for (;;) {
    const found = dice.chance(0.15) ? unplanned(world) : pick(world)(world)
    if (found) return dice.chance(0.12) ? wrong(world, found) : found
  }
}

function pick({ dice }: World): Plan {
  let left = (dice.below(1_000_000) / 1_000_000) * total
  for (const [weight, plan] of plans) {
    left -= weight
    if (left < 0) return plan
  }
  return plans[0]![1]
}
