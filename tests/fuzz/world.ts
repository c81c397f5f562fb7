import type { OrganizationState } from '../../src/platform/access/organization-state'
import { sql } from '../../src/platform/db/sql'
import { heldNow } from '../../src/roles/role-assignments/store'
import type { RoleKind } from '../../src/roles/services/schema'
import { Browser } from '../support/browser'
import { password, type Site } from '../support/site'

/** A seeded random number generator: the same seed gives the same sequence. */
export class Dice {
  constructor(private state: number) {}

  /** In the interval [0, 1) (mulberry32). */
  private throw(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(number: number): number {
    return Math.floor(this.throw() * number)
  }

  chance(share: number): boolean {
    return this.throw() < share
  }

  one<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)]
  }
}

/** A person with a browser, in a network of their own. */
export class Visitor extends Browser {
  password: string | undefined
}

export interface PersonFacts {
  id: string
  email: string
  operator: boolean
  disabled: boolean
  disabledAt: string | null
  deleted: boolean
  confirmed: boolean
  signedIn: boolean
  organizationId: string | null
  membershipId: string | null
  admin: boolean
  waiting: boolean
}

/** A snapshot of everything that concerns these people. All lists are ordered by ID. */
export interface Facts {
  people: PersonFacts[]
  organizations: {
    id: string
    state: OrganizationState
    stateVersion: number
    detailsVersion: number
    members: number
    limit: number | null
    limitWanted: number | null
  }[]
  invitations: { id: string; organizationId: string; left: number; pending: boolean; grantsAdmin: boolean }[]
  waiting: { id: string; organizationId: string; accountId: string; email: string }[]
  parts: {
    requestId: string
    organizationId: string
    kind: RoleKind
    detailsVersion: number
    roleVersion: number
    held: string | null
  }[]
  assignments: { id: string; organizationId: string; serviceId: string; kind: RoleKind; roleId: string }[]
  roles: {
    id: string
    key: string
    kind: RoleKind
    serviceId: string
    serviceKey: string
    version: number
    retired: boolean
    requestable: boolean
  }[]
  site: { policyVersion: number; memberLimit: number | null }
}

/** The people of one walk, and the results of their requests. */
export class World {
  facts!: Facts
  /** All callers by account ID. */
  readonly visitors = new Map<string, Visitor>()
  readonly codes = new Map<string, string>()
  /** People who have registered but not signed in yet. */
  readonly newcomers: { email: string; password: string }[] = []
  readonly resetTokens: string[] = []
  private named = 0

  constructor(
    readonly site: Site,
    readonly dice: Dice,
    /** Distinguishes names and networks from those of other walks. */
    readonly number: number,
  ) {}

  /** A unique name. */
  name(kind: string): string {
    return `${kind} ${this.number} ${++this.named}`
  }

  visitor(who = { id: '', name: 'nobody', email: '' }): Visitor {
    const network = this.number * 4096 + ++this.named
    return new Visitor(this.site, who, `10.${(network >> 16) & 255}.${(network >> 8) & 255}.${network & 255}`)
  }

  async add(operator = false): Promise<void> {
    const person = await this.site.person(operator ? 'Olga' : 'Wanda', { operator })
    const visitor = this.visitor(person)
    const [, name, value] = /^([^=]+)=(.*)$/.exec(person.cookie)!
    visitor.cookies.set(name!, value!)
    this.visitors.set(person.id, visitor)
  }

  /** Adds a person who has just signed in. */
  async welcome(visitor: Visitor, email: string): Promise<void> {
    const { id } = await this.site.db.only<{ id: string }>(
      sql`select id from accounts where email = ${email.toLowerCase()}`,
    )
    const known = this.visitor({ id, name: 'Nia', email })
    for (const [name, value] of visitor.cookies) known.cookies.set(name, value)
    known.password = password
    this.visitors.set(id, known)
  }

  /** Loads the current facts in one statement. */
  async look(): Promise<void> {
    const people = sql`${[...this.visitors.keys()]}::uuid[]`
    this.facts = await this.site.db.only<Facts>(sql`
      with people as (
        select a.id, a.email, a.operator, a.disabled_at is not null as disabled, a.disabled_at as "disabledAt", a.deleted_at is not null as deleted, a.email_verified as confirmed,
          exists (select from sessions s where s.account_id = a.id) as "signedIn",
          m.organization_id as "organizationId", m.id as "membershipId", coalesce(m.admin, false) as admin,
          exists (select from acceptances x where x.account_id = a.id and x.state = 'awaiting_approval') as waiting
        from accounts a left join memberships m on m.account_id = a.id and m.ended_at is null where a.id = any(${people})
      ), theirs as (select distinct organization_id as id from memberships where account_id = any(${people}))
      select
        (select coalesce(json_agg(p order by p.id), '[]') from people p) as people,
        (select coalesce(json_agg(x order by x.id), '[]') from (
          select o.id, o.state, o.state_version as "stateVersion", o.details_version as "detailsVersion", o.member_count as members, o.member_limit as limit,
            o.limit_wanted as "limitWanted"
          from organizations o join theirs using (id)) x) as organizations,
        (select coalesce(json_agg(x order by x.id), '[]') from (
          select i.id, i.organization_id as "organizationId", i.uses - i.uses_spent as left, i.grants_admin as "grantsAdmin",
            i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now() as pending
          from invitations i join theirs t on t.id = i.organization_id) x) as invitations,
        (select coalesce(json_agg(x order by x.id), '[]') from (
          select a.id, a.organization_id as "organizationId", a.account_id as "accountId", who.email
          from acceptances a join theirs t on t.id = a.organization_id join accounts who on who.id = a.account_id where a.state = 'awaiting_approval') x) as waiting,
        (select coalesce(json_agg(x order by x."requestId", x.kind), '[]') from (
          select p.request_id as "requestId", p.organization_id as "organizationId", p.kind, o.details_version as "detailsVersion", v.version as "roleVersion",
            ${heldNow(sql`p.organization_id`, sql`p.service_id`, sql`p.kind`)} as held
          from role_request_parts p join theirs t on t.id = p.organization_id join organizations o on o.id = p.organization_id
          join role_versions v on v.role_id = p.role_id and v.valid_until is null where p.state = 'pending') x) as parts,
        (select coalesce(json_agg(x order by x.id), '[]') from (
          select r.id, r.organization_id as "organizationId", r.service_id as "serviceId", r.kind, r.role_id as "roleId"
          from role_assignments r join theirs t on t.id = r.organization_id where r.ended_at is null) x) as assignments,
        (select coalesce(json_agg(x order by x.id), '[]') from (
          select r.id, r.key, r.kind, r.service_id as "serviceId", s.key as "serviceKey", v.version, v.retired, v.requestable
          from roles r join services s on s.id = r.service_id join role_versions v on v.role_id = r.id and v.valid_until is null
          where s.key like ${`walk-${this.number}-%`}) x) as roles,
        (select json_build_object('policyVersion', policy_version, 'memberLimit', default_member_limit) from site) as site`)
  }
}
