import { disableAccount, enableAccount } from '../src/identity/accounts/schema'
import { signIn } from '../src/identity/authentication/schema'
import { acceptInvitation, createInvitation } from '../src/membership/invitations/schema'
import { getMe } from '../src/membership/me/schema'
import { leaveOrganization, listMemberships, removeMember } from '../src/membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../src/membership/organizations/schema'
import { grantRole, listRoleAssignments, revokeRole } from '../src/roles/role-assignments/schema'
import { Browser } from '../tests/support/browser'
import { asSeen } from '../tests/support/seen'
import { Person, password } from '../tests/support/site'
import type { AccessSite } from './access-site'
import { wait } from './writing'

const reason = 'Chaos.'
const pick = <Item>(items: Item[]): Item | undefined => items[Math.floor(Math.random() * items.length)]

/** How soon the near end dates come, in ms. */
const soonest = 1000
const soon = 3000

type Made = { status: number } | undefined

/** Random changes of who may use the service, by everyone who can make them, each at a random server. */
export class Changes {
  /** Changes that were acknowledged, by their kind. */
  readonly made: Record<string, number> = {}
  /** Answers that are neither a success nor a refusal. */
  readonly failures: string[] = []
  /** How often no answer came, because the server was killed. */
  unanswered = 0
  /** When the last of the near end dates comes, in ms. */
  lastEnd = 0
  private readonly disabled = new Set<number>()

  constructor(private readonly site: AccessSite) {}

  get count(): number {
    return Object.values(this.made).reduce((sum, one) => sum + one, 0)
  }

  /** Tries one change. Many are refused, and change nothing. */
  async make(name = pick(often)!): Promise<void> {
    try {
      const made = await this.steps[name]()
      if (made && made.status < 300) this.made[name] = (this.made[name] ?? 0) + 1
      if (made && made.status >= 500 && made.status !== 503) this.failures.push(`${name}: ${made.status}`)
    } catch (error) {
      // Looking was refused, or the server was killed.
      const [, status] = / answered (\d+)/.exec(String(error)) ?? []
      if (status === undefined) this.unanswered++
      else if (status >= '500' && status !== '503') this.failures.push(String(error))
      await wait(20)
    }
  }

  /** Every organization gets a role, so that its members have something to lose. */
  async begin(): Promise<void> {
    for (const { id } of this.site.organizations) await this.grant(id, undefined)
  }

  private get operator(): Person {
    return this.site.operator.at(this.site.url())
  }

  private async grant(organizationId: string, expiresAt: string | undefined): Promise<Made> {
    const role = pick(this.site.maps.roles)!
    if (expiresAt) this.lastEnd = Math.max(this.lastEnd, Date.parse(expiresAt))
    return asSeen(this.operator).try(grantRole, {
      organizationId,
      roleId: role.id,
      reason,
      ...(expiresAt && { expiresAt }),
    })
  }

  readonly steps = {
    join: async (): Promise<Made> => {
      const { id: organizationId, admin } = pick(this.site.organizations)!
      const { code } = await admin.at(this.site.url()).call(createInvitation, { organizationId })
      return pick(this.site.people)!.at(this.site.url()).try(acceptInvitation, { code })
    },
    leave: async (): Promise<Made> => {
      const person = pick(this.site.people)!
      const { organization } = await person.at(this.site.url()).call(getMe, {})
      return organization
        ? person.at(this.site.url()).try(leaveOrganization, { organizationId: organization.id })
        : undefined
    },
    remove: async (): Promise<Made> => {
      const { id: organizationId, admin } = pick(this.site.organizations)!
      const { items } = await admin.at(this.site.url()).call(listMemberships, { organizationId })
      const membership = pick(items.filter((one) => !one.admin))
      return membership && admin.at(this.site.url()).try(removeMember, { organizationId, membershipId: membership.id })
    },
    grant: (): Promise<Made> => this.grant(pick(this.site.organizations)!.id, undefined),
    lend: (): Promise<Made> => {
      const ends = new Date(Date.now() + soonest + Math.random() * (soon - soonest)).toISOString()
      return this.grant(pick(this.site.organizations)!.id, ends)
    },
    revoke: async (): Promise<Made> => {
      const organizationId = pick(this.site.organizations)!.id
      const { items } = await this.operator.call(listRoleAssignments, { organizationId, state: 'active' })
      const assignment = pick(items)
      return assignment && this.operator.try(revokeRole, { organizationId, assignmentId: assignment.id, reason })
    },
    suspend: (): Promise<Made> =>
      asSeen(this.operator).try(suspendOrganization, { organizationId: pick(this.site.organizations)!.id, reason }),
    reinstate: (): Promise<Made> =>
      asSeen(this.operator).try(reinstateOrganization, { organizationId: pick(this.site.organizations)!.id, reason }),
    disable: async (): Promise<Made> => {
      const place = Math.floor(Math.random() * this.site.people.length)
      this.disabled.add(place)
      return this.operator.try(disableAccount, { accountId: this.site.people[place]!.id, reason })
    },
    /** Their sessions ended, so they sign in again. */
    enable: async (): Promise<Made> => {
      const place = pick([...this.disabled])
      if (place === undefined) return undefined
      const person = this.site.people[place]!
      const made = await asSeen(this.operator).try(enableAccount, { accountId: person.id })
      const browser = new Browser({ url: this.site.url() })
      await browser.call(signIn, { email: person.email, password })
      this.site.people[place] = new Person(this.site.url(), browser.cookieHeader(), person)
      this.disabled.delete(place)
      return made
    },
  }
}

/** Changes that give something are as frequent as those that take it away. */
const often = ['join', 'join', 'join', 'join', 'leave', 'remove', 'grant', 'grant', 'lend', 'lend', 'revoke']
  .concat(['suspend', 'reinstate', 'reinstate', 'disable', 'enable', 'enable'])
  .map((name) => name as keyof Changes['steps'])
